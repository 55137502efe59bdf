package org.facevalue.platform.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.ledger.Outcome.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/** PostgreSQL, one plain transaction a command. */
final class JdbcStore implements Store {
    private static final SQLStateSQLExceptionTranslator TRANSLATOR =
            new SQLStateSQLExceptionTranslator();
    private static final String UNIQUE_VIOLATION = "23505";
    private final DataSource database;
    private final Journal journal;

    JdbcStore(DataSource database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    @Override
    public Work claim(CommandKey key, UUID claimant) {
        Connection connection = null;
        try {
            connection = database.getConnection();
            connection.setAutoCommit(false);
            try (var claim =
                    connection.prepareStatement(
                            "INSERT INTO command_key (cell, key, claimed) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
                claim.setShort(1, key.cell().number());
                claim.setString(2, key.key());
                claim.setObject(3, claimant);
                return new JdbcWork(connection, key, claim.executeUpdate() == 1);
            }
        } catch (SQLException e) {
            if (connection != null) quietlyClose(connection);
            throw translated(e);
        }
    }

    private final class JdbcWork implements Work {
        private final Connection connection;
        private final CommandKey key;
        private final short cell;
        private final boolean mine;

        JdbcWork(Connection connection, CommandKey key, boolean mine) {
            this.connection = connection;
            this.key = key;
            this.cell = key.cell().number();
            this.mine = mine;
        }

        @Override
        public boolean mine() {
            return mine;
        }

        @Override
        public UUID earlier() {
            try (var read =
                    connection.prepareStatement(
                            "SELECT claimed FROM command_key WHERE cell = ? AND key = ?")) {
                read.setShort(1, cell);
                read.setString(2, key.key());
                try (var rows = read.executeQuery()) {
                    rows.next();
                    return rows.getObject(1, UUID.class);
                }
            } catch (SQLException e) {
                throw translated(e);
            }
        }

        @Override
        public Map<UUID, Balance> lock(Collection<Account> accounts) {
            // In the order of ids, not of postings: two cash-outs paying each other's fee account
            // would otherwise wait for one another
            // (test: commands_over_the_same_accounts_in_other_orders_never_wait_for_each_other).
            var named = new TreeMap<UUID, Account>();
            accounts.forEach(account -> named.put(account.id(), account));
            var balances = new HashMap<UUID, Balance>();
            if (named.isEmpty()) return balances;
            try (var open =
                            connection.prepareStatement(
                                    """
                                    INSERT INTO account (cell, id, kind, subject, currency, side, floored)
                                    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                                    """);
                    var read =
                            connection.prepareStatement(
                                    """
                                    SELECT balance, held, version FROM account WHERE cell = ? AND id = ? FOR UPDATE
                                    """)) {
                for (var entry : named.entrySet()) {
                    var account = entry.getValue();
                    open.setShort(1, account.cell().number());
                    open.setObject(2, entry.getKey());
                    open.setString(3, account.kind().name());
                    open.setString(4, account.subject());
                    open.setString(5, account.currency().getCurrencyCode());
                    open.setString(6, account.kind().side().name());
                    open.setBoolean(7, account.kind().floored());
                    open.executeUpdate();
                    read.setShort(1, account.cell().number());
                    read.setObject(2, entry.getKey());
                    try (var rows = read.executeQuery()) {
                        rows.next();
                        balances.put(
                                entry.getKey(),
                                new Balance(
                                        account,
                                        rows.getLong(1),
                                        rows.getLong(2),
                                        rows.getLong(3)));
                    }
                }
                return balances;
            } catch (SQLException e) {
                throw translated(e);
            }
        }

        @Override
        public Map<UUID, Long> openHolds(Collection<UUID> holds) {
            var open = new HashMap<UUID, Long>();
            try (var read =
                    connection.prepareStatement(
                            "SELECT amount FROM hold WHERE cell = ? AND id = ? AND state = 'HELD' FOR UPDATE")) {
                for (var hold : holds.stream().sorted().toList()) {
                    read.setShort(1, cell);
                    read.setObject(2, hold);
                    try (var rows = read.executeQuery()) {
                        if (rows.next()) open.put(hold, rows.getLong(1));
                    }
                }
                return open;
            } catch (SQLException e) {
                throw translated(e);
            }
        }

        @Override
        public @Nullable Refused test(List<Condition<?>> conditions) {
            for (var group : inOrder(conditions, c -> c.kind().table() + " " + c.kind().name())) {
                var kind = group.getFirst().kind();
                int met =
                        run(
                                kind.sql(),
                                kind.columns(),
                                group.stream().map(Condition::key).toList(),
                                true);
                if (met != group.size()) return new Refused.Unmet(kind);
            }
            return null;
        }

        @Override
        public @Nullable Refused apply(List<Effect<?>> effects) {
            for (var group : inOrder(effects, e -> e.kind().table() + " " + e.kind().name())) {
                var kind = group.getFirst().kind();
                int changed;
                try {
                    changed =
                            run(
                                    kind.sql(),
                                    kind.columns(),
                                    group.stream().map(Effect::row).toList(),
                                    false);
                } catch (DuplicateKeyException e) {
                    return new Refused.Moved(kind.name());
                }
                if (kind.exact() && changed != group.size()) return new Refused.Moved(kind.name());
            }
            return null;
        }

        @Override
        public @Nullable Refused commit(Command command, Plan.Write plan) throws LostAtCommit {
            try {
                if (!plan.lines().isEmpty()) writeTransaction(command, plan.lines());
                writeBalances(plan);
                writeHolds(plan);
                journal.append(connection, command.events());
            } catch (SQLException e) {
                if (UNIQUE_VIOLATION.equals(e.getSQLState())) return new Refused.Moved("event");
                throw translated(e);
            }
            try {
                connection.commit();
                return null;
            } catch (SQLException e) {
                var translated = translated(e);
                if (translated instanceof DataAccessResourceFailureException)
                    throw new LostAtCommit(e);
                throw translated;
            }
        }

        private void writeTransaction(Command command, List<Plan.Line> lines) throws SQLException {
            long id;
            try (var insert =
                    connection.prepareStatement(
                            "INSERT INTO ledger_transaction (cell, command_key) VALUES (?, ?) RETURNING id")) {
                insert.setShort(1, cell);
                insert.setString(2, command.key().key());
                try (var rows = insert.executeQuery()) {
                    rows.next();
                    id = rows.getLong(1);
                }
            }
            try (var insert =
                    connection.prepareStatement(
                            """
                            INSERT INTO posting (cell, ledger_transaction, line, debited, credited, amount, currency,
                                                 debited_balance, debited_version, credited_balance, credited_version)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            """)) {
                for (int line = 0; line < lines.size(); line++) {
                    var posting = lines.get(line);
                    insert.setShort(1, cell);
                    insert.setLong(2, id);
                    insert.setInt(3, line + 1);
                    insert.setObject(4, posting.from().id());
                    insert.setObject(5, posting.to().id());
                    insert.setLong(6, posting.amount().minor());
                    insert.setString(7, posting.amount().currency().getCurrencyCode());
                    insert.setLong(8, posting.fromAfter().balance());
                    insert.setLong(9, posting.fromAfter().version());
                    insert.setLong(10, posting.toAfter().balance());
                    insert.setLong(11, posting.toAfter().version());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }

        private void writeBalances(Plan.Write plan) throws SQLException {
            try (var update =
                    connection.prepareStatement(
                            "UPDATE account SET balance = ?, held = ?, version = ? WHERE cell = ? AND id = ?")) {
                for (var entry : plan.accounts().entrySet()) {
                    var balance = entry.getValue();
                    update.setLong(1, balance.balance());
                    update.setLong(2, balance.held());
                    update.setLong(3, balance.version());
                    update.setShort(4, balance.account().cell().number());
                    update.setObject(5, entry.getKey());
                    update.addBatch();
                }
                update.executeBatch();
            }
        }

        private void writeHolds(Plan.Write plan) throws SQLException {
            try (var open =
                            connection.prepareStatement(
                                    "INSERT INTO hold (cell, id, account, amount, state) VALUES (?, ?, ?, ?, 'HELD')");
                    var close =
                            connection.prepareStatement(
                                    "UPDATE hold SET state = ? WHERE cell = ? AND id = ?")) {
                for (var hold : plan.opened()) {
                    open.setShort(1, hold.account().cell().number());
                    open.setObject(2, hold.id());
                    open.setObject(3, hold.account().id());
                    open.setLong(4, hold.amount().minor());
                    open.executeUpdate();
                }
                for (var closed : plan.closed()) {
                    close.setString(1, closed.how());
                    close.setShort(2, cell);
                    close.setObject(3, closed.hold());
                    close.executeUpdate();
                }
            }
        }

        /** Runs a set statement over the rows and counts what it returned or changed. */
        private int run(
                String sql,
                List<? extends Column<?>> columns,
                List<? extends Record> rows,
                boolean reads) {
            try (var statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < columns.size(); i++)
                    bind(statement, i + 1, columns.get(i), rows);
                if (!reads) return statement.executeUpdate();
                int met = 0;
                try (var found = statement.executeQuery()) {
                    while (found.next()) met++;
                }
                return met;
            } catch (SQLException e) {
                throw translated(e);
            }
        }

        // The rows of a group are of their kind's own type: a Condition or Effect cannot be built
        // otherwise.
        @SuppressWarnings("unchecked")
        private void bind(
                PreparedStatement statement, int at, Column<?> column, List<? extends Record> rows)
                throws SQLException {
            var value = (Function<Record, @Nullable Object>) column.value();
            var values = new ArrayList<@Nullable Object>();
            for (var row : rows) values.add(value.apply(row));
            // The driver wants an array of the element's own type for bytea, and takes any for the
            // rest.
            var array =
                    column.type().equals("bytea")
                            ? values.toArray(byte[][]::new)
                            : values.toArray();
            statement.setArray(at, connection.createArrayOf(column.type(), array));
        }

        @Override
        public void close() {
            quietlyClose(connection);
        }
    }

    private static <T> List<List<T>> inOrder(List<T> items, Function<T, String> order) {
        return items.stream()
                .collect(Collectors.groupingBy(order, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .sorted(Comparator.comparing(group -> order.apply(group.getFirst())))
                .toList();
    }

    private static DataAccessException translated(SQLException e) {
        var translated = TRANSLATOR.translate("ledger", null, e);
        return translated == null
                ? new DataAccessResourceFailureException("ledger", e)
                : translated;
    }

    private static void quietlyClose(Connection connection) {
        try (connection) {
            connection.rollback();
        } catch (SQLException ignored) {
            // The transaction is gone with its connection.
        }
    }
}
