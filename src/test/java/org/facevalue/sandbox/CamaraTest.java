package org.facevalue.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolverFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.facevalue.story.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every carrier of the sandbox against both published CAMARA definitions, as somebody else's test suite would: each operation and each documented error,
 * every answer held against the definition.
 */
class CamaraTest {
    private static final World WORLD = World.get();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String ALL_SCOPES =
            "carrier-billing:payments:create carrier-billing:payments:read carrier-billing:payments:write"
                    + " carrier-billing-refund:refunds:create carrier-billing-refund:refunds:read";
    private static final OpenApiInteractionValidator BILLING = validator("carrier-billing");
    private static final OpenApiInteractionValidator REFUND = validator("carrier-billing-refund");

    private String carrier = "";
    private String token = "";
    private final TreeSet<String> errors = new TreeSet<>();

    private static OpenApiInteractionValidator validator(String name) {
        return OpenApiInteractionValidator.createForSpecificationUrl(
                        "/specs/camara/" + name + ".yaml")
                .withBasePathOverride("/")
                // Every schema of allOf would otherwise forbid the fields of the others.
                .withLevelResolver(LevelResolverFactory.withAdditionalPropertiesIgnored())
                .build();
    }

    private record Said(int status, JsonNode body, HttpResponse<String> whole) {
        String code() {
            return body.path("code").asString("");
        }

        String id() {
            return body.path("paymentId").asString();
        }
    }

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

    private static Operator operator(String code) {
        return Operator.ALL.stream().filter(o -> o.code().equals(code)).findFirst().orElseThrow();
    }

    private String line(String ending) {
        return operator(carrier).tariffs().getFirst().line(0, ending);
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

    private Map<String, Object> code(Said made, String line) {
        var code =
                WORLD.sandbox()
                        .get("/sandbox/phones/" + line.replace("+", "%2B"))
                        .ok()
                        .path("codes")
                        .get(0)
                        .asString();
        var id = made.body().path("validationInfo").path("authorizationId").asString();
        return Map.of("authorizationId", id, "code", code);
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
        var late = refund("/payments/" + paid(first, "17") + "/refunds", total(), 201);
        assertThat(late.body().path("refundStatus").asString()).isEqualTo("processing");
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

    private static Map<String, Object> payment(String line, long won) {
        var information = new LinkedHashMap<String, Object>();
        information.put("amount", won);
        information.put("currency", "KRW");
        information.put("description", "a test");
        var amount = new LinkedHashMap<String, Object>();
        amount.put("chargingInformation", information);
        var transaction = new LinkedHashMap<String, Object>();
        transaction.put("phoneNumber", line);
        transaction.put("clientCorrelator", UUID.randomUUID().toString());
        transaction.put("referenceCode", "conformance");
        transaction.put("paymentAmount", amount);
        var body = new LinkedHashMap<String, Object>();
        body.put("amountTransaction", transaction);
        return body;
    }

    private static Map<String, Object> total() {
        return Map.of(
                "type",
                "total",
                "amountTransaction",
                Map.of(
                        "clientCorrelator",
                        UUID.randomUUID().toString(),
                        "referenceCode",
                        "conformance",
                        "refundAmount",
                        Map.of()));
    }

    private static Map<String, Object> partial(long won, @Nullable String item, long itemWon) {
        var information = new LinkedHashMap<String, Object>();
        information.put("amount", won);
        information.put("currency", "KRW");
        information.put("description", "a part");
        var amount = new LinkedHashMap<String, Object>();
        amount.put("chargingInformation", information);
        if (item != null)
            amount.put(
                    "refundDetails",
                    List.of(
                            Map.of(
                                    "paymentItemId",
                                    item,
                                    "amount",
                                    itemWon,
                                    "currency",
                                    "KRW",
                                    "description",
                                    "one")));
        var transaction = new LinkedHashMap<String, Object>();
        transaction.put("clientCorrelator", UUID.randomUUID().toString());
        transaction.put("referenceCode", "conformance");
        transaction.put("refundAmount", amount);
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "partial");
        body.put("amountTransaction", transaction);
        return body;
    }

    private static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        body.put(field, value);
        return body;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> body, String field) {
        return (Map<String, Object>) body.get(field);
    }

    private void denied(String path, Map<String, Object> body, int status, String code)
            throws IOException, InterruptedException {
        var said = post(path, body, status);
        assertThat(said.code()).isEqualTo(code);
        note(said);
    }

    private void note(Said said) {
        errors.add(said.status() + " " + said.code());
    }

    private Said post(String path, Map<String, Object> body, int expected)
            throws IOException, InterruptedException {
        return send("/carrier-billing/v0.5", BILLING, "POST", path, body, expected);
    }

    private Said get(String path, int expected) throws IOException, InterruptedException {
        return send("/carrier-billing/v0.5", BILLING, "GET", path, null, expected);
    }

    private Said refund(String path, Map<String, Object> body, int expected)
            throws IOException, InterruptedException {
        var said = send("/carrier-billing-refund/v0.3", REFUND, "POST", path, body, expected);
        if (expected >= 400) note(said);
        return said;
    }

    private Said ask(String path, int expected) throws IOException, InterruptedException {
        return send("/carrier-billing-refund/v0.3", REFUND, "GET", path, null, expected);
    }

    /** Sends it, and holds the answer against the definition. */
    private Said send(
            String base,
            OpenApiInteractionValidator definition,
            String method,
            String path,
            @Nullable Map<String, Object> body,
            int expected)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(
                                URI.create(WORLD.sandboxAddress() + "/" + carrier + base + path))
                        .header("Authorization", "Bearer " + token)
                        .header("x-correlator", "a-test")
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build();
        var answer = HTTP.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isEqualTo(expected);
        assertThat(answer.headers().firstValue("x-correlator")).hasValue("a-test");
        var response = SimpleResponse.Builder.status(answer.statusCode());
        answer.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> response.withContentType(type).withBody(answer.body()));
        var report =
                definition.validateResponse(
                        path.split("\\?", 2)[0], Method.valueOf(method), response.build());
        assertThat(report.getMessages()).as("%s %s: %s", method, path, answer.body()).isEmpty();
        return new Said(
                answer.statusCode(),
                answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body()),
                answer);
    }

    private String token(Map<String, String> more) throws IOException, InterruptedException {
        var form = new StringBuilder("grant_type=client_credentials&scope=");
        form.append(java.net.URLEncoder.encode(ALL_SCOPES, StandardCharsets.UTF_8));
        more.forEach(
                (name, value) ->
                        form.append('&')
                                .append(name)
                                .append('=')
                                .append(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8)));
        var client = WORLD.secret("carrier-client").getFirst();
        var basic = Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
        var request =
                HttpRequest.newBuilder(
                                URI.create(WORLD.sandboxAddress() + "/" + carrier + "/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form.toString()))
                        .build();
        var answer = HTTP.send(request, BodyHandlers.ofString());
        return JSON.readTree(answer.body()).path("access_token").asString();
    }
}
