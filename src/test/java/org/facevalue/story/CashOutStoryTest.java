package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.facevalue.cli.SandboxCustomer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whole cash-outs by the API, each told to its end: bill, ledger, journal, and both sides' books. */
class CashOutStoryTest {
    private static final World WORLD = World.get();

    @Test
    void fifty_thousand_won_on_the_bill_become_money_on_the_account() throws SQLException {
        var minji = WORLD.customer();
        var quote = minji.quote("face_value", 50_000, "eunmorae");
        assertThat(quote.path("net").path("amount").asLong()).isEqualTo(45_760);

        var ended =
                WORLD.end(minji, minji.confirm(quote.path("id").asString()).path("id").asString());

        assertThat(ended.path("state").asString()).isEqualTo("PAID");
        assertThat(World.events(ended))
                .containsExactly(
                        "confirmed",
                        "reserved",
                        "charged",
                        "voucher-issued",
                        "redeemed",
                        "payout-booked");
        assertThat(minji.phone().path("bill").asLong()).isEqualTo(50_000);
        assertWhole(minji, ended);
    }

    @Test
    void whoever_needs_an_amount_gets_at_least_that_and_is_billed_as_little_as_possible() {
        var minji = WORLD.customer();
        var quote = minji.quote("net", 43_000, "eunmorae");
        assertThat(quote.path("net").path("amount").asLong()).isBetween(43_000L, 43_010L);

        var ended =
                WORLD.end(minji, minji.confirm(quote.path("id").asString()).path("id").asString());

        var transfer = minji.world(ended.path("id").asString()).path("transfers").get(0);
        assertThat(transfer.path("amount").asLong())
                .isEqualTo(quote.path("net").path("amount").asLong());
    }

    @Test
    void a_line_billed_in_one_step_is_charged_in_one_step() throws SQLException {
        var minji = WORLD.customer("one-step", "");
        var ended = cashOut(minji, 50_000);
        assertThat(World.events(ended))
                .containsExactly(
                        "confirmed", "charged", "voucher-issued", "redeemed", "payout-booked");
        assertWhole(minji, ended);
    }

    @Test
    void where_the_carrier_wants_a_code_the_customer_gives_it_and_a_wrong_one_changes_nothing()
            throws SQLException {
        var minji = WORLD.customer("code", "");
        var id = confirmed(minji, 50_000);
        WORLD.until(minji, id, "CODE_WANTED");
        var code = minji.phone().path("codes").get(0).asString();

        var wrong =
                minji.api()
                        .post(
                                "/api/v1/cash-outs/" + id + "/carrier-code",
                                Map.of("code", other(code)));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body().path("code").asString()).isEqualTo("code-wrong");
        assertThat(wrong.body().path("tries_left").asInt()).isEqualTo(2);
        var right =
                minji.api().post("/api/v1/cash-outs/" + id + "/carrier-code", Map.of("code", code));
        assertThat(right.status()).isEqualTo(202);

        var ended = WORLD.end(minji, id);
        assertThat(ended.path("state").asString()).isEqualTo("PAID");
        assertWhole(minji, ended);
    }

    @Test
    void a_code_that_is_wrong_three_times_ends_it_and_nothing_is_charged() throws SQLException {
        var minji = WORLD.customer("code", "");
        var id = confirmed(minji, 50_000);
        WORLD.until(minji, id, "CODE_WANTED");
        var code = other(minji.phone().path("codes").get(0).asString());
        for (int i = 0; i < 3; i++)
            minji.api().post("/api/v1/cash-outs/" + id + "/carrier-code", Map.of("code", code));
        var ended = WORLD.end(minji, id);
        assertThat(ended.path("state").asString()).isEqualTo("NOT_CHARGED");
        assertWhole(minji, ended);
    }

    @Test
    void a_customer_who_changes_their_mind_while_the_code_is_wanted_is_charged_nothing()
            throws SQLException {
        var minji = WORLD.customer("code", "");
        var id = confirmed(minji, 50_000);
        WORLD.until(minji, id, "CODE_WANTED");
        assertThat(minji.api().post("/api/v1/cash-outs/" + id + "/cancel", Map.of()).status())
                .isEqualTo(202);
        var ended = WORLD.end(minji, id);
        assertThat(ended.path("state").asString()).isEqualTo("NOT_CHARGED");
        assertThat(World.events(ended))
                .containsExactly("confirmed", "code-wanted", "cancelled", "released");
        assertWhole(minji, ended);
        assertThat(minji.api().post("/api/v1/cash-outs/" + id + "/cancel", Map.of()).status())
                .isEqualTo(409);
    }

    /** Every step declined, and every step unknown in both ways: done with its answer lost, and never arrived. */
    @ParameterizedTest(name = "{0} on {1}: {3}")
    @CsvSource({
        "CHARGE_DECLINED,          two-step, 50000, NOT_CHARGED, charge-declined",
        "CHARGE_ANSWER_LOST,       two-step, 50000, PAID,        reserved",
        "CHARGE_REQUEST_LOST,      two-step, 50000, PAID,        reserved",
        "CHARGE_LATE,              two-step, 50000, PAID,        reserved",
        "CHARGE_DECLINED,          one-step, 50000, NOT_CHARGED, charge-declined",
        "CHARGE_ANSWER_LOST,       one-step, 50000, PAID,        charged",
        "CHARGE_REQUEST_LOST,      one-step, 50000, PAID,        charged",
        "CHARGE_LATE,              one-step, 50000, PAID,        charged",
        "CONFIRM_ANSWER_LOST,      two-step, 50000, PAID,        charged",
        "CONFIRM_DENIED,           two-step, 50000, NOT_CHARGED, charge-declined",
        "VOUCHER_DECLINED,         two-step, 50510, REFUNDED,    voucher-declined",
        "VOUCHER_ANSWER_LOST,      two-step, 50520, PAID,        voucher-issued",
        "VOUCHER_REQUEST_LOST,     two-step, 50530, PAID,        voucher-issued",
        "REDEMPTION_DECLINED,      two-step, 50610, REFUNDED,    voucher-returned",
        "REDEMPTION_ANSWER_LOST,   two-step, 50620, PAID,        redeemed",
        "REDEMPTION_REQUEST_LOST,  two-step, 50630, PAID,        redeemed",
        "REDEMPTION_LATE,          two-step, 50640, PAID,        redeemed",
        "VOUCHER_NOT_TAKEN_BACK,   two-step, 50650, REFUNDED,    voucher-not-returned",
        "PAYOUT_DECLINED,          two-step, 50000, REFUNDED,    cash-offered",
        "PAYOUT_ANSWER_LOST,       two-step, 50000, PAID,        payout-booked",
        "PAYOUT_REQUEST_LOST,      two-step, 50000, PAID,        payout-booked",
        "PAYOUT_LATE,              two-step, 50000, PAID,        payout-booked",
        "PAYOUT_RETURNED,          two-step, 50000, REFUNDED,    cash-offered",
        "REFUND_DENIED,            two-step, 50510, REFUNDED,    paid-back",
        "REFUND_LATE,              two-step, 50510, REFUNDED,    charge-refunded",
        "REFUND_ANSWER_LOST,       two-step, 50510, REFUNDED,    charge-refunded",
    })
    void a_step_that_fails_or_falls_silent_ends_with_the_customer_paid_or_made_whole(
            String scenario, String tariff, long faceValue, String end, String event)
            throws SQLException {
        var minji = WORLD.customer(tariff, scenario);
        var ended = cashOut(minji, faceValue);
        assertThat(ended.path("state").asString()).isEqualTo(end);
        assertThat(World.events(ended)).contains(event);
        assertWhole(minji, ended);
    }

    @Test
    void what_an_issuer_does_not_take_back_waits_for_a_person() throws SQLException {
        var minji = WORLD.customer();
        var ended = cashOut(minji, 50_650);
        try (var connection = WORLD.owner();
                var rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "SELECT reason FROM matter WHERE replace(subject::text, '-', '') = '"
                                                + ended.path("id").asString().substring(3)
                                                + "'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("claim-on-issuer");
        }
    }

    private static JsonNode cashOut(SandboxCustomer customer, long faceValue) {
        return WORLD.end(customer, confirmed(customer, faceValue));
    }

    private static String confirmed(SandboxCustomer customer, long faceValue) {
        var quote = customer.quote("face_value", faceValue, "eunmorae").path("id").asString();
        return customer.confirm(quote).path("id").asString();
    }

    private static String other(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }

    /** Ours and theirs agree, the bill holds what it should, and nothing is left in the cash-out's own account. */
    private static void assertWhole(SandboxCustomer customer, JsonNode ended) throws SQLException {
        assertThat(WORLD.differences(customer, ended)).isEmpty();
        assertThat(WORLD.ownAccount(ended.path("id").asString())).isZero();
        boolean billed =
                ended.path("state").asString().equals("PAID")
                        || World.events(ended).contains("paid-back");
        assertThat(customer.phone().path("bill").asLong())
                .isEqualTo(billed ? ended.path("face_value").path("amount").asLong() : 0);
    }
}
