package org.facevalue.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.ledger.Movement.Posting;
import org.facevalue.platform.money.Money;
import org.facevalue.story.World;
import org.junit.jupiter.api.Test;

/** What the write path keeps on a real PostgreSQL, whichever. */
abstract class WritePathTest {
    private static final Currency KRW = Currency.getInstance("KRW");
    final World world;
    private final Ledger ledger;
    private final String test = UUID.randomUUID().toString();
    private final Account bank = account(AccountKind.SAFEGUARDING_BANK, "test-" + test);
    private final Account mine = account(AccountKind.WALLET, "mine-" + test);
    private final Account other = account(AccountKind.WALLET, "other-" + test);

    WritePathTest(World world) {
        this.world = world;
        this.ledger = world.bean(Ledger.class);
    }

    @Test
    void the_same_command_a_hundred_times_at_once_commits_once() throws Exception {
        var command = command("hundred", new Posting(bank, mine, Money.won(7)));
        var outcomes = atOnce(100, () -> ledger.commit(command));
        assertThat(outcomes).filteredOn(o -> o instanceof Outcome.Committed).hasSize(1);
        assertThat(outcomes).filteredOn(o -> o instanceof Outcome.Replayed).hasSize(99);
        assertThat(balance(mine)).isEqualTo(7);
    }

    @Test
    void a_balance_is_never_spent_twice_however_many_try_at_once() throws Exception {
        ledger.commit(command("in", new Posting(bank, mine, Money.won(100))));
        var tries = new ArrayList<Callable<Outcome>>();
        for (int i = 0; i < 40; i++) {
            var command = command("out-" + i, new Posting(mine, bank, Money.won(9)));
            tries.add(() -> ledger.commit(command));
        }
        var outcomes = atOnce(tries);
        assertThat(outcomes).filteredOn(o -> o instanceof Outcome.Committed).hasSize(11);
        assertThat(balance(mine)).isEqualTo(1);
    }

    @Test
    void commands_over_the_same_accounts_in_other_orders_never_wait_for_each_other()
            throws Exception {
        ledger.commit(
                command(
                        "a",
                        new Posting(bank, mine, Money.won(10_000)),
                        new Posting(bank, other, Money.won(10_000))));
        var tries = new ArrayList<Callable<Outcome>>();
        for (int i = 0; i < 60; i++) {
            var there = new Posting(mine, other, Money.won(1));
            var back = new Posting(other, mine, Money.won(1));
            var command =
                    i % 2 == 0 ? command("x-" + i, there, back) : command("x-" + i, back, there);
            tries.add(() -> ledger.commit(command));
        }
        long before = ledger.conflicts();
        assertThat(atOnce(tries)).allMatch(o -> o instanceof Outcome.Committed);
        assertThat(ledger.conflicts()).isEqualTo(before);
    }

    @Test
    void a_refused_command_leaves_nothing_behind_not_even_its_key() throws SQLException {
        var refused = command("late", new Posting(mine, bank, Money.won(5)));
        assertThat(ledger.commit(refused)).isInstanceOf(Outcome.Refused.NotEnough.class);
        ledger.commit(command("now", new Posting(bank, mine, Money.won(5))));
        assertThat(ledger.commit(refused)).isInstanceOf(Outcome.Committed.class);
        assertThat(balance(mine)).isZero();
    }

    @Test
    void two_events_with_one_number_are_refused_and_nothing_moves() throws SQLException {
        var subject = UUID.randomUUID();
        ledger.commit(command("first", List.of(), List.of(event(subject, 1))));
        var outcome =
                ledger.commit(
                        command(
                                "second",
                                List.of(new Posting(bank, mine, Money.won(1))),
                                List.of(event(subject, 1))));
        assertThat(outcome).isInstanceOf(Outcome.Refused.Moved.class);
        assertThat(balance(mine)).isZero();
    }

    @Test
    void an_event_that_commits_late_still_gets_a_place() throws Exception {
        var subject = UUID.randomUUID();
        try (var slow = world.run()) {
            slow.setAutoCommit(false);
            var early = event(subject, 1);
            world.bean(org.facevalue.platform.journal.Journal.class).append(slow, List.of(early));
            ledger.commit(command("later", List.of(), List.of(event(subject, 2))));
            eventually(() -> assertThat(places(subject)).isEqualTo(1));
            slow.commit();
        }
        eventually(() -> assertThat(places(subject)).isEqualTo(2));
    }

    @Test
    void what_was_written_cannot_be_altered_by_the_platform_s_role() throws SQLException {
        for (var table : List.of("posting", "event", "log_place"))
            for (var sql :
                    List.of(
                            "DELETE FROM " + table,
                            "UPDATE " + table + " SET cell = 0",
                            "TRUNCATE " + table))
                try (var connection = world.run();
                        var statement = connection.createStatement()) {
                    assertThatThrownBy(() -> statement.execute(sql))
                            .hasMessageContaining("permission denied");
                }
    }

    @Test
    void neither_application_can_connect_to_the_other_s_database() {
        var databases = world.databases();
        var crossed =
                List.of(
                        new org.facevalue.cli.Databases.Login(
                                databases.sandbox().url(),
                                databases.platform().user(),
                                databases.platform().password()),
                        new org.facevalue.cli.Databases.Login(
                                databases.platform().url(),
                                databases.sandbox().user(),
                                databases.sandbox().password()));
        for (var login : crossed)
            assertThatThrownBy(login::connect)
                    .hasMessageContaining("permission denied for database");
    }

    @Test
    void the_platform_does_not_start_as_a_role_that_could_alter_the_log() {
        var owner = world.databases().owner();
        var source =
                new org.springframework.jdbc.datasource.DriverManagerDataSource(
                        owner.url(), owner.user(), owner.password());
        var check = new AppendOnly(org.springframework.jdbc.core.simple.JdbcClient.create(source));
        assertThatThrownBy(check::afterPropertiesSet)
                .hasMessageContaining("posting: DELETE")
                .hasMessageContaining("OWNER");
    }

    private int places(UUID subject) throws SQLException {
        try (var connection = world.run();
                var read =
                        connection.prepareStatement(
                                "SELECT count(*) FROM log_place p JOIN event e ON e.id = p.event WHERE e.subject = ?")) {
            read.setObject(1, subject);
            try (var rows = read.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private long balance(Account account) throws SQLException {
        try (var connection = world.run();
                var read =
                        connection.prepareStatement("SELECT balance FROM account WHERE id = ?")) {
            read.setObject(1, account.id());
            try (var rows = read.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private interface Check {
        void run() throws Exception;
    }

    private static void eventually(Check check) throws Exception {
        for (int i = 0; ; i++) {
            try {
                check.run();
                return;
            } catch (AssertionError e) {
                if (i == 100) throw e;
                Thread.sleep(50);
            }
        }
    }

    private static List<Outcome> atOnce(int times, Callable<Outcome> what) throws Exception {
        var all = new ArrayList<Callable<Outcome>>();
        for (int i = 0; i < times; i++) all.add(what);
        return atOnce(all);
    }

    private static List<Outcome> atOnce(List<Callable<Outcome>> what) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = new ArrayList<Outcome>();
            for (Future<Outcome> outcome : threads.invokeAll(what)) outcomes.add(outcome.get());
            return outcomes;
        }
    }

    private Command command(String key, Movement... movements) {
        return command(key, List.of(movements), List.of());
    }

    private Command command(String key, List<Movement> movements, List<Event> events) {
        return new Command(
                new CommandKey(Cell.FIRST, test + "/" + key),
                movements,
                List.of(),
                List.of(),
                events);
    }

    private static Event event(UUID subject, long sequence) {
        return new Event(
                Cell.FIRST,
                UUID.randomUUID(),
                "xx",
                subject,
                sequence,
                "tested",
                Instant.now(),
                Map.of("state", "X"));
    }

    private static Account account(AccountKind kind, String subject) {
        return new Account(Cell.FIRST, kind, subject, KRW);
    }
}
