package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.facevalue.cli.SandboxCustomer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What was given up and happens after all: requests that reach the other side hours later, payouts that come back days later. */
class AftermathTest {
    private static final World WORLD = World.get();
    private static final Set<String> ENDS = Set.of("PAID", "NOT_CHARGED", "REFUNDED");
    private static final Set<String> SETTLED = Set.of("UNDONE", "CLAIMED", "LOST");

    @ParameterizedTest(name = "{0} on {1}: {4}, then {5} {6}")
    @CsvSource({
        "CHARGE_VERY_LATE,      two-step, 50000, CHARGING,     NOT_CHARGED, CHARGE,        UNDONE,  0",
        "CHARGE_VERY_LATE,      one-step, 50000, CHARGING,     NOT_CHARGED, CHARGE,        UNDONE,  0",
        "CHARGE_VERY_LATE,      code,     50000, CHARGING,     NOT_CHARGED, CHARGE,        UNDONE,  0",
        "VOUCHER_VERY_LATE,     two-step, 50540, CHARGED,      REFUNDED,    VOUCHER,       UNDONE,  0",
        "REDEMPTION_VERY_LATE,  two-step, 50660, VOUCHER_HELD, REFUNDED,    REDEMPTION,    CLAIMED, 0",
        "PAYOUT_VERY_LATE,      two-step, 50000, REDEEMED,     REFUNDED,    PAYOUT,        UNDONE,  0",
        "PAYOUT_NOT_RECALLED,   two-step, 50000, REDEEMED,     REFUNDED,    PAYOUT,        LOST,    45760",
        "REFUND_VERY_LATE,      two-step, 50510, REFUNDING,    REFUNDED,    REFUND,        LOST,    50510",
        "PAYOUT_RETURNED_LATER, two-step, 50000, PAID,         PAID,        PAYOUT_RETURN, UNDONE,  0",
    })
    void what_turns_up_after_an_end_is_found_undone_and_shown(
            String scenario,
            String tariff,
            long faceValue,
            String silent,
            String end,
            String of,
            String settled,
            long kept)
            throws SQLException {
        var minji = WORLD.customer(tariff, scenario);
        var quote = minji.quote("face_value", faceValue, "eunmorae").path("id").asString();
        var id = minji.confirm(quote).path("id").asString();
        WORLD.until(minji, id, silent);
        var ended = ended(minji, id);
        assertThat(ended.path("state").asString()).isEqualTo(end);
        assertThat(ended.path("aftermath")).isEmpty();

        WORLD.forward(Duration.ofHours(3));
        // What was on its way arrives, and where the carrier tells of it, it is looked at before it
        // is too late to undo it.
        WORLD.arrived();
        if (of.equals("CHARGE"))
            for (int i = 0; i < 100 && states(id).equals(List.of("WATCHED")); i++) World.sleep();
        WORLD.forward(Duration.ofDays(4));
        var after = settled(minji, id);

        assertThat(after.path("state").asString()).as("the end stays").isEqualTo(end);
        assertThat(after.path("aftermath").get(0).path("of").asString()).isEqualTo(of);
        assertThat(after.path("aftermath").get(0).path("state").asString()).isEqualTo(settled);
        assertThat(WORLD.differences(minji, after)).isEmpty();
        assertThat(WORLD.ownAccount(id)).isZero();
        assertThat(minji.phone().path("bill").asLong()).isZero();
        assertThat(received(minji, id)).isEqualTo(kept);
        assertThat(matters(id)).as("a person sees it").isNotEmpty();
        var receipt = minji.api().get("/api/v1/cash-outs/" + id + "/receipt").ok();
        assertThat(receipt.path("document").path("aftermath").get(0).path("state").asString())
                .isEqualTo(settled);
    }

    @Test
    void where_nothing_comes_the_watch_ends_and_nobody_is_told_of_it() throws SQLException {
        var minji = WORLD.customer();
        var quote = minji.quote("face_value", 50_000, "eunmorae").path("id").asString();
        var id = minji.confirm(quote).path("id").asString();
        WORLD.end(minji, id);
        WORLD.forward(Duration.ofDays(8));
        for (int i = 0; i < 300 && !states(id).equals(List.of("NOTHING_CAME")); i++) {
            World.sleep();
            // Whoever had no answer asks again after some minutes.
            if (i % 10 == 9) WORLD.forward(Duration.ofMinutes(5));
        }
        assertThat(states(id)).containsExactly("NOTHING_CAME");
        assertThat(minji.cashOut(id).path("aftermath")).isEmpty();
        assertThat(matters(id)).isEmpty();
    }

    private static JsonNode ended(SandboxCustomer customer, String id) {
        return slowly(customer, id, seen -> ENDS.contains(seen.path("state").asString()));
    }

    private static JsonNode settled(SandboxCustomer customer, String id) {
        return slowly(
                customer,
                id,
                seen ->
                        SETTLED.contains(
                                seen.path("aftermath").path(0).path("state").asString("")));
    }

    /**
     * A few minutes of the business clock at a time, so that what is on its way stays there, and who had no answer (a party that was silent before is
     * spared for a while) asks again.
     */
    private static JsonNode slowly(
            SandboxCustomer customer, String id, Predicate<JsonNode> isThere) {
        for (int i = 0; i < 60; i++) {
            for (int wait = 0; wait < 8; wait++) {
                var seen = customer.cashOut(id);
                if (isThere.test(seen)) return seen;
                World.sleep();
            }
            WORLD.forward(Duration.ofMinutes(5));
        }
        throw new AssertionError("it does not come to that: " + customer.cashOut(id));
    }

    /** What the bank has paid on top of a charge that is off the bill again. */
    private static long received(SandboxCustomer customer, String id) {
        return customer.world(id)
                .path("transfers")
                .valueStream()
                .filter(transfer -> transfer.path("status").asString().equals("BOOKED"))
                .mapToLong(transfer -> transfer.path("amount").asLong())
                .sum();
    }

    private static List<String> states(String id) throws SQLException {
        return strings("SELECT state FROM aftermath WHERE cash_out = ?", id);
    }

    private static List<String> matters(String id) throws SQLException {
        return strings(
                "SELECT m.reason FROM matter m JOIN aftermath a ON a.id = m.subject WHERE a.cash_out = ?",
                id);
    }

    private static List<String> strings(String sql, String id) throws SQLException {
        try (var connection = WORLD.owner();
                var read = connection.prepareStatement(sql)) {
            var hex = id.substring("co_".length());
            read.setObject(
                    1,
                    UUID.fromString(
                            hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")));
            var found = new ArrayList<String>();
            try (var rows = read.executeQuery()) {
                while (rows.next()) found.add(rows.getString(1));
            }
            return found;
        }
    }
}
