package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.facevalue.cli.Api;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.reconciliation.DifferenceRows;
import org.facevalue.platform.reconciliation.Findings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Our books against everybody's, in a world of its own: what differs here stands, and would be found by everybody else's tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconciliationTest {
    private final World world = World.beside("reconciliation");
    private final Api staff = world.staff(Role.FINANCE);

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void what_ended_is_matched_with_every_party_and_nothing_differs() throws SQLException {
        var minji = world.customer();
        var id = ended(minji, 50_000);
        var other = world.customer();
        ended(other, 50_510);
        settle();
        var result = compared();
        assertThat(of(result, "noeul").path("matched").asLong()).isPositive();
        assertThat(of(result, "deungdae").path("matched").asLong()).isPositive();
        assertThat(result.path("parties")).hasSizeGreaterThanOrEqualTo(10);
        assertThat(result.path("parties").valueStream())
                .allMatch(party -> party.path("problem").isNull());
        assertThat(differences(result, id)).isEmpty();
    }

    @Test
    void a_transfer_that_the_bank_does_not_have_is_missing_there_until_it_has_it_again()
            throws SQLException {
        var minji = world.customer();
        var id = ended(minji, 50_000);
        settle();
        var reference = reference(id);
        sandbox(
                "UPDATE transfer SET reference = 'x' || reference WHERE reference = ?",
                reference + "-net");
        var found = differences(compared(), id);
        assertThat(found).singleElement();
        assertThat(found.getFirst().path("kind").asString()).isEqualTo("MISSING_THERE");
        assertThat(found.getFirst().path("book").asString()).isEqualTo("PAYOUT");
        assertThat(world.openMatters(id)).containsExactly("books-differ-payout");
        sandbox("UPDATE transfer SET reference = ? WHERE reference LIKE 'x%'", reference + "-net");
        assertThat(differences(compared(), id)).isEmpty();
        assertThat(world.openMatters(id)).isEmpty();
    }

    @Test
    void another_amount_and_what_nobody_here_knows_of_are_told_apart() throws SQLException {
        var minji = world.customer();
        var id = ended(minji, 50_000);
        settle();
        sandbox("UPDATE redemption SET pays = pays - 500 WHERE reference = ?", reference(id));
        sandbox(
                "INSERT INTO transfer (reference, to_account, amount, status, created_at)"
                        + " SELECT 'nobody-knows-net', to_account, amount, status, created_at FROM transfer WHERE reference = ?",
                reference(id) + "-net");
        var result = compared();
        assertThat(differences(result, id).getFirst().path("kind").asString())
                .isEqualTo("OTHER_AMOUNT");
        assertThat(
                        result.path("differences")
                                .valueStream()
                                .filter(d -> d.path("reference").asString().equals("nobody-knows")))
                .singleElement()
                .satisfies(d -> assertThat(d.path("kind").asString()).isEqualTo("MISSING_HERE"));
        sandbox("UPDATE redemption SET pays = pays + 500 WHERE reference = ?", reference(id));
        sandbox("DELETE FROM transfer WHERE reference = ?", "nobody-knows-net");
        result = compared();
        assertThat(
                        result.path("differences")
                                .valueStream()
                                .map(d -> d.path("reference").asString()))
                .doesNotContain("nobody-knows", reference(id));
    }

    @Test
    void what_was_given_back_on_request_is_compared_with_the_carrier_s_desk() throws SQLException {
        var minji = new Undoer(world, world.customer());
        var wayOut = minji.asked(minji.entered(33_000, minji.today()), "cancellation");
        minji.until(wayOut, "UNDONE");
        settle();
        var id = Undoer.id(wayOut);
        assertThat(differences(compared(), id)).isEmpty();
        sandbox("UPDATE undo_request SET given = 30000 WHERE reference = ?", reference(id));
        var found = differences(compared(), id);
        assertThat(found).singleElement();
        assertThat(found.getFirst().path("book").asString()).isEqualTo("GIVEN_BACK");
        assertThat(found.getFirst().path("about").asString()).isEqualTo(id);
        assertThat(world.openMatters(id)).containsExactly("books-differ-given-back");
        sandbox("UPDATE undo_request SET given = 33000 WHERE reference = ?", reference(id));
        assertThat(differences(compared(), id)).isEmpty();
        assertThat(world.openMatters(id)).isEmpty();
    }

    @Test
    void a_party_that_does_not_answer_is_not_compared_and_says_so() {
        world.sandbox()
                .post(
                        "/sandbox/mishaps",
                        Map.of("party", "joyakdol", "mishap", "ERROR_503", "times", 1))
                .ok();
        assertThat(of(compared(), "joyakdol").path("problem").asString()).contains("UNKNOWN");
        assertThat(of(compared(), "joyakdol").path("problem").isNull()).isTrue();
    }

    @Test
    void a_party_that_cannot_be_compared_twice_in_a_row_is_for_a_person_until_it_can()
            throws SQLException {
        world.sandbox()
                .post(
                        "/sandbox/mishaps",
                        Map.of("party", "mongdol", "mishap", "ERROR_503", "times", 2))
                .ok();
        compared();
        assertThat(notCompared()).isZero();
        compared();
        assertThat(notCompared()).isEqualTo(1);
        compared();
        assertThat(notCompared()).isZero();
    }

    private long notCompared() throws SQLException {
        try (var connection = world.owner();
                var read = connection.createStatement();
                var row =
                        read.executeQuery(
                                "SELECT count(*) FROM matter WHERE reason = 'books-not-compared' AND closed_at IS NULL")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void what_will_stay_so_is_accepted_by_a_person_and_found_again_only_with_other_amounts()
            throws SQLException {
        var minji = world.customer();
        var id = ended(minji, 50_000);
        settle();
        sandbox("UPDATE redemption SET pays = pays - 500 WHERE reference = ?", reference(id));
        compared();
        sandbox("UPDATE redemption SET pays = pays - 100 WHERE reference = ?", reference(id));
        var found = differences(compared(), id);
        assertThat(found).as("one difference, with what it is now").singleElement();
        assertThat(found.getFirst().path("theirs").path("amount").asLong())
                .isEqualTo(found.getFirst().path("ours").path("amount").asLong() - 600);

        var standing =
                world.bean(DifferenceRows.class).open().stream()
                        .filter(open -> open.reference().equals(reference(id)))
                        .findFirst()
                        .orElseThrow();
        var findings = world.bean(Findings.class);
        var staff =
                new Caller(Role.FINANCE, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        assertThat(findings.accept(staff, standing.id(), "written off, letter of today")).isTrue();
        assertThat(findings.accept(staff, standing.id(), "and once more"))
                .as("never twice")
                .isFalse();
        assertThat(world.openMatters(id)).isEmpty();
        assertThat(differences(compared(), id)).isEmpty();
        sandbox("UPDATE redemption SET pays = pays - 100 WHERE reference = ?", reference(id));
        assertThat(differences(compared(), id)).as("that is another one").singleElement();
        sandbox("UPDATE redemption SET pays = pays + 700 WHERE reference = ?", reference(id));
        assertThat(differences(compared(), id)).isEmpty();
    }

    @Test
    void what_comes_long_after_the_end_is_compared_too() throws SQLException {
        var minji = world.customer("two-step", "PAYOUT_RETURNED_LATER");
        var id = ended(minji, 50_000);
        world.forward(Duration.ofDays(4));
        for (int i = 0; i < 300 && minji.phone().path("bill").asLong() != 0; i++) World.sleep();
        assertThat(minji.phone().path("bill").asLong()).as("the bank has returned it").isZero();
        settle();
        assertThat(differences(compared(), id)).isEmpty();
        sandbox("UPDATE redemption SET pays = pays - 500 WHERE reference = ?", reference(id));
        assertThat(differences(compared(), id))
                .as("though confirmed four days ago")
                .singleElement();
        sandbox("UPDATE redemption SET pays = pays + 500 WHERE reference = ?", reference(id));
        assertThat(differences(compared(), id)).isEmpty();
    }

    @Test
    void what_a_party_does_about_a_cash_out_of_long_ago_is_found() throws SQLException {
        var minji = world.customer();
        var id = ended(minji, 50_510);
        world.forward(Duration.ofDays(10));
        compared();
        sandbox(
                "INSERT INTO transfer (reference, to_account, amount, status, created_at)"
                        + " SELECT ?, account_number, 45760, 'BOOKED', now() + make_interval(secs => ahead_seconds) FROM person, scenario_clock LIMIT 1",
                reference(id) + "-net");
        var found = differences(compared(), id);
        assertThat(found).as("paid ten days after it was refunded").singleElement();
        assertThat(found.getFirst().path("book").asString()).isEqualTo("PAYOUT");
        assertThat(found.getFirst().path("kind").asString()).isEqualTo("MISSING_HERE");
        sandbox("DELETE FROM transfer WHERE reference = ?", reference(id) + "-net");
        assertThat(differences(compared(), id)).isEmpty();
    }

    @Test
    void what_a_carrier_takes_back_after_weeks_is_found_the_same_day() throws SQLException {
        var minji = world.customer();
        var id = ended(minji, 50_000);
        world.forward(Duration.ofDays(20));
        compared();
        sandbox(
                "INSERT INTO refund (id, payment, client, correlator, reference, type, amount, status, created_at)"
                        + " SELECT 'late-' || id, id, client, 'late-' || id, reference, 'total', amount, 'succeeded', now()"
                        + " FROM payment WHERE reference = ?",
                reference(id));
        assertThat(differences(compared(), id)).as("it has been looked for today").isEmpty();
        world.forward(Duration.ofDays(1));
        var found = differences(compared(), id);
        assertThat(found).singleElement();
        assertThat(found.getFirst().path("book").asString()).isEqualTo("REFUND");
        sandbox("DELETE FROM refund WHERE reference = ?", reference(id));
        assertThat(differences(compared(), id)).isEmpty();
    }

    @Test
    void a_voucher_that_was_taken_back_is_one_with_both() throws SQLException {
        var minji = world.customer();
        var id = confirmed(minji, 50_610, "eunmorae");
        world.until(minji, id, "VOUCHER_OFFERED");
        minji.choose(id, "refund");
        world.until(minji, id, "REFUNDED");
        settle();
        assertThat(differences(compared(), id)).isEmpty();
        sandbox("UPDATE voucher_order SET status = 'ISSUED' WHERE reference = ?", reference(id));
        assertThat(differences(compared(), id).getFirst().path("book").asString())
                .isEqualTo("VOUCHER_RETURNED");
        sandbox("UPDATE voucher_order SET status = 'REFUNDED' WHERE reference = ?", reference(id));
        assertThat(differences(compared(), id)).isEmpty();
    }

    @Test
    void
            a_provider_that_goes_away_with_the_voucher_costs_the_customer_nothing_and_stands_as_a_difference()
                    throws SQLException {
        var minji = world.customer();
        var id = confirmed(minji, 50_000, "baekmorae");
        world.until(minji, id, "VOUCHER_HELD");
        world.forward(Duration.ofMinutes(11));
        var ended = world.end(minji, id);
        assertThat(ended.path("state").asString()).isEqualTo("REFUNDED");
        assertThat(minji.phone().path("bill").asLong()).isZero();
        assertThat(world.ownAccount(id)).isZero();
        settle();
        var found = differences(compared(), id);
        assertThat(found).singleElement();
        assertThat(found.getFirst().path("book").asString()).isEqualTo("VOUCHER_USED");
        assertThat(world.openMatters(id)).contains("claim-on-issuer", "books-differ-voucher-used");
    }

    @Test
    void what_a_carrier_takes_back_by_itself_is_found_within_days() throws SQLException {
        var minji = world.customer("two-step", "CHARGE_REVERSED");
        var id = ended(minji, 50_000);
        world.forward(Duration.ofHours(49));
        var found = differences(compared(), id);
        assertThat(found).singleElement();
        assertThat(found.getFirst().path("book").asString()).isEqualTo("REFUND");
        assertThat(found.getFirst().path("kind").asString()).isEqualTo("MISSING_HERE");
    }

    @Test
    void what_nobody_has_authorised_the_carrier_takes_off_the_bill_and_the_operator_bears_it()
            throws SQLException {
        var minji = world.customer();
        var undoer = new Undoer(world, minji);
        var id = ended(minji, 50_000);
        assertThat(minji.cashOut(id).path("state").asString()).isEqualTo("PAID");
        assertThat(undoer.enter(Map.of("cash_out", id)).body().path("code").asString())
                .as("the bank may still return it, and then the charge is refunded")
                .isEqualTo("still-settling");
        world.forward(Duration.ofDays(8));
        untilEnded(minji, id);
        long before = loss();
        var purchase = undoer.enter(Map.of("cash_out", id)).ok();
        assertThat(purchase.path("ways").valueStream().map(way -> way.path("kind").asString()))
                .as("nothing else fits what was paid out")
                .containsExactly("correction");

        var wayOut = undoer.asked(purchase, "correction");
        assertThat(undoer.until(wayOut, "ASKED").path("withheld").asBoolean()).isTrue();
        assertThat(world.openMatters(id)).contains("charge-contested");
        world.forward(Duration.ofDays(3).plusHours(1));
        undoer.until(wayOut, "GRANTED");
        world.forward(Duration.ofDays(6).plusHours(7));
        var undone = undoer.until(wayOut, "UNDONE");

        assertThat(undone.path("given").path("amount").asLong()).isEqualTo(50_000);
        assertThat(minji.phone().path("bill").asLong()).isZero();
        assertThat(loss() - before).as("all but the carrier's fee").isEqualTo(50_000 - 1_500);
        // Once a day it looks further back than three days.
        world.forward(Duration.ofHours(25));
        var found = differences(compared(), id);
        assertThat(found).as("a person sees it in the carrier's books, too").singleElement();
        assertThat(found.getFirst().path("book").asString()).isEqualTo("REFUND");
        assertThat(undoer.ask(purchase, "correction").status()).as("once").isEqualTo(409);
    }

    /** Nothing may come of it any more. */
    private void untilEnded(SandboxCustomer customer, String id) throws SQLException {
        for (int i = 0; i < 300; i++) {
            try (var owner = world.owner();
                    var watched =
                            owner.prepareStatement(
                                    "SELECT count(*) FROM aftermath WHERE cash_out = ?::uuid AND state = 'WATCHED'")) {
                watched.setString(1, id.substring("co_".length()));
                try (var rows = watched.executeQuery()) {
                    rows.next();
                    if (rows.getLong(1) == 0) return;
                }
            }
            World.sleep();
        }
        throw new AssertionError("still watched: " + customer.cashOut(id));
    }

    private long loss() throws SQLException {
        try (var owner = world.owner();
                var rows =
                        owner.createStatement()
                                .executeQuery(
                                        "SELECT coalesce(sum(balance), 0) FROM account WHERE kind = 'OPERATOR_LOSS'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private String ended(SandboxCustomer customer, long faceValue) {
        var id = confirmed(customer, faceValue, "eunmorae");
        world.end(customer, id);
        return id;
    }

    private static String confirmed(SandboxCustomer customer, long faceValue, String provider) {
        var quote = customer.quote("face_value", faceValue, provider).path("id").asString();
        return customer.confirm(quote).path("id").asString();
    }

    /** Lets the time pass in which a cash-out is left alone. */
    private void settle() {
        world.forward(Duration.ofMinutes(2));
    }

    /** Asks for a comparison, and waits for it. */
    private JsonNode compared() {
        var asked =
                staff.post("/api/v1/staff/reconciliation", Map.of())
                        .ok()
                        .path("asked_at")
                        .asString();
        for (int i = 0; i < 600; i++) {
            var result = staff.get("/api/v1/staff/reconciliation").ok();
            var last = of(result, "deungdae").path("at").asString("");
            if (!last.isEmpty()
                    && !java.time.Instant.parse(last).isBefore(java.time.Instant.parse(asked)))
                return result;
            World.sleep();
        }
        throw new AssertionError("it is not compared");
    }

    private static JsonNode of(JsonNode result, String party) {
        return result.path("parties")
                .valueStream()
                .filter(p -> p.path("party").asString().equals(party))
                .findFirst()
                .orElse(result.path("none"));
    }

    private static List<JsonNode> differences(JsonNode result, String id) {
        return result.path("differences")
                .valueStream()
                .filter(d -> d.path("about").asString("").equals(id))
                .toList();
    }

    private static String reference(String id) {
        return Id.parse(id.substring(0, 2), id).orElseThrow().toString();
    }

    private void sandbox(String sql, String value) throws SQLException {
        try (var connection = world.databases().sandbox().connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            assertThat(statement.executeUpdate()).isPositive();
        }
    }
}
