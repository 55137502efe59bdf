package org.facevalue.platform.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.facevalue.platform.journal.BareJournal;
import org.facevalue.platform.ledger.SimulatedStore.Weather.Fate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A ledger on PostgreSQL whose answers at commit get lost when they are told to. */
public final class Stores {
    private Stores() {}

    /** @param fate of the next commit */
    public static Ledger onPostgres(DataSource database, Supplier<Fate> fate) {
        var lossy =
                new DelegatingDataSource(database) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        return lossy(super.getConnection(), fate);
                    }
                };
        return new Ledger(new JdbcStore(lossy, BareJournal.journal()));
    }

    private static Connection lossy(Connection connection, Supplier<Fate> fate) {
        return (Connection)
                java.lang.reflect.Proxy.newProxyInstance(
                        Stores.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) -> {
                            try {
                                if (!method.getName().equals("commit"))
                                    return method.invoke(connection, arguments);
                                return commit(connection, fate.get());
                            } catch (java.lang.reflect.InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private static Object commit(Connection connection, Fate fate) throws SQLException {
        switch (fate) {
            case FINE -> connection.commit();
            case DONE_AND_ANSWER_LOST -> {
                connection.commit();
                throw new SQLException("the connection is gone", "08006");
            }
            case NOT_DONE_AND_ANSWER_LOST -> {
                connection.rollback();
                throw new SQLException("the connection is gone", "08006");
            }
            case CONFLICT -> {
                connection.rollback();
                throw new SQLException("deadlock detected", "40P01");
            }
        }
        return null;
    }
}
