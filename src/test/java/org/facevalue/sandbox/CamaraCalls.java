package org.facevalue.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolverFactory;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.facevalue.story.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to one carrier as its definitions have them; every answer is held against the definition. */
abstract class CamaraCalls {
    static final World WORLD = World.get();
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final HttpClient HTTP = HttpClient.newHttpClient();
    static final String ALL_SCOPES =
            "carrier-billing:payments:create carrier-billing:payments:read carrier-billing:payments:write"
                    + " carrier-billing-refund:refunds:create carrier-billing-refund:refunds:read";
    static final OpenApiInteractionValidator BILLING = validator("carrier-billing");
    static final OpenApiInteractionValidator REFUND = validator("carrier-billing-refund");

    String carrier = "";
    String token = "";
    final TreeSet<String> errors = new TreeSet<>();

    static OpenApiInteractionValidator validator(String name) {
        return OpenApiInteractionValidator.createForSpecificationUrl(
                        "/specs/camara/" + name + ".yaml")
                .withBasePathOverride("/")
                // Every schema of allOf would otherwise forbid the fields of the others.
                .withLevelResolver(LevelResolverFactory.withAdditionalPropertiesIgnored())
                .build();
    }

    /** What is wrong with a notice, by the event that its type names; empty where nothing is. */
    static List<ValidationReport.Message> notice(String body) {
        var name = new StringBuilder("Event");
        var type = JSON.readTree(body).path("type").asString();
        for (var word : type.substring(type.lastIndexOf('.') + 1).split("-", -1))
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        var file = type.contains("refund") ? "carrier-billing-refund" : "carrier-billing";
        var definition =
                new OpenAPIV3Parser().read("src/test/resources/specs/camara/" + file + ".yaml");
        assertThat(definition.getComponents().getSchemas()).containsKey(name.toString());
        var messages = new MessageResolver(LevelResolverFactory.withAdditionalPropertiesIgnored());
        return new SchemaValidator(definition, messages)
                .validate(body, new Schema<>().$ref("#/components/schemas/" + name), "notice")
                .getMessages();
    }

    /** Where it is to be told, with what. */
    static void credentials(Map<String, Object> body, String sink) {
        body.put("sink", sink);
        body.put(
                "sinkCredential",
                Map.of(
                        "credentialType",
                        "ACCESSTOKEN",
                        "accessToken",
                        "t",
                        "accessTokenExpiresUtc",
                        "2030-01-01T00:00:00Z",
                        "accessTokenType",
                        "bearer"));
    }

    record Said(int status, JsonNode body, HttpResponse<String> whole) {
        String code() {
            return body.path("code").asString("");
        }

        String id() {
            return body.path("paymentId").asString();
        }
    }

    static Operator operator(String code) {
        return Operator.ALL.stream().filter(o -> o.code().equals(code)).findFirst().orElseThrow();
    }

    String line(String ending) {
        return operator(carrier).tariffs().getFirst().line(0, ending);
    }

    Map<String, Object> code(Said made, String line) {
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

    static Map<String, Object> payment(String line, long won) {
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

    static Map<String, Object> total() {
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

    static Map<String, Object> partial(long won, @Nullable String item, long itemWon) {
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

    static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        body.put(field, value);
        return body;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> child(Map<String, Object> body, String field) {
        return (Map<String, Object>) body.get(field);
    }

    void denied(String path, Map<String, Object> body, int status, String code)
            throws IOException, InterruptedException {
        var said = post(path, body, status);
        assertThat(said.code()).isEqualTo(code);
        note(said);
    }

    void note(Said said) {
        errors.add(said.status() + " " + said.code());
    }

    Said post(String path, Map<String, Object> body, int expected)
            throws IOException, InterruptedException {
        return send("/carrier-billing/v0.5", BILLING, "POST", path, body, expected);
    }

    Said get(String path, int expected) throws IOException, InterruptedException {
        return send("/carrier-billing/v0.5", BILLING, "GET", path, null, expected);
    }

    Said refund(String path, Map<String, Object> body, int expected)
            throws IOException, InterruptedException {
        var said = send("/carrier-billing-refund/v0.3", REFUND, "POST", path, body, expected);
        if (expected >= 400) note(said);
        return said;
    }

    Said ask(String path, int expected) throws IOException, InterruptedException {
        return send("/carrier-billing-refund/v0.3", REFUND, "GET", path, null, expected);
    }

    /** Sends it, and holds the answer against the definition. */
    Said send(
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

    String token(Map<String, String> more) throws IOException, InterruptedException {
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
