package org.facevalue.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Every carrier of the sandbox against both published CAMARA definitions, as somebody else's test suite would: each operation and each documented error,
 * every answer held against the definition.
 */
class CamaraTest extends CamaraCalls {
    @ParameterizedTest
    @ValueSource(strings = {"noeul", "baram", "maru", "skt", "kt", "lgu"})
    void a_carrier_speaks_both_definitions_in_full(String code) throws Exception {
        carrier = code;
        token = token(Map.of());
        var operator = operator(code);
        boolean oneStep = operator.tariffs().getFirst().oneStep();
        boolean twoStep = operator.tariffs().getFirst().twoStep();
        if (oneStep) steps("/payments", false);
        if (twoStep) steps("/payments/prepare", operator.tariffs().getFirst().code());
        var first = oneStep ? "/payments" : "/payments/prepare";
        refused(first);
        tokens(first);
        lists(first);
        var paid = paid(first, "78");
        refunds(paid, first);
        refusedRefunds(first);
        secondSteps(twoStep);
        if (operator.tariffs().getFirst().code()) codes();
        assertThat(errors).as("each error that this way of billing can give").contains(EVERYWHERE);
    }

    @Test
    void an_answer_that_is_not_as_defined_is_found() {
        var empty = SimpleResponse.Builder.ok().withContentType("application/json").withBody("{}");
        var report = BILLING.validateResponse("/payments/{paymentId}", Method.GET, empty.build());
        assertThat(report.hasErrors()).isTrue();
    }

    private static final String[] EVERYWHERE = {
        "400 INVALID_ARGUMENT",
        "400 INVALID_CREDENTIAL",
        "400 INVALID_TOKEN",
        "400 INVALID_SINK",
        "400 OUT_OF_RANGE",
        "400 CARRIER_BILLING.INVALID_DATE_RANGE",
        "400 CARRIER_BILLING_REFUND.INVALID_DATE_RANGE",
        "401 UNAUTHENTICATED",
        "403 PERMISSION_DENIED",
        "403 CARRIER_BILLING.PAYMENT_DENIED",
        "403 CARRIER_BILLING_REFUND.REFUND_DENIED",
        "403 CARRIER_BILLING_REFUND.PAYMENT_NOT_ELIGIBLE_FOR_REFUND",
        "404 NOT_FOUND",
        "404 IDENTIFIER_NOT_FOUND",
        "409 ALREADY_EXISTS",
        "422 SERVICE_NOT_APPLICABLE",
        "422 MISSING_IDENTIFIER",
        "422 UNNECESSARY_IDENTIFIER",
        "422 CARRIER_BILLING.UNAUTHORIZED_AMOUNT",
        "422 CARRIER_BILLING.USER_AMOUNT_THRESHOLD_OVERPASSED",
        "422 CARRIER_BILLING_REFUND.UNAUTHORIZED_AMOUNT",
        "422 CARRIER_BILLING_REFUND.USER_AMOUNT_THRESHOLD_OVERPASSED",
        "422 CARRIER_BILLING_REFUND.TAXES_MANAGEMENT_MISMATCH",
        "422 CARRIER_BILLING_REFUND.REFUND_DETAILS_MISMATCH",
        "429 TOO_MANY_REQUESTS",
    };

    @Test
    void more_than_ten_thousand_matching_records_are_too_many()
            throws IOException, InterruptedException, SQLException {
        carrier = "skt";
        token = token(Map.of());
        var paid = paid(firstStep(), "78");
        insert(
                "INSERT INTO payment (id, carrier, client, line, correlator, reference, amount, description, tax_included, merchant_identifier, status, created_at)"
                        + " SELECT 'many-' || n, carrier, client, line, 'many-' || n, reference, amount, description, tax_included, 'crowd', 'denied', created_at"
                        + " FROM payment, generate_series(1, 10001) AS n WHERE id = ?",
                paid);
        insert(
                "INSERT INTO refund (id, payment, client, correlator, reference, type, amount, status, created_at)"
                        + " SELECT 'many-' || n, id, client, 'many-' || n, reference, 'partial', 1, 'denied', created_at"
                        + " FROM payment, generate_series(1, 10001) AS n WHERE id = ?",
                paid);
        try {
            assertThat(get("/payments?merchantIdentifier=crowd", 400).code())
                    .isEqualTo("CARRIER_BILLING.TOO_MANY_MATCHING_RECORDS");
            assertThat(ask("/payments/" + paid + "/refunds", 400).code())
                    .isEqualTo("CARRIER_BILLING_REFUND.TOO_MANY_MATCHING_RECORDS");
        } finally {
            insert("DELETE FROM refund WHERE payment = ? AND id LIKE 'many-%'", paid);
            insert("DELETE FROM payment WHERE id LIKE 'many-%' AND id <> ?", paid);
        }
    }

    private String firstStep() {
        return operator(carrier).tariffs().getFirst().oneStep() ? "/payments" : "/payments/prepare";
    }

    private static void insert(String sql, String value) throws SQLException {
        try (var connection = WORLD.databases().sandbox().connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            statement.executeUpdate();
        }
    }

    /** A payment to its end, as the way of billing has it. */
    private void steps(String path, boolean code) throws IOException, InterruptedException {
        var made = post(path, payment(line("78"), 3_000), 201);
        assertThat(made.whole().headers().firstValue("Location")).isPresent();
        if (path.equals("/payments")) {
            assertThat(made.body().path("paymentStatus").asString()).isEqualTo("succeeded");
            return;
        }
        assertThat(made.body().path("paymentStatus").asString())
                .isEqualTo(code ? "pending_validation" : "reserved");
        if (code) post("/payments/" + made.id() + "/validate", code(made, line("78")), 204);
        post("/payments/" + made.id() + "/confirm", Map.of("phoneNumber", line("78")), 202);
        assertThat(get("/payments/" + made.id(), 200).body().path("paymentStatus").asString())
                .isEqualTo("succeeded");
    }

    private void refused(String path) throws IOException, InterruptedException {
        denied(path, payment(line("10"), 1_000), 403, "CARRIER_BILLING.PAYMENT_DENIED");
        denied(path, payment(line("83"), 1_000), 422, "SERVICE_NOT_APPLICABLE");
        denied(
                path,
                payment(line("84"), 1_000),
                422,
                "CARRIER_BILLING.USER_AMOUNT_THRESHOLD_OVERPASSED");
        denied(path, payment(line("85"), 1_000), 409, "ALREADY_EXISTS");
        denied(path, payment(line("78"), 1_000_001), 422, "CARRIER_BILLING.UNAUTHORIZED_AMOUNT");
        denied(path, payment("+99988800000000", 1_000), 404, "IDENTIFIER_NOT_FOUND");
        denied(path, payment("12345", 1_000), 400, "INVALID_ARGUMENT");
        denied(path, payment(line("78"), -1), 400, "INVALID_ARGUMENT");
        denied(path, Map.of(), 400, "INVALID_ARGUMENT");
        denied(path, with(payment(line("78"), 1_000), "sink", "http://a"), 400, "INVALID_SINK");
        denied(path, credential("PLAIN", "bearer"), 400, "INVALID_CREDENTIAL");
        denied(path, credential("ACCESSTOKEN", "mac"), 400, "INVALID_TOKEN");
        var unnamed = payment(line("78"), 1_000);
        ((Map<?, ?>) unnamed.get("amountTransaction")).remove("phoneNumber");
        denied(path, unnamed, 422, "MISSING_IDENTIFIER");
        var again = payment(line("78"), 1_000);
        post(path, again, 201);
        denied(path, again, 400, "INVALID_ARGUMENT");
        WORLD.sandbox()
                .post("/sandbox/mishaps", Map.of("party", carrier, "mishap", "TOO_MANY"))
                .ok();
        denied(path, payment(line("78"), 1_000), 429, "TOO_MANY_REQUESTS");
    }

    private Map<String, Object> credential(String type, String tokenType) {
        var body = payment(line("78"), 1_000);
        body.put("sink", "https://localhost/nowhere");
        body.put(
                "sinkCredential",
                Map.of(
                        "credentialType",
                        type,
                        "identifier",
                        "a",
                        "secret",
                        "b",
                        "accessToken",
                        "t",
                        "accessTokenExpiresUtc",
                        "2030-01-01T00:00:00Z",
                        "accessTokenType",
                        tokenType));
        return body;
    }

    private void tokens(String path) throws IOException, InterruptedException {
        var good = token;
        var mine = post(path, payment(line("78"), 1_000), 201).id();
        token = token(Map.of("fixture", "expired"));
        denied(path, payment(line("78"), 1_000), 401, "UNAUTHENTICATED");
        token = token(Map.of("fixture", "scope-less"));
        denied(path, payment(line("78"), 1_000), 403, "PERMISSION_DENIED");
        token = token(Map.of("fixture", "other-application"));
        note(get("/payments/" + mine, 404));
        assertThat(get("/payments", 200).body().isEmpty()).isTrue();
        token = token(Map.of("login_hint", "tel:" + line("78")));
        denied(path, payment(line("78"), 1_000), 422, "UNNECESSARY_IDENTIFIER");
        var unnamed = payment(line("78"), 1_000);
        ((Map<?, ?>) unnamed.get("amountTransaction")).remove("phoneNumber");
        assertThat(
                        post(path, unnamed, 201)
                                .body()
                                .path("amountTransaction")
                                .path("phoneNumber")
                                .asString())
                .isEqualTo(line("78"));
        assertThat(get("/payments", 200).body().valueStream())
                .allMatch(
                        p ->
                                p.path("amountTransaction")
                                        .path("phoneNumber")
                                        .asString()
                                        .equals(line("78")));
        token = token(Map.of("fixture", "short-lived"));
        get("/payments", 200);
        Thread.sleep(2_100);
        note(get("/payments", 401));
        token = good;
    }

    private void lists(String path) throws IOException, InterruptedException {
        var seller = "seller-" + UUID.randomUUID();
        var ids = new TreeSet<String>();
        for (int i = 0; i < 12; i++) {
            var body = payment(line("78"), 1_000 + i);
            var amount = child(child(body, "amountTransaction"), "paymentAmount");
            amount.put("chargingMetaData", Map.of("merchantIdentifier", seller));
            ids.add(post(path, body, 201).id());
        }
        var filter = "/payments?merchantIdentifier=" + seller;
        var page = get(filter, 200);
        assertThat(page.body()).hasSize(10);
        assertThat(page.whole().headers().firstValue("X-Total-Count")).hasValue("12");
        assertThat(page.whole().headers().firstValue("Content-Last-Key")).hasValue("10");
        assertThat(get(filter + "&page=2", 200).body()).hasSize(2);
        var ascending = get(filter + "&order=asc&perPage=12", 200).body();
        var descending = get(filter + "&perPage=12", 200).body();
        assertThat(times(ascending)).isSorted();
        assertThat(times(descending.valueStream().toList().reversed())).isSorted();
        assertThat(ascending.valueStream().map(p -> p.path("paymentId").asString()))
                .containsExactlyInAnyOrderElementsOf(ids);
        var status = ascending.get(0).path("paymentStatus").asString();
        assertThat(get(filter + "&paymentStatus=" + status + "&paymentStatus=denied", 200).body())
                .isNotEmpty();
        assertThat(get(filter + "&paymentStatus=denied", 200).body()).isEmpty();
        var from = ascending.get(6).path("paymentCreationDate").asString();
        assertThat(get(filter + "&paymentCreationDate.gte=" + from, 200).body()).hasSize(6);
        assertThat(
                        get(filter + "&paymentCreationDate.lte=" + from, 200)
                                .whole()
                                .headers()
                                .firstValue("X-Total-Count"))
                .hasValue("7");
        note(get("/payments?page=0", 400));
        note(get("/payments?order=up", 400));
        note(get("/payments?paymentCreationDate.gte=yesterday", 400));
        note(
                get(
                        "/payments?paymentCreationDate.gte=2030-01-01T00:00:00Z&paymentCreationDate.lte=2029-01-01T00:00:00Z",
                        400));
        note(get("/payments/nobody-knows", 404));
    }

    private static List<Instant> times(Iterable<JsonNode> payments) {
        var times = new java.util.ArrayList<Instant>();
        for (var payment : payments)
            times.add(Instant.parse(payment.path("paymentCreationDate").asString()));
        return times;
    }

    /** A payment that has succeeded, on the line with that ending. */
    private String paid(String path, String ending) throws IOException, InterruptedException {
        var body = payment(line(ending), 9_000);
        var amount = child(child(body, "amountTransaction"), "paymentAmount");
        amount.put(
                "paymentDetails",
                List.of(
                        Map.of(
                                "id",
                                "item-1",
                                "amount",
                                4_000,
                                "currency",
                                "KRW",
                                "description",
                                "one")));
        var made = post(path, body, 201);
        if (made.body().path("paymentStatus").asString().equals("pending_validation"))
            post("/payments/" + made.id() + "/validate", code(made, line(ending)), 204);
        if (!path.equals("/payments"))
            post("/payments/" + made.id() + "/confirm", Map.of("phoneNumber", line(ending)), 202);
        return made.id();
    }

    private void refunds(String paid, String first) throws IOException, InterruptedException {
        var path = "/payments/" + paid + "/refunds";
        assertThat(remaining(paid)).isEqualTo(9_000);
        var part = refund(path, partial(2_000, "item-1", 2_000), 201);
        assertThat(part.body().path("refundStatus").asString()).isEqualTo("succeeded");
        assertThat(remaining(paid)).isEqualTo(7_000);
        var id = part.body().path("refundId").asString();
        assertThat(ask(path + "/" + id, 200).body().path("refundId").asString()).isEqualTo(id);
        note(ask(path + "/nobody-knows", 404));
        note(refund(path, partial(7_001, null, 0), 422));
        note(refund(path, partial(1_000, "item-9", 1_000), 422));
        var taxed = partial(1_000, null, 0);
        child(child(child(taxed, "amountTransaction"), "refundAmount"), "chargingInformation")
                .put("isTaxIncluded", true);
        note(refund(path, taxed, 422));
        note(refund(path, Map.of("type", "half"), 400));
        note(refund("/payments/nobody-knows/refunds", total(), 404));
        refund(path, total(), 201);
        assertThat(remaining(paid)).isZero();
        note(refund(path, total(), 422));
        var list = ask(path, 200);
        assertThat(list.body()).hasSize(2);
        assertThat(list.whole().headers().firstValue("X-Total-Count")).hasValue("2");
        assertThat(ask(path + "?refundStatus=denied", 200).body()).isEmpty();
        assertThat(ask(path + "?order=asc&perPage=1&page=2", 200).body()).hasSize(1);
        note(
                ask(
                        path
                                + "?refundCreationDate.gte=2030-01-01T00:00:00Z&refundCreationDate.lte=2029-01-01T00:00:00Z",
                        400));
        note(ask(path + "?perPage=1000", 400));
        if (!first.equals("/payments")) {
            var open = post(first, payment(line("78"), 1_000), 201).id();
            var early = refund("/payments/" + open + "/refunds", total(), 422);
            assertThat(early.code()).isEqualTo("CARRIER_BILLING_REFUND.INVALID_PAYMENT_STATUS");
        }
    }

    private void refusedRefunds(String first) throws IOException, InterruptedException {
        for (var ending : List.of("86", "87"))
            note(refund("/payments/" + paid(first, ending) + "/refunds", total(), 403));
        note(refund("/payments/" + paid(first, "88") + "/refunds", total(), 422));
        var denied = refund("/payments/" + paid(first, "16") + "/refunds", total(), 201);
        assertThat(denied.body().path("refundStatus").asString()).isEqualTo("denied");
        var slow = "/payments/" + paid(first, "17") + "/refunds";
        var late = refund(slow, partial(1_000, null, 0), 201);
        assertThat(late.body().path("refundStatus").asString()).isEqualTo("processing");
        var told = late.body().path("amountTransaction").path("refundAmount");
        assertThat(told.path("chargingInformation").path("description").asString())
                .isEqualTo("a part");
        assertThat(refund(slow, total(), 409).code())
                .as("while one is under way")
                .isEqualTo("ALREADY_EXISTS");
        var asynchronous = post(first, payment(line("13"), 1_000), 201);
        assertThat(asynchronous.body().path("paymentStatus").asString()).isEqualTo("processing");
    }

    private void secondSteps(boolean twoStep) throws IOException, InterruptedException {
        var named = Map.<String, Object>of("phoneNumber", line("78"));
        note(post("/payments/nobody-knows/confirm", named, 404));
        note(post("/payments/nobody-knows/cancel", named, 404));
        note(post("/payments/nobody-knows/confirm", Map.of(), 422));
        if (!twoStep) return;
        var reserved = reserved();
        note(post("/payments/" + reserved + "/confirm", Map.of("phoneNumber", line("77")), 404));
        post("/payments/" + reserved + "/confirm", named, 202);
        assertThat(post("/payments/" + reserved + "/confirm", named, 409).code())
                .isEqualTo("CARRIER_BILLING.PAYMENT_CONFIRMED");
        assertThat(post("/payments/" + reserved + "/cancel", named, 409).code())
                .isEqualTo("CARRIER_BILLING.PAYMENT_CONFIRMED");
        var dropped = reserved();
        post("/payments/" + dropped + "/cancel", named, 202);
        assertThat(post("/payments/" + dropped + "/confirm", named, 409).code())
                .isEqualTo("CARRIER_BILLING.PAYMENT_CANCELLED");
    }

    private String reserved() throws IOException, InterruptedException {
        var made = post("/payments/prepare", payment(line("78"), 1_000), 201);
        if (made.body().path("paymentStatus").asString().equals("pending_validation"))
            post("/payments/" + made.id() + "/validate", code(made, line("78")), 204);
        return made.id();
    }

    private void codes() throws IOException, InterruptedException {
        var made = post("/payments/prepare", payment(line("78"), 1_000), 201);
        var path = "/payments/" + made.id() + "/validate";
        var right = code(made, line("78"));
        var wrong =
                Map.<String, Object>of(
                        "authorizationId", right.get("authorizationId"), "code", "nope");
        note(post(path, Map.of("code", "1"), 400));
        assertThat(post(path, Map.of("authorizationId", "other", "code", "1"), 400).code())
                .isEqualTo("CARRIER_BILLING.INVALID_AUTHORIZATION_ID");
        assertThat(post(path, wrong, 400).code()).isEqualTo("CARRIER_BILLING.INVALID_CODE");
        post(path, right, 204);
        note(post(path, right, 409));
        var spoilt = post("/payments/prepare", payment(line("78"), 1_000), 201);
        var its = code(spoilt, line("78"));
        var bad =
                Map.<String, Object>of(
                        "authorizationId", its.get("authorizationId"), "code", "nope");
        for (int i = 0; i < 2; i++) post("/payments/" + spoilt.id() + "/validate", bad, 400);
        assertThat(post("/payments/" + spoilt.id() + "/validate", bad, 400).code())
                .isEqualTo("CARRIER_BILLING.VALIDATION_FAILED");
        var byPage = post("/payments/prepare", payment(line("89"), 1_000), 201);
        assertThat(byPage.body().path("validationInfo").path("action").asString())
                .isEqualTo("open");
    }

    private long remaining(String paid) throws IOException, InterruptedException {
        return ask("/payments/" + paid + "/refunds/remaining-amount", 200)
                .body()
                .path("amount")
                .asLong();
    }
}
