package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.facevalue.cli.Api;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.outside.News;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Where the conversion or the payout cannot be had, the customer chooses, with the refund beside it. */
class ChoiceTest {
    private static final World WORLD = World.get();

    @Test
    void a_kept_voucher_is_handed_over_and_its_code_is_shown_after_a_step_up() throws SQLException {
        var minji = WORLD.customer();
        var id = offered(minji, 50_610, "VOUCHER_OFFERED");
        assertThat(choices(minji.cashOut(id))).containsExactly("refund 50610", "voucher 50610");
        assertThat(code(minji, id).body().path("code").asString()).isEqualTo("no-voucher-kept");

        var kept = minji.choose(id, "voucher");

        assertThat(kept.path("state").asString()).isEqualTo("KEPT_AS_VOUCHER");
        assertThat(kept.path("choices")).isEmpty();
        var shown = code(minji, id).ok();
        assertThat(shown.path("code").asString()).isNotBlank();
        assertThat(shown.path("expires_on").asString()).matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}");
        assertThat(minji.phone().path("bill").asLong()).isEqualTo(50_610);
        assertBooks(minji, id);
        assertThat(receipt(minji, id).path("kept_as_voucher").asLong()).isEqualTo(50_610);
        assertThat(receipt(minji, id).path("fees")).isEmpty();
        assertThat(shown(minji)).as("that it was shown is told").isEqualTo(1);
    }

    @Test
    void the_code_is_not_shown_without_a_proof_of_its_own_to_others_or_while_frozen() {
        var minji = WORLD.customer();
        var jiwoo = WORLD.customer();
        var id = offered(minji, 50_610, "VOUCHER_OFFERED");
        minji.choose(id, "voucher");
        var path = "/api/v1/cash-outs/" + id + "/voucher-code";

        assertThat(minji.api().post(path, Map.of()).status()).isEqualTo(403);
        assertThat(jiwoo.api().post(path + "/challenges", Map.of()).status()).isEqualTo(404);
        // A yes to something else is no yes to this.
        var other = minji.quote("face_value", 50_000, "eunmorae").path("id").asString();
        var proof = Map.of("step_up", minji.proof("/api/v1/quotes/" + other + "/challenges"));
        assertThat(minji.api().post(path, proof).body().path("code").asString())
                .isEqualTo("step-up-failed");
        var once = Map.of("step_up", minji.proof(path + "/challenges"));
        minji.api().post(path, once).ok();
        assertThat(minji.api().post(path, once).body().path("code").asString())
                .isEqualTo("challenge-expired");
        // An answer with the code is not kept under a key either.
        var keyed = Map.of("step_up", minji.proof(path + "/challenges"));
        minji.api().post(path, keyed, "key").ok();
        assertThat(minji.api().post(path, keyed, "key").body().path("code").asString())
                .isEqualTo("challenge-expired");
        minji.api().send("PUT", "/api/v1/freeze", null, Map.of());
        assertThat(code(minji, id).body().path("code").asString()).isEqualTo("account-frozen");
    }

    @Test
    void kept_cash_is_in_the_wallet_without_the_operator_s_and_the_bank_s_fee()
            throws SQLException {
        var minji = WORLD.customer("two-step", "PAYOUT_DECLINED");
        var id = offered(minji, 50_000, "CASH_OFFERED");
        assertThat(choices(minji.cashOut(id))).containsExactly("refund 50000", "cash 46400");

        var kept = minji.choose(id, "cash");

        assertThat(kept.path("state").asString()).isEqualTo("KEPT_AS_CASH");
        assertThat(wallet(minji)).isEqualTo(46_400);
        assertThat(minji.phone().path("bill").asLong()).isEqualTo(50_000);
        assertBooks(minji, id);
        assertThat(receipt(minji, id).path("kept_as_cash").asLong()).isEqualTo(46_400);
        assertThat(
                        receipt(minji, id)
                                .path("fees")
                                .valueStream()
                                .map(fee -> fee.path("kind").asString()))
                .containsExactly("CARRIER", "ISSUER", "PROVIDER");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"50610, '', VOUCHER_OFFERED", "50000, PAYOUT_DECLINED, CASH_OFFERED"})
    void without_a_choice_it_is_refunded(long faceValue, String scenario, String state)
            throws SQLException {
        var minji = WORLD.customer("two-step", scenario);
        var id = offered(minji, faceValue, state);
        WORLD.forward(Duration.ofHours(23));
        World.sleep();
        assertThat(minji.cashOut(id).path("state").asString()).isEqualTo(state);
        WORLD.forward(Duration.ofHours(2));
        var ended = WORLD.until(minji, id, "REFUNDED");
        assertThat(World.events(ended)).contains("deadline-passed");
        assertThat(minji.phone().path("bill").asLong()).isZero();
        assertBooks(minji, id);
        assertThat(minji.api().post(choice(id), Map.of("choice", "refund")).status())
                .as("too late")
                .isEqualTo(409);
    }

    @Test
    void of_two_choices_at_once_one_is_taken() throws Exception {
        for (int round = 0; round < 4; round++) {
            var minji = WORLD.customer("two-step", "PAYOUT_DECLINED");
            var id = offered(minji, 50_000, "CASH_OFFERED");
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var answers =
                        List.of("refund", "cash", "cash", "refund").stream()
                                .map(c -> threads.submit(() -> chosen(minji, id, c)))
                                .toList();
                int taken = 0;
                for (Future<Integer> answer : answers) {
                    assertThat(List.of(202, 409)).contains(answer.get());
                    if (answer.get() == 202) taken++;
                }
                assertThat(taken).isEqualTo(1);
            }
            var ended = WORLD.until(minji, id, "REFUNDED", "KEPT_AS_CASH");
            boolean kept = ended.path("state").asString().equals("KEPT_AS_CASH");
            assertThat(wallet(minji)).isEqualTo(kept ? 46_400 : 0);
            assertBooks(minji, id);
        }
    }

    @Test
    void while_frozen_only_the_refund_can_be_had() {
        var minji = WORLD.customer("two-step", "PAYOUT_DECLINED");
        var id = offered(minji, 50_000, "CASH_OFFERED");
        minji.api().send("PUT", "/api/v1/freeze", null, Map.of());
        var kept = minji.api().post(choice(id), Map.of("choice", "cash"));
        assertThat(kept.status()).isEqualTo(422);
        assertThat(kept.body().path("code").asString()).isEqualTo("account-frozen");
        minji.choose(id, "refund");
        WORLD.until(minji, id, "REFUNDED");
    }

    @Test
    void neither_a_notification_nor_the_staff_wakes_a_choice_before_its_time() throws Exception {
        var minji = WORLD.customer();
        var id = offered(minji, 50_610, "VOUCHER_OFFERED");
        var subject = Id.parse("co", id).orElseThrow();
        for (int i = 0; i < 20; i++) {
            WORLD.bean(News.class).arrived(Cell.FIRST, subject);
            World.sleep();
        }
        try (var connection = WORLD.run();
                var read =
                        connection.prepareStatement(
                                "SELECT due_at > state_since + interval '23 hours', failures FROM cash_out WHERE id = ?")) {
            read.setObject(1, subject);
            try (var row = read.executeQuery()) {
                row.next();
                assertThat(row.getBoolean(1)).isTrue();
                assertThat(row.getInt(2)).isZero();
            }
        }
        minji.choose(id, "refund");
        WORLD.until(minji, id, "REFUNDED");
    }

    @Test
    void what_is_not_open_cannot_be_chosen() {
        var minji = WORLD.customer();
        var jiwoo = WORLD.customer();
        var id = offered(minji, 50_610, "VOUCHER_OFFERED");
        assertThat(minji.api().post(choice(id), Map.of("choice", "cash")).status()).isEqualTo(409);
        assertThat(minji.api().post(choice(id), Map.of("choice", "both")).status()).isEqualTo(400);
        assertThat(minji.api().post(choice(id), Map.of()).status()).isEqualTo(400);
        assertThat(jiwoo.api().post(choice(id), Map.of("choice", "refund")).status())
                .isEqualTo(404);
        assertThat(minji.cashOut(id).path("state").asString()).isEqualTo("VOUCHER_OFFERED");
        minji.choose(id, "refund");
        WORLD.until(minji, id, "REFUNDED");
    }

    private static String offered(SandboxCustomer customer, long faceValue, String state) {
        var quote = customer.quote("face_value", faceValue, "eunmorae").path("id").asString();
        var id = customer.confirm(quote).path("id").asString();
        WORLD.until(customer, id, state);
        return id;
    }

    private static int chosen(SandboxCustomer customer, String id, String choice) {
        return customer.api().post(choice(id), Map.of("choice", choice)).status();
    }

    private static String choice(String id) {
        return "/api/v1/cash-outs/" + id + "/choice";
    }

    private static Api.Answer code(SandboxCustomer customer, String id) {
        var path = "/api/v1/cash-outs/" + id + "/voucher-code";
        return customer.api().post(path, Map.of("step_up", customer.proof(path + "/challenges")));
    }

    private static List<String> choices(JsonNode cashOut) {
        return cashOut.path("choices")
                .valueStream()
                .map(
                        c ->
                                c.path("choice").asString()
                                        + " "
                                        + c.path("amount").path("amount").asLong())
                .toList();
    }

    private static JsonNode receipt(SandboxCustomer customer, String id) {
        return customer.api().get("/api/v1/cash-outs/" + id + "/receipt").ok().path("document");
    }

    private static void assertBooks(SandboxCustomer customer, String id) throws SQLException {
        assertThat(WORLD.differences(customer, customer.cashOut(id))).isEmpty();
        assertThat(WORLD.ownAccount(id)).isZero();
    }

    private static long wallet(SandboxCustomer customer) throws SQLException {
        return number(
                customer,
                "SELECT coalesce(sum(a.balance), 0) FROM account a JOIN wallet w ON w.id::text = a.subject WHERE a.kind = 'WALLET'"
                        + " AND replace(w.customer::text, '-', '') = ?");
    }

    private static long shown(SandboxCustomer customer) throws SQLException {
        return number(
                customer,
                "SELECT count(*) FROM event WHERE type = 'voucher-code-shown' AND replace(subject::text, '-', '') = ?");
    }

    private static long number(SandboxCustomer customer, String sql) throws SQLException {
        try (var connection = WORLD.owner();
                var read = connection.prepareStatement(sql)) {
            read.setString(1, customer.secret("id").substring("cu_".length()));
            try (var rows = read.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
