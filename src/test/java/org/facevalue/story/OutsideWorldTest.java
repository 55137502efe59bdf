package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facevalue.cli.Api;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.cli.Trouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The outside parties at their worst: who takes more than agreed, goes away, goes bankrupt, closes, or tells nonsense. */
class OutsideWorldTest {
    private static final World WORLD = World.get();

    @AfterEach
    void everybody_is_well_again() {
        WORLD.sandbox().post("/sandbox/issuers/mongdol", Map.of("insolvent", false)).ok();
        WORLD.sandbox().post("/sandbox/providers/geummorae/licence", Map.of("valid", true)).ok();
        WORLD.sandbox().post("/sandbox/bank/hours", Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOTICE_TEN_TIMES",
                "NOTICE_REVERSED",
                "NOTICE_WITH_WRONG_TOKEN",
                "NOTICE_WITHOUT_TOKEN",
                "NOTICE_OF_UNKNOWN",
                "NOTICE_VERY_LATE",
                "NOTICE_FIRST"
            })
    void whatever_is_the_matter_with_notices_the_cash_out_ends_as_without_them(String scenario)
            throws SQLException {
        for (var tariff : List.of("two-step", "asynchronous")) {
            var minji = customer(tariff, scenario);
            var ended = WORLD.end(minji, confirmed(minji, "eunmorae", null, 50_000));
            assertThat(ended.path("state").asString()).isEqualTo("PAID");
            assertThat(World.events(ended)).doesNotHaveDuplicates();
            whole(minji, ended);
        }
        WORLD.forward(Duration.ofHours(3));
    }

    @Test
    void
            a_provider_that_takes_more_than_it_said_is_seen_at_once_and_nothing_is_booked_as_if_it_was_right()
                    throws SQLException {
        var minji = customer("two-step", "");
        var id = confirmed(minji, "heukmorae", null, 50_000);
        WORLD.until(minji, id, "VOUCHER_HELD");
        assertThat(eventually(id, "odd-answer")).isTrue();
        var seen = minji.cashOut(id);
        assertThat(seen.path("state").asString()).isEqualTo("VOUCHER_HELD");
        assertThat(seen.path("money_state").asString()).isEqualTo("charged");
    }

    @Test
    void an_insolvent_issuer_sells_nothing_and_what_it_has_sold_becomes_a_claim_and_a_refund()
            throws SQLException {
        var before = customer("two-step", "");
        WORLD.sandbox()
                .post(
                        "/sandbox/mishaps",
                        Map.of(
                                "party",
                                "eunmorae",
                                "deed",
                                "REDEMPTION",
                                "line",
                                before.secret("line_number"),
                                "mishap",
                                "REQUEST_LOST"))
                .ok();
        var id = confirmed(before, "eunmorae", "mongdol-mobile", 50_000);
        WORLD.until(before, id, "VOUCHER_HELD");
        WORLD.sandbox().post("/sandbox/issuers/mongdol", Map.of("insolvent", true)).ok();
        var ended = WORLD.end(before, id);
        assertThat(ended.path("state").asString()).isEqualTo("REFUNDED");
        assertThat(World.events(ended)).contains("redemption-declined", "voucher-not-returned");
        assertThat(reasons(id)).contains("claim-on-issuer");
        whole(before, ended);

        var after = customer("two-step", "");
        var late = WORLD.end(after, confirmed(after, "eunmorae", "mongdol-mobile", 50_000));
        assertThat(late.path("state").asString()).isEqualTo("REFUNDED");
        assertThat(World.events(late)).contains("voucher-declined");
        whole(after, late);
    }

    @Test
    void a_provider_that_has_lost_its_licence_is_in_no_comparison_and_its_quote_is_worth_nothing() {
        var minji = customer("two-step", "");
        var quote = minji.quote("face_value", 50_000, "geummorae").path("id").asString();
        WORLD.sandbox().post("/sandbox/providers/geummorae/licence", Map.of("valid", false)).ok();
        var asked = minji.wish("face_value", 50_000, "geummorae");
        assertThat(code(minji.api().post("/api/v1/quotes", asked))).isEqualTo("provider-suspended");
        var confirmed = minji.api().post("/api/v1/cash-outs", minji.confirmation(quote), quote);
        assertThat(code(confirmed)).isEqualTo("provider-suspended");
        var comparison =
                minji.api()
                        .get(
                                "/api/v1/comparison?face_value=50000&line="
                                        + minji.secret("line")
                                        + "&account="
                                        + minji.secret("account"))
                        .ok();
        assertThat(
                        comparison
                                .path("data")
                                .valueStream()
                                .map(row -> row.path("provider").asString()))
                .doesNotContain("geummorae")
                .contains("eunmorae");
        assertThat(comparison.path("refused").get(0).path("provider").asString())
                .isEqualTo("geummorae");
    }

    @Test
    void while_the_bank_is_closed_payouts_wait_and_go_out_when_it_opens() throws SQLException {
        var minji = customer("two-step", "");
        var id = redeemedWhileTheBankIsClosed(minji);
        paidWhenItOpens(minji, id);
    }

    @Test
    void a_bank_that_is_closed_for_an_hour_only_makes_payouts_late() throws SQLException {
        var minji = customer("two-step", "");
        var id = redeemedWhileTheBankIsClosed(minji);
        for (int minutes = 0; minutes < 60; minutes += 10) {
            for (int i = 0; i < 5; i++) World.sleep();
            WORLD.forward(Duration.ofMinutes(10));
        }
        paidWhenItOpens(minji, id);
    }

    private static String redeemedWhileTheBankIsClosed(SandboxCustomer customer) {
        WORLD.sandbox()
                .post(
                        "/sandbox/bank/hours",
                        Map.of("closed_from", "00:00", "closed_until", "23:59:59"));
        var id = confirmed(customer, "eunmorae", null, 50_000);
        WORLD.until(customer, id, "REDEEMED");
        return id;
    }

    private static void paidWhenItOpens(SandboxCustomer customer, String id) throws SQLException {
        WORLD.sandbox().post("/sandbox/bank/hours", Map.of());
        var ended = WORLD.end(customer, id);
        assertThat(ended.path("state").asString()).isEqualTo("PAID");
        whole(customer, ended);
    }

    @Test
    void an_account_under_another_name_is_not_designated() {
        var made = WORLD.sandbox().post("/sandbox/customers", Map.of("scenario", "WRONG_NAME"));
        assertThat(made.status()).isEqualTo(503);
        var person = WORLD.sandbox().post("/sandbox/people", Map.of("scenario", "WRONG_NAME")).ok();
        var minji = customer("two-step", "");
        var answer =
                minji.api()
                        .post(
                                "/api/v1/designated-accounts",
                                Map.of("number", person.path("account_number").asString()));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("code").asString()).isEqualTo("holder-mismatch");
    }

    /** A party that was away is not asked for a moment: then there is no new customer either. */
    private static SandboxCustomer customer(String tariff, String scenario) {
        for (int i = 0; ; i++)
            try {
                return WORLD.customer(tariff, scenario);
            } catch (Trouble e) {
                if (i == 20) throw e;
                World.sleep();
            }
    }

    private static String code(Api.Answer answer) {
        return answer.body().path("code").asString();
    }

    private static String confirmed(
            SandboxCustomer customer, String provider, String product, long faceValue) {
        var wish = new LinkedHashMap<>(customer.wish("face_value", faceValue, provider));
        if (product != null) wish.put("product", product);
        var quote = customer.api().post("/api/v1/quotes", wish).ok().path("id").asString();
        return customer.confirm(quote).path("id").asString();
    }

    private static void whole(SandboxCustomer customer, JsonNode ended) throws SQLException {
        assertThat(WORLD.differences(customer, ended)).isEmpty();
        assertThat(WORLD.ownAccount(ended.path("id").asString())).isZero();
    }

    private static boolean eventually(String id, String reason) throws SQLException {
        for (int i = 0; i < 200; i++) {
            if (reasons(id).contains(reason)) return true;
            World.sleep();
        }
        return false;
    }

    private static List<String> reasons(String id) throws SQLException {
        return WORLD.matters(id);
    }
}
