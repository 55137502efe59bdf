package org.facevalue.sandbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The sandbox's own database, spoken to in single statements. */
final class Db {
    private final DataSource database;

    Db(DataSource database) {
        this.database = database;
    }

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Runs one statement; says how many rows it changed, or -1 when it was a question. */
    int update(String sql, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.execute() ? -1 : statement.getUpdateCount();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            var found = new ArrayList<T>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) found.add(row.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    <T> Optional<T> one(String sql, Row<T> row, @Nullable Object... values) {
        return list(sql, row, values).stream().findFirst();
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] values)
            throws SQLException {
        for (int i = 0; i < values.length; i++)
            statement.setObject(
                    i + 1,
                    values[i] instanceof java.time.Instant at
                            ? at.atOffset(java.time.ZoneOffset.UTC)
                            : values[i]);
    }
}
