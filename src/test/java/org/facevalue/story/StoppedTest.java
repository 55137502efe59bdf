package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.facevalue.cli.Api;
import org.facevalue.cli.Audit;
import org.facevalue.cli.BothBooks;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.platform.cashout.CashOutId;
import org.facevalue.platform.identifier.Id;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes on one database. One of them is stopped between its intention and its call, the other takes over, and the first one wakes. */
class StoppedTest {
    private record Call(
            String step, String tariff, String scenario, long faceValue, Says says, String end) {}

    private static final List<Call> CALLS =
            List.of(
                    new Call("CHARGE", "two-step", "", 50_000, Says.NOTHING, "PAID"),
                    new Call("CHARGE", "one-step", "", 50_000, Says.NOTHING, "PAID"),
                    new Call("CONFIRM", "two-step", "", 50_000, Says.NOTHING, "PAID"),
                    new Call("ORDER_VOUCHER", "two-step", "", 50_000, Says.NOTHING, "PAID"),
                    new Call("REDEEM", "two-step", "", 50_000, Says.NOTHING, "PAID"),
                    new Call("TRANSFER", "two-step", "", 50_000, Says.NOTHING, "PAID"),
                    new Call("CANCEL", "code", "", 50_000, Says.CANCEL, "NOT_CHARGED"),
                    new Call("RETURN_VOUCHER", "two-step", "", 50_610, Says.REFUND, "REFUNDED"),
                    new Call("REFUND", "two-step", "", 50_610, Says.REFUND, "REFUNDED"),
                    new Call(
                            "PAY_BACK",
                            "two-step",
                            "REFUND_DENIED",
                            50_510,
                            Says.NOTHING,
                            "REFUNDED"),
                    new Call("VALIDATE", "code", "", 50_000, Says.CODE, "PAID"),
                    new Call(
                            "RECALL",
                            "two-step",
                            "PAYOUT_VERY_LATE",
                            50_000,
                            Says.NOTHING,
                            "REFUNDED"));

    private static final Set<String> ORDINARY =
            Set.of("CHARGE two-step", "TRANSFER two-step", "VALIDATE code", "RECALL two-step");

    /** Longer than a node may hold on to what it is about to send. */
    private static final long LEASE_MILLIS = 11_000;

    /** What a customer waits at most for another node to go on. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(10);

    /** One of each kind: taken over by asking, by repeating, not at all because it has become too old, and undone meanwhile. */
    @Test
    void a_node_that_was_stopped_before_a_call_does_no_harm_when_it_wakes() throws Exception {
        stopsAt(
                CALLS.stream()
                        .filter(call -> ORDINARY.contains(call.step() + " " + call.tariff()))
                        .toList());
    }

    @Test
    @Tag("prove")
    void a_node_that_was_stopped_before_any_of_the_calls_does_no_harm_when_it_wakes()
            throws Exception {
        stopsAt(CALLS);
    }

    private void stopsAt(List<Call> calls) throws Exception {
        var folder = Path.of("target/stopped").toAbsolutePath();
        var ground = new Ground(folder);
        var order = folder.resolve("stop");
        var late = folder.resolve("sent-late");
        Files.deleteIfExists(order);
        Files.deleteIfExists(late);
        var second = ground.another();
        var nodes =
                List.of(
                        PlatformProcess.start(ground.settings(), ground.address(), order),
                        PlatformProcess.start(second.settings(), second.address(), order));
        try (var database = ground.databases().owner().connect()) {
            for (var call : calls) {
                var minji =
                        SandboxCustomer.make(
                                ground.address(),
                                ground.sandboxAddress(),
                                call.tariff(),
                                call.scenario());
                var quote =
                        minji.quote("face_value", call.faceValue(), "eunmorae")
                                .path("id")
                                .asString();
                var confirmation = minji.confirmation(quote);
                Files.writeString(order, call.step() + " stop");
                // A customer whose node is stopped gets no answer until it wakes.
                var customer =
                        Thread.startVirtualThread(() -> confirms(call, minji, quote, confirmation));
                var id = confirmed(database, quote);
                Process stopped;
                switch (call.step()) {
                    case "VALIDATE" -> {
                        stopped = stopped(nodes);
                        // Nobody takes a code over; it is too old to be sent when the node wakes.
                        Thread.sleep(LEASE_MILLIS);
                    }
                    case "RECALL" -> {
                        until(database, id, List.of("REDEEMED"));
                        days(ground, database, id);
                        stopped = stopped(nodes);
                        until(database, "aftermath", "cash_out", id, List.of("UNDONE"));
                    }
                    default -> {
                        stopped = stopped(nodes);
                        until(database, id, List.of(call.end()));
                        assertThat(takenOverAfter(database, id, call.step()))
                                .as("%s: taken over", call.step())
                                .isLessThanOrEqualTo(TAKE_OVER);
                    }
                }
                signal(stopped, "-CONT");
                customer.join();
                until(database, id, List.of(call.end()));
                assertThat(state(stopped)).as(call.step()).isNotEqualTo('T');
                Thread.sleep(1_000);

                assertThat(late).as("%s: sent after waking", call.step()).doesNotExist();
                var ended = minji.cashOut(id);
                assertThat(ended.path("state").asString()).isEqualTo(call.end());
                assertThat(BothBooks.compare(ended, minji.world(id)).differences())
                        .as(call.step())
                        .isEmpty();
            }
            var findings = new Audit(database, new Api(ground.sandboxAddress(), null)).findings();
            assertThat(findings)
                    .allSatisfy(
                            finding ->
                                    assertThat(finding.violations()).as(finding.words()).isEmpty());
        } finally {
            nodes.forEach(Process::destroyForcibly);
        }
    }

    /** From the intention that was left behind to the first thing that the other node did about it. */
    private static Duration takenOverAfter(Connection database, String id, String step)
            throws SQLException {
        try (var read =
                database.prepareStatement(
                        """
                        SELECT extract(epoch FROM min(later.intended_at) - left_behind.intended_at) * 1000
                          FROM outside_call AS left_behind JOIN outside_call AS later USING (subject)
                         WHERE subject = ? AND left_behind.step = ? AND left_behind.answered_at IS NULL
                           AND later.attempt > left_behind.attempt GROUP BY left_behind.intended_at
                        """)) {
            read.setObject(1, Id.parse("co", id).orElseThrow());
            read.setString(2, step);
            try (var row = read.executeQuery()) {
                assertThat(row.next()).as("%s was left behind", step).isTrue();
                return Duration.ofMillis(row.getLong(1));
            }
        }
    }

    private static void confirms(
            Call call, SandboxCustomer minji, String quote, Map<String, Object> confirmation) {
        var cashOut = minji.api().post("/api/v1/cash-outs", confirmation, quote).ok();
        try {
            call.says().to(minji, cashOut.path("id").asString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The cash-out that the quote became. */
    private static String confirmed(Connection database, String quote)
            throws SQLException, InterruptedException {
        try (var read = database.prepareStatement("SELECT id FROM cash_out WHERE quote = ?")) {
            read.setObject(1, Id.parse("qt", quote).orElseThrow());
            for (int i = 0; i < 600; i++) {
                try (var row = read.executeQuery()) {
                    if (row.next()) return new CashOutId(row.getObject(1, UUID.class)).shown();
                }
                Thread.sleep(50);
            }
        }
        throw new AssertionError("no cash-out of " + quote);
    }

    /** The transfer is on its way for two hours, the cash-out is refunded meanwhile, and then it arrives. */
    private static void days(Ground ground, Connection database, String id)
            throws SQLException, InterruptedException {
        for (int i = 0; i < 60 && !seen(database, "cash_out", "id", id).equals("REFUNDED"); i++) {
            forward(ground, Duration.ofMinutes(5));
            Thread.sleep(500);
        }
        forward(ground, Duration.ofHours(3));
        Thread.sleep(1_000);
        forward(ground, Duration.ofDays(4));
    }

    private static void forward(Ground ground, Duration by) {
        // The node that moves the clock may stop before it answers.
        new Api(ground.sandboxAddress(), null)
                .post("/sandbox/clock", Map.of("forward_seconds", by.toSeconds()));
    }

    private static Process stopped(List<Process> nodes) throws IOException, InterruptedException {
        for (int i = 0; i < 400; i++) {
            for (var node : nodes) if (state(node) == 'T') return node;
            Thread.sleep(25);
        }
        throw new AssertionError("no node has stopped");
    }

    /** As the kernel has it: R, S, T for stopped. */
    private static char state(Process process) throws IOException {
        var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }

    private static void signal(Process process, String signal)
            throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
    }

    /** Asks the database: the node that would be asked may be the one that is stopped. */
    private static void until(Connection database, String id, List<String> states)
            throws SQLException, InterruptedException {
        until(database, "cash_out", "id", id, states);
    }

    private static void until(
            Connection database, String table, String key, String id, List<String> states)
            throws SQLException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (states.contains(seen(database, table, key, id))) return;
            Thread.sleep(50);
        }
        throw new AssertionError("still " + seen(database, table, key, id));
    }

    private static String seen(Connection database, String table, String key, String id)
            throws SQLException {
        try (var read =
                database.prepareStatement(
                        "SELECT state FROM " + table + " WHERE " + key + " = ?")) {
            read.setObject(1, Id.parse("co", id).orElseThrow());
            try (var rows = read.executeQuery()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }
}
