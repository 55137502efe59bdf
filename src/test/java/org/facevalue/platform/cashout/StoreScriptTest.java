package org.facevalue.platform.cashout;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.facevalue.platform.carrier.BareCarrier;
import org.facevalue.platform.carrier.Charge;
import org.facevalue.platform.carrier.Charges;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.guard.BareGuard;
import org.facevalue.platform.guard.Freezes;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Condition;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.ledger.Movement;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.ledger.SimulatedStore;
import org.facevalue.platform.ledger.SimulatedStore.Weather;
import org.facevalue.platform.ledger.Stores;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.BareOutside;
import org.facevalue.platform.outside.Claim;
import org.facevalue.platform.outside.DueRows;
import org.facevalue.platform.outside.Fence;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.outside.Matters;
import org.facevalue.platform.outside.OutsideCalls;
import org.facevalue.platform.outside.Transcript;
import org.facevalue.platform.outside.Transport;
import org.facevalue.platform.payout.BarePayouts;
import org.facevalue.platform.payout.Payouts;
import org.facevalue.platform.redemption.BareRedemptions;
import org.facevalue.platform.redemption.Redemptions;
import org.facevalue.platform.voucher.BareVouchers;
import org.facevalue.platform.voucher.Voucher;
import org.facevalue.platform.voucher.Vouchers;
import org.facevalue.story.Ground;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One script of random commands and faults, run by PostgreSQL and by the simulated store: each answer and every row afterwards are the same. */
class StoreScriptTest {
    private static final Instant THEN = Instant.parse("2026-11-25T03:00:00Z");
    private static final int COMMANDS = 1_500;
    private final Random random = new Random(20_261_125);
    private final CashOutRows rows = new CashOutRows(null, null, Duration.ofSeconds(10));
    private final AftermathRows after = new AftermathRows(null, null, Duration.ofSeconds(10));
    private final List<CashOut> cashOuts = new ArrayList<>();
    private final List<Matter> matters = new ArrayList<>();
    private final List<OutsideCalls.Intention> intentions = new ArrayList<>();
    private final OutsideCalls calls = BareOutside.calls(this::id);
    private long ids;

    @Test
    void the_simulated_store_answers_as_postgresql_does() throws Exception {
        var login =
                new Ground(Path.of("target/store-script").toAbsolutePath()).databases().platform();
        var database = new HikariDataSource();
        database.setJdbcUrl(login.url());
        database.setUsername(login.user());
        database.setPassword(login.password());
        var fate = new Weather.Fate[] {Weather.Fate.FINE};
        var real = Stores.onPostgres(database, () -> once(fate));
        var store = new SimulatedStore(weather(), () -> THEN);
        var simulated = SimulatedStore.ledger(store);
        for (int i = 0; i < 6; i++)
            cashOuts.add(Alone.confirmed(CashOutState.CHARGING, id(), id()));

        var kinds = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < COMMANDS; i++) {
            var command = command(i);
            var befalls = befalls();
            fate[0] = befalls;
            next = befalls;
            var theirs = said(real, command);
            var ours = said(simulated, command);
            assertThat(ours).as("command %d, %s: %s", i, befalls, command).isEqualTo(theirs);
            if (random.nextInt(20) == 0) hasten(database, store);
            kinds.merge(theirs.replaceAll("[0-9a-f]{8}-.*", ""), 1, Integer::sum);
        }
        assertThat(kinds.keySet()).as("%s", kinds).hasSizeGreaterThan(12);
        try (var connection = database.getConnection()) {
            for (var table : store.tables()) {
                compare(connection, store, table);
                assertThat(count(connection, table, ""))
                        .as("there is nothing more in %s", table)
                        .isEqualTo(store.rows(table).size());
            }
            assertThat(events(connection))
                    .isEqualTo(
                            store.journal().stream()
                                    .map(e -> e.subject() + " " + e.sequence() + " " + e.type())
                                    .collect(Collectors.toCollection(TreeSet::new)));
            assertThat(count(connection, "posting", "")).isEqualTo(store.postings());
            assertThat(count(connection, "hold", " WHERE state = 'HELD'"))
                    .isEqualTo(store.openHolds());
            assertThat(count(connection, "hold", "")).isEqualTo(store.allHolds());
            for (var balance : store.balances())
                assertThat(number(connection, balance.account().id()))
                        .as("%s", balance.account())
                        .isEqualTo(
                                balance.balance() + " " + balance.held() + " " + balance.version());
        }
        claims(JdbcClient.create(database), store);
        database.close();
    }

    /** A callback's hint, which is no command. */
    private void hasten(DataSource database, SimulatedStore store) {
        var cashOut = cashOuts.get(random.nextInt(cashOuts.size()));
        var at = soon();
        new CashOutRows(JdbcClient.create(database), null, Duration.ofSeconds(10))
                .hasten(Cell.FIRST, cashOut.subject(), at);
        store.hasten("cash_out", cashOut.subject(), at);
    }

    private static long count(Connection connection, String table, String where)
            throws SQLException {
        try (var read = connection.createStatement();
                var row = read.executeQuery("SELECT count(*) FROM " + table + where)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static TreeSet<String> events(Connection connection) throws SQLException {
        var all = new TreeSet<String>();
        try (var read = connection.createStatement();
                var rows =
                        read.executeQuery(
                                "SELECT subject || ' ' || sequence || ' ' || type FROM event")) {
            while (rows.next()) all.add(rows.getString(1));
        }
        return all;
    }

    private Weather.Fate next = Weather.Fate.FINE;

    private Weather weather() {
        return new Weather() {
            @Override
            public void begin() {}

            @Override
            public Fate commit() {
                var fate = next;
                next = Fate.FINE;
                return fate;
            }

            @Override
            public void committed() {}
        };
    }

    /** What was told befalls one commit, and the next is fine again. */
    private static Weather.Fate once(Weather.Fate[] fate) {
        var now = fate[0];
        fate[0] = Weather.Fate.FINE;
        return now;
    }

    private Weather.Fate befalls() {
        return random.nextInt(8) != 0
                ? Weather.Fate.FINE
                : Weather.Fate.values()[random.nextInt(Weather.Fate.values().length)];
    }

    private static String said(Ledger ledger, Command command) {
        return switch (ledger.commit(command)) {
            case Outcome.Committed c -> "committed";
            case Outcome.Replayed r -> "replayed";
            case Outcome.Refused.Moved(var what) -> "moved " + what;
            case Outcome.Refused.Unmet(var kind) -> "unmet " + kind;
            case Outcome.Refused.NotEnough n -> "not enough " + n;
        };
    }

    private Command command(int number) {
        int at = random.nextInt(cashOuts.size());
        var cashOut = cashOuts.get(at);
        var key = random.nextInt(10) == 0 ? "again" : "script/" + number;
        var conditions = new ArrayList<Condition<?>>();
        var effects = new ArrayList<Effect<?>>();
        var movements = new ArrayList<Movement>();
        var events = new ArrayList<org.facevalue.platform.journal.Event>();
        int what = random.nextInt(16);
        switch (what) {
            case 0, 1 -> confirm(cashOut, effects, events);
            case 2, 3, 4, 5 -> {
                var states = CashOutState.values();
                var to = moved(cashOut, states[random.nextInt(states.length)]);
                effects.add(rows.advance(to, random.nextBoolean()));
                if (random.nextInt(3) != 0) events.add(to.event(id(), "moved", THEN));
                if (random.nextInt(4) != 0) cashOuts.set(at, to);
                money(cashOut, movements);
            }
            case 6 -> effects.add(CashOutRows.cancel(cashOut, soon()));
            case 7 -> effects.add(CashOutRows.countCode(cashOut));
            case 8 -> effects.add(rows.again(cashOut, soon()));
            case 9 -> aftermath(cashOut, effects);
            case 10 -> matter(cashOut, effects);
            case 11 -> {
                var customer = new CustomerId(cashOut.id().value());
                if (random.nextInt(3) == 0) effects.add(Freezes.open(Cell.FIRST, customer));
                else if (random.nextBoolean())
                    effects.add(BareGuard.set(customer, random.nextBoolean(), soon()));
                else conditions.add(Freezes.notFrozen(Cell.FIRST, customer));
            }
            case 12 -> effects.add(rows.park(new Claim(Cell.FIRST, cashOut.subject(), 9)));
            case 13, 14 -> call(cashOut, effects);
            default -> told(cashOut, effects);
        }
        return new Command(new CommandKey(Cell.FIRST, key), movements, conditions, effects, events);
    }

    private void call(CashOut cashOut, List<Effect<?>> effects) {
        if (intentions.isEmpty() || random.nextBoolean()) {
            var intention =
                    calls.intention(
                            Cell.FIRST,
                            cashOut.subject(),
                            "CHARGE",
                            random.nextInt(40),
                            random.nextBoolean(),
                            "noeul",
                            "key",
                            THEN);
            intentions.add(intention);
            effects.add(OutsideCalls.intend(intention));
            return;
        }
        var line = new Transcript(request -> new Transport.Reply.Nothing("nobody"), Fence.none());
        effects.add(
                calls.record(
                        intentions.get(random.nextInt(intentions.size())),
                        new Answer.Unknown<>("nobody"),
                        line,
                        soon()));
    }

    private void confirm(
            CashOut cashOut,
            List<Effect<?>> effects,
            List<org.facevalue.platform.journal.Event> events) {
        var id = cashOut.id().value();
        var face = cashOut.terms().faceValue();
        effects.add(CashOutRows.add(cashOut, new byte[] {1, 2}));
        effects.addAll(BareCarrier.charges().open(Cell.FIRST, id, "noeul", "+999", face, THEN));
        effects.add(Vouchers.open(Cell.FIRST, id, "product", face));
        effects.addAll(BareRedemptions.redemptions().open(Cell.FIRST, id, "eunmorae", face));
        effects.add(BarePayouts.payouts().open(payout(cashOut)));
        if (random.nextInt(4) != 0) events.add(cashOut.event(id(), "confirmed", THEN));
    }

    private static Payouts.Payout payout(CashOut cashOut) {
        return new Payouts.Payout(
                Cell.FIRST, cashOut.id().value(), "NET", "999", cashOut.terms().net());
    }

    private CashOut moved(CashOut from, CashOutState to) {
        return new CashOut(
                from.id(),
                from.terms(),
                to,
                from.version() + 1,
                from.sequence() + 1,
                from.calls() + random.nextInt(2),
                THEN,
                new Attempt(random.nextInt(4), null, random.nextBoolean(), false, 0),
                0,
                false,
                random.nextBoolean() ? soon() : null,
                random.nextBoolean() ? "cancelled" : null,
                from.confirmedAt());
    }

    private Instant soon() {
        return THEN.plusSeconds(random.nextInt(1_000));
    }

    private void money(CashOut cashOut, List<Movement> movements) {
        var books = new Books(cashOut);
        switch (random.nextInt(6)) {
            case 0 -> movements.addAll(books.charged());
            case 1 -> movements.addAll(books.voucherIssued());
            case 2 -> movements.addAll(books.redeemed());
            case 3 -> movements.addAll(books.paid());
            case 4 -> movements.addAll(books.payoutFailed());
            default -> movements.addAll(books.refunded());
        }
    }

    private void aftermath(CashOut cashOut, List<Effect<?>> effects) {
        var of = Aftermath.Of.values()[random.nextInt(Aftermath.Of.values().length)];
        var begun = Aftermath.watching(cashOut.id(), cashOut.terms(), of, THEN);
        if (random.nextBoolean()) effects.add(AftermathRows.add(begun));
        else effects.add(after.advance(begun.waiting(Attempt.NONE, soon()), random.nextBoolean()));
    }

    private void matter(CashOut cashOut, List<Effect<?>> effects) {
        var reason = random.nextBoolean() ? "takes-too-long" : "cannot-proceed";
        switch (random.nextInt(4)) {
            case 0 -> effects.add(Matters.settle(Cell.FIRST, cashOut.subject(), reason, THEN));
            case 1 -> effects.add(Matters.settleAll(Cell.FIRST, cashOut.subject(), THEN));
            case 2 -> {
                if (!matters.isEmpty())
                    effects.add(Matters.close(matters.get(random.nextInt(matters.size())), THEN));
            }
            default -> {
                var due = LocalDate.of(2026, 12, 1);
                var matter =
                        new Matter(
                                Cell.FIRST,
                                id(),
                                "co",
                                cashOut.subject(),
                                reason,
                                "SUPPORT",
                                THEN,
                                due);
                matters.add(matter);
                effects.add(Matters.open(matter));
            }
        }
    }

    private void told(CashOut cashOut, List<Effect<?>> effects) {
        var id = cashOut.id().value();
        var face = cashOut.terms().faceValue();
        var charge = new Charge(Cell.FIRST, id, "+999", face, THEN, null, null, null);
        var voucher = new Voucher(Cell.FIRST, id, "product", face, "", null, null);
        effects.add(
                switch (random.nextInt(5)) {
                    case 0 ->
                            Charges.tell(
                                    charge,
                                    new Charge.Fact(
                                            "pay-" + random.nextInt(9),
                                            Charge.Status.RESERVED,
                                            random.nextBoolean() ? "auth" : null));
                    case 1 -> Vouchers.became(voucher, "REDEEMED");
                    case 2 ->
                            BareVouchers.vouchers()
                                    .issued(
                                            voucher,
                                            new Voucher.Issued("code", LocalDate.of(2031, 1, 1)));
                    case 3 -> Redemptions.became(Cell.FIRST, id, "ACCEPTED");
                    default -> Payouts.became(payout(cashOut), "BOOKED");
                });
    }

    private static void compare(Connection connection, SimulatedStore store, String table)
            throws SQLException {
        for (var row : store.rows(table)) {
            var key = row.containsKey("id") ? "id" : row.containsKey("caller") ? "caller" : "";
            if (key.isEmpty()) continue;
            try (var read =
                    connection.prepareStatement(
                            "SELECT * FROM " + table + " WHERE " + key + " = ?")) {
                read.setObject(1, row.get(key));
                try (var found = read.executeQuery()) {
                    assertThat(found.next()).as("%s %s", table, row).isTrue();
                    for (var column : row.entrySet())
                        assertThat(shown(column.getKey(), column.getValue()))
                                .as("%s.%s of %s", table, column.getKey(), row)
                                .isEqualTo(shown(column.getKey(), value(found, column)));
                }
            }
        }
    }

    private static Object value(ResultSet row, Map.Entry<String, Object> column)
            throws SQLException {
        var name = column.getKey();
        if (row.getObject(name) == null) return null;
        return switch (column.getValue()) {
            case Instant i -> row.getTimestamp(name).toInstant();
            case LocalDate d -> row.getDate(name).toLocalDate();
            case Short s -> row.getShort(name);
            case byte[] b -> row.getBytes(name);
            case null, default -> row.getObject(name);
        };
    }

    /** A lease is on the database's own clock: what counts is whether there is one. */
    private static Object shown(String column, Object value) {
        if (column.equals("lease_until")) return value != null;
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
    }

    private static String number(Connection connection, UUID account) throws SQLException {
        try (var read =
                connection.prepareStatement(
                        "SELECT balance || ' ' || held || ' ' || version FROM account WHERE id = ?")) {
            read.setObject(1, account);
            try (var row = read.executeQuery()) {
                return row.next() ? row.getString(1) : "0 0 0";
            }
        }
    }

    /** What is due is claimed once, oldest first, and what is claimed not again. */
    private static void claims(JdbcClient db, SimulatedStore store) {
        // What was leased on the way was leased by two clocks.
        db.sql("UPDATE cash_out SET lease_until = NULL").update();
        for (var row : store.rows("cash_out")) row.put("lease_until", null);
        var real = new DueRows(db, "cash_out", Duration.ofSeconds(60));
        for (int round = 0; round < 4; round++) {
            var now = THEN.plusSeconds(250L * (round + 1));
            var theirs = real.claim(now, 100).stream().map(c -> c.id() + " " + c.failures());
            var ours =
                    store.claimDue("cash_out", now, Duration.ofSeconds(60), 100).stream()
                            .map(c -> c.id() + " " + c.failures());
            assertThat(ours.toList()).containsExactlyInAnyOrderElementsOf(theirs.toList());
        }
    }

    private UUID id() {
        return new UUID(0x01a20000_0000_7000L, 0x8000_0000_0000_0000L + ++ids);
    }
}
