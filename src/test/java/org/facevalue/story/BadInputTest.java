package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.facevalue.cli.Api.Answer;
import org.facevalue.cli.SandboxCustomer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets a clear problem and changes nothing. */
class BadInputTest {
    private static final World WORLD = World.get();
    private static final SandboxCustomer MINJI = WORLD.customer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "0",
                "0.5",
                "1e3",
                "1e400",
                "NaN",
                "\"100\"",
                "\"１００\"",
                "9007199254740993",
                "9223372036854775808",
                "null",
                "[]",
                "{}",
                "true",
                "50000.0"
            })
    void an_amount_that_is_none_is_refused(String amount) {
        var answer =
                raw(
                        "{\"face_value\":{\"amount\":"
                                + amount
                                + ",\"currency\":\"KRW\"},"
                                + rest()
                                + "}");
        assertProblem(answer, 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"krw", "USD", "XXX", "", "KRWW"})
    void another_currency_is_refused(String currency) {
        assertProblem(
                raw(
                        "{\"face_value\":{\"amount\":50000,\"currency\":\""
                                + currency
                                + "\"},"
                                + rest()
                                + "}"),
                400);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 999, 500_001, 50_001, 9_000_000_000L})
    void an_amount_that_no_voucher_has_is_out_of_range_and_the_range_is_told(long amount) {
        var answer =
                MINJI.api().post("/api/v1/quotes", MINJI.wish("face_value", amount, "eunmorae"));
        assertProblem(answer, 422);
        assertThat(answer.body().path("code").asString()).isEqualTo("amount-out-of-range");
        assertThat(answer.body().path("largest").path("amount").asLong()).isEqualTo(500_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"x\"",
                "{\"a\":1}",
                "{\"line\":1}",
                "{\"line\":\"a\",\"line\":\"b\"}",
                "{} trailing"
            })
    void a_body_that_is_none_is_refused(String body) {
        assertProblem(raw(body), 400);
    }

    @Test
    void a_misspelled_field_never_passes_for_an_absent_one() {
        var answer = raw("{\"facevalue\":{}," + rest() + "}");
        assertProblem(answer, 400);
        assertThat(answer.body().path("code").asString()).isEqualTo("unknown-field");
        assertThat(answer.body().path("errors").get(0).path("pointer").asString())
                .isEqualTo("/facevalue");
    }

    @Test
    void a_body_of_many_levels_or_of_many_bytes_is_refused() {
        assertProblem(raw("[".repeat(10_000)), 400);
        assertProblem(raw("{\"provider\":\"" + "x".repeat(70_000) + "\"}"), 413);
    }

    @Test
    void a_state_that_is_none_is_refused_also_where_it_looks_like_nothing() {
        var minji = WORLD.customer().api();
        for (var none : new String[] {"PAID,%00", "%00", "paid", "%20x"})
            assertThat(minji.get("/api/v1/cash-outs?state=" + none).status())
                    .as(none)
                    .isEqualTo(400);
        assertThat(minji.get("/api/v1/cash-outs?state=").status()).isEqualTo(200);
    }

    @Test
    void an_identifier_of_another_kind_says_which_kind_it_is() {
        var answer = MINJI.api().get("/api/v1/cash-outs/" + MINJI.secret("line"));
        assertProblem(answer, 400);
        assertThat(answer.body().path("pasted").asString()).isEqualTo("pl");
    }

    @Test
    void what_belongs_to_somebody_else_answers_as_what_does_not_exist() {
        var jiwoo = WORLD.customer();
        var quote = jiwoo.quote("face_value", 50_000, "eunmorae").path("id").asString();
        var id = jiwoo.confirm(quote).path("id").asString();
        var nothing = MINJI.api().get("/api/v1/cash-outs/co_" + "0".repeat(32));
        for (var path :
                List.of(
                        "/api/v1/cash-outs/" + id,
                        "/api/v1/cash-outs/" + id + "/receipt",
                        "/api/v1/quotes/" + quote)) {
            var answer = MINJI.api().get(path);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body().path("code")).isEqualTo(nothing.body().path("code"));
        }
        assertProblem(MINJI.api().post("/api/v1/cash-outs/" + id + "/cancel", Map.of()), 404);
        assertProblem(MINJI.api().post("/api/v1/quotes/" + quote + "/challenges", Map.of()), 404);
        var wish = new HashMap<>(MINJI.wish("face_value", 50_000, "eunmorae"));
        wish.put("line", jiwoo.secret("line"));
        assertProblem(MINJI.api().post("/api/v1/quotes", wish), 400);
    }

    @Test
    void nobody_gets_in_without_a_credential_and_nobody_gets_where_their_role_is_not() {
        for (var path :
                List.of("/api/v1/cash-outs", "/api/v1/freeze", "/api/v1/staff/events", "/metrics"))
            assertThat(WORLD.anonymous().get(path).status()).as(path).isIn(401, 302);
        assertProblem(MINJI.api().get("/api/v1/staff/events"), 403);
        assertProblem(MINJI.api().get("/metrics"), 403);
        assertProblem(MINJI.api().post("/api/v1/customers", Map.of()), 403);
        assertProblem(MINJI.api().post("/api/v1/sandbox/clock", Map.of("seconds", 1)), 403);
        assertProblem(WORLD.program("metrics-client").get("/api/v1/cash-outs"), 403);
        assertThat(WORLD.program("metrics-client").get("/metrics").status()).isEqualTo(200);
        var forged = new org.facevalue.cli.Api(WORLD.address(), "fv_" + "A".repeat(43));
        assertThat(forged.get("/api/v1/cash-outs").status()).isEqualTo(401);
    }

    @Test
    void a_line_or_an_account_of_a_real_country_is_refused_for_want_of_a_rule_pack() {
        var line = MINJI.api().post("/api/v1/phone-lines", Map.of("number", "+821012345678"));
        assertProblem(line, 451);
        assertThat(line.body().path("code").asString()).isEqualTo("no-rule-pack");
        assertProblem(
                MINJI.api().post("/api/v1/designated-accounts", Map.of("number", "110123456789")),
                451);
    }

    @Test
    void an_account_in_another_name_is_refused() {
        var other = WORLD.sandbox().post("/sandbox/people", Map.of("name", "아무개")).ok();
        var answer =
                MINJI.api()
                        .post(
                                "/api/v1/designated-accounts",
                                Map.of("number", other.path("account_number").asString()));
        assertProblem(answer, 422);
        assertThat(answer.body().path("code").asString()).isEqualTo("holder-mismatch");
    }

    @Test
    void a_quote_is_confirmed_once_however_often_and_at_once_it_is_tried() throws Exception {
        var jiwoo = WORLD.customer();
        var quote = jiwoo.quote("face_value", 50_000, "eunmorae").path("id").asString();
        var tries = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 20; i++) {
            var body = jiwoo.confirmation(quote);
            tries.add(
                    () ->
                            jiwoo.api()
                                    .post("/api/v1/cash-outs", body, UUID.randomUUID().toString()));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int accepted = 0;
            for (var answer : threads.invokeAll(tries)) {
                if (answer.get().status() == 202) accepted++;
                else assertThat(answer.get().status()).isIn(409, 403);
            }
            assertThat(accepted).isEqualTo(1);
        }
        assertThat(jiwoo.api().get("/api/v1/cash-outs").ok().path("data").size()).isEqualTo(1);
    }

    @Test
    void the_same_key_gets_the_same_answer_and_another_body_under_it_is_refused() {
        var jiwoo = WORLD.customer();
        var quote = jiwoo.quote("face_value", 50_000, "eunmorae").path("id").asString();
        var body = jiwoo.confirmation(quote);
        var key = UUID.randomUUID().toString();
        var first = jiwoo.api().post("/api/v1/cash-outs", body, key);
        var second = jiwoo.api().post("/api/v1/cash-outs", body, key);
        assertThat(first.status()).isEqualTo(202);
        assertThat(second.replayed()).isTrue();
        assertThat(second.body()).isEqualTo(first.body());
        var other = jiwoo.api().post("/api/v1/cash-outs", jiwoo.confirmation(quote), key);
        assertThat(other.body().path("code").asString()).isEqualTo("idempotency-key-reused");
        assertThat(
                        jiwoo.api()
                                .send("POST", "/api/v1/cash-outs", "{}", Map.of())
                                .body()
                                .path("code")
                                .asString())
                .isEqualTo("idempotency-key-missing");
    }

    @Test
    void a_yes_to_one_payment_is_no_yes_to_another() {
        var jiwoo = WORLD.customer();
        var cheap = jiwoo.quote("face_value", 10_000, "eunmorae").path("id").asString();
        var dear = jiwoo.quote("face_value", 50_000, "eunmorae").path("id").asString();
        var body = new HashMap<>(jiwoo.confirmation(cheap));
        body.put("quote", dear);
        var answer = jiwoo.api().post("/api/v1/cash-outs", body, UUID.randomUUID().toString());
        assertProblem(answer, 403);
        assertThat(answer.body().path("code").asString()).isEqualTo("step-up-failed");
        var none =
                jiwoo.api()
                        .post(
                                "/api/v1/cash-outs",
                                Map.of("quote", dear),
                                UUID.randomUUID().toString());
        assertThat(none.body().path("code").asString()).isEqualTo("step-up-required");
        // Somebody else's session or key cannot use the challenge either.
        var stolen =
                MINJI.api()
                        .post(
                                "/api/v1/cash-outs",
                                jiwoo.confirmation(dear),
                                UUID.randomUUID().toString());
        assertProblem(stolen, 404);
        assertThat(jiwoo.api().get("/api/v1/cash-outs").ok().path("data").size()).isZero();
    }

    @Test
    void while_frozen_nothing_is_confirmed_and_afterwards_it_can_be() {
        var jiwoo = WORLD.customer();
        var quote = jiwoo.quote("face_value", 50_000, "eunmorae").path("id").asString();
        assertThat(
                        jiwoo.api()
                                .send("PUT", "/api/v1/freeze", "{}", Map.of())
                                .body()
                                .path("frozen")
                                .asBoolean())
                .isTrue();
        var frozen =
                jiwoo.api()
                        .post(
                                "/api/v1/cash-outs",
                                jiwoo.confirmation(quote),
                                UUID.randomUUID().toString());
        assertProblem(frozen, 422);
        assertThat(frozen.body().path("code").asString()).isEqualTo("account-frozen");
        jiwoo.api().send("DELETE", "/api/v1/freeze", null, Map.of());
        assertThat(
                        WORLD.end(jiwoo, jiwoo.confirm(quote).path("id").asString())
                                .path("state")
                                .asString())
                .isEqualTo("PAID");
    }

    private static String rest() {
        return "\"line\":\""
                + MINJI.secret("line")
                + "\",\"account\":\""
                + MINJI.secret("account")
                + "\",\"provider\":\"eunmorae\"";
    }

    private static Answer raw(String body) {
        return MINJI.api().send("POST", "/api/v1/quotes", body, Map.of());
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.body().path("code").asString("")).isNotBlank();
        assertThat(answer.body().path("money_state").asString("")).isEqualTo("not_charged");
        assertThat(answer.body().path("request_id").asString("")).isNotBlank();
    }

    @Test
    void whoever_asks_too_often_is_told_to_wait_and_nobody_else_is() {
        var hasty = WORLD.customer().api();
        var other = WORLD.customer().api();
        var slowedDown =
                IntStream.range(0, 3_000)
                        .parallel()
                        .mapToObj(i -> hasty.get("/api/v1/phone-lines"))
                        .filter(answer -> answer.status() != 200)
                        .findAny()
                        .orElseThrow();
        assertProblem(slowedDown, 429);
        assertThat(slowedDown.body().path("retry").asString()).isEqualTo("after");
        assertThat(other.get("/api/v1/phone-lines").status()).isEqualTo(200);
    }

    @Test
    void what_the_server_itself_refuses_is_a_problem_too() {
        for (var path :
                List.of("/api/v1/cash-outs/a%2Fb", "/api/v1/cash-outs/%00", "/%ff%fe%2e%2f"))
            assertProblem(MINJI.api().get(path), 400);
    }

    @Test
    void what_can_be_read_can_be_asked_for_without_its_body() throws Exception {
        var client = HttpClient.newHttpClient();
        for (var path : List.of("/", "/problems", "/css/facevalue.css", "/health")) {
            var request =
                    HttpRequest.newBuilder(URI.create(WORLD.address() + path))
                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                            .build();
            assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
    }
}
