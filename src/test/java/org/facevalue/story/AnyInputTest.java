package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.facevalue.cli.Api;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.platform.identity.Role;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Requests made up from the API's own description, with valid credentials of every kind: no input is answered with a 500. */
class AnyInputTest {
    private static final World WORLD = World.get();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int REQUESTS = 5_000;
    private static final long SEED = 20_261_125;
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "x",
                    "\u0000",
                    "\u202Eabc",
                    "😀".repeat(50),
                    "' OR 1=1 --",
                    "<script>alert(1)</script>",
                    "${jndi:ldap://x}",
                    "a\r\nSet-Cookie: b=c",
                    "=1+1",
                    "x".repeat(3_000),
                    "９９９",
                    "-1",
                    "null",
                    "../../etc/passwd",
                    "%2e%2e%2f",
                    "pl_" + "0".repeat(32),
                    "QT_" + "A".repeat(32),
                    "KRW",
                    "+999100000078",
                    "999000000021");

    private final Random random = new Random(SEED);
    private final JsonNode api = WORLD.anonymous().get("/openapi.json").ok();
    private final Map<String, Map<Integer, Integer>> seen = new TreeMap<>();

    private record Operation(String method, String path, JsonNode description) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @Test
    void no_input_is_answered_with_a_500_and_every_operation_can_be_answered_with_success() {
        var minji = WORLD.customer("code", "");
        var callers = callers(minji);
        succeed(minji, callers);
        var operations = operations();
        var failed = new ArrayList<String>();
        for (int i = 0; i < REQUESTS; i++) {
            var operation = operations.get(random.nextInt(operations.size()));
            var caller = callers.get(random.nextInt(callers.size()));
            // Only one side's clock would move: everybody else's tests would be in two times.
            if (operation.path().equals("/api/v1/sandbox/clock") && caller == callers.get(4))
                continue;
            var path = path(operation, minji);
            var body = operation.method().equals("GET") ? null : body(operation);
            var headers =
                    random.nextBoolean()
                            ? Map.of("Idempotency-Key", text(20))
                            : Map.<String, String>of();
            var answer = caller.send(operation.method(), path, body, headers);
            count(operation.toString(), answer.status());
            if (answer.status() >= 500)
                failed.add(operation.method() + " " + path + " " + body + " → " + answer.status());
            else if (answer.status() >= 400)
                assertThat(answer.body().path("code").asString(""))
                        .as("%s %s", operation, answer)
                        .isNotBlank();
        }
        System.out.println("answers by operation and status, seed " + SEED + ": " + seen);
        assertThat(failed).isEmpty();
        for (var operation : operations)
            assertThat(seen.getOrDefault(operation.toString(), Map.of()).keySet())
                    .as("%s", operation)
                    .anyMatch(status -> status / 100 == 2);
    }

    @Test
    void fields_are_described_by_the_names_that_they_have_on_the_wire() {
        var schemas = api.path("components").path("schemas");
        assertThat(schemas.valueStream().flatMap(s -> s.path("properties").propertyStream()))
                .hasSizeGreaterThan(100)
                .allSatisfy(field -> assertThat(field.getKey()).matches("[a-z][a-z0-9_]*"));
    }

    private void undo(Undoer minji) {
        var today = minji.today();
        var purchase = minji.enter(minji.entry(minji.bought(20_720, today)));
        tell("POST /api/v1/purchases", purchase);
        var me = minji.customer().api();
        tell("POST /api/v1/purchases/{id}/evidence", minji.prove(purchase.body()));
        tell("GET /api/v1/purchases", me.get("/api/v1/purchases"));
        var id = Undoer.id(purchase.body());
        tell("GET /api/v1/purchases/{id}", me.get("/api/v1/purchases/" + id));
        tell(
                "GET /api/v1/purchases/{id}/evidence/{number}",
                me.get("/api/v1/purchases/" + id + "/evidence/1"));
        var asked = minji.ask(purchase.body(), "correction");
        tell("POST /api/v1/ways-out", asked);
        tell("GET /api/v1/ways-out", me.get("/api/v1/ways-out"));
        var path = "/api/v1/ways-out/" + Undoer.id(asked.body());
        tell("GET /api/v1/ways-out/{id}", me.get(path));
        tell("GET /api/v1/ways-out/{id}/{document}.pdf", me.get(path + "/request.pdf"));
        minji.until(asked.body(), "ASKED");
        tell("POST /api/v1/ways-out/{id}/{choice}", minji.choose(asked.body(), "take-back"));
    }

    private void keepAVoucher(SandboxCustomer jiwoo) {
        var quote = jiwoo.quote("face_value", 50_610, "eunmorae").path("id").asString();
        var id = jiwoo.confirm(quote).path("id").asString();
        WORLD.until(jiwoo, id, "VOUCHER_OFFERED");
        var path = "/api/v1/cash-outs/" + id;
        tell(
                "POST /api/v1/cash-outs/{id}/choice",
                jiwoo.api().post(path + "/choice", Map.of("choice", "voucher")));
        var challenges = path + "/voucher-code/challenges";
        tell(
                "POST /api/v1/cash-outs/{id}/voucher-code/challenges",
                jiwoo.api().post(challenges, Map.of()));
        tell(
                "POST /api/v1/cash-outs/{id}/voucher-code",
                jiwoo.api()
                        .post(path + "/voucher-code", Map.of("step_up", jiwoo.proof(challenges))));
    }

    private static List<Api> callers(SandboxCustomer minji) {
        return List.of(
                minji.api(),
                minji.api(),
                minji.api(),
                WORLD.staff(Role.FINANCE),
                WORLD.program("sandbox-client"),
                WORLD.program("metrics-client"),
                WORLD.anonymous());
    }

    /** Every operation once as it is meant. */
    private void succeed(SandboxCustomer minji, List<Api> callers) {
        var me = minji.api();
        var ask =
                "?face_value=50000&line="
                        + minji.secret("line")
                        + "&account="
                        + minji.secret("account");
        tell("GET /api/v1/comparison", me.get("/api/v1/comparison" + ask));
        var quote = me.post("/api/v1/quotes", minji.wish("face_value", 50_000, "eunmorae"));
        tell("POST /api/v1/quotes", quote);
        var quoteId = quote.body().path("id").asString();
        tell("GET /api/v1/quotes/{id}", me.get("/api/v1/quotes/" + quoteId));
        tell(
                "POST /api/v1/quotes/{id}/challenges",
                me.post("/api/v1/quotes/" + quoteId + "/challenges", Map.of()));
        var cashOut = me.post("/api/v1/cash-outs", minji.confirmation(quoteId), "any-input");
        tell("POST /api/v1/cash-outs", cashOut);
        var id = cashOut.body().path("id").asString();
        tell("GET /api/v1/cash-outs", me.get("/api/v1/cash-outs?state=PAID&q=5&limit=1"));
        tell("GET /api/v1/cash-outs/{id}", me.get("/api/v1/cash-outs/" + id));
        WORLD.until(minji, id, "CODE_WANTED");
        var code = minji.phone().path("codes").get(0).asString();
        tell(
                "POST /api/v1/cash-outs/{id}/carrier-code",
                me.post("/api/v1/cash-outs/" + id + "/carrier-code", Map.of("code", code)));
        WORLD.end(minji, id);
        tell("GET /api/v1/cash-outs/{id}/receipt", me.get("/api/v1/cash-outs/" + id + "/receipt"));
        tell("GET /api/v1/cash-outs/{id}/events", me.get("/api/v1/cash-outs/" + id + "/events"));
        var second =
                minji.confirm(minji.quote("face_value", 50_000, "eunmorae").path("id").asString())
                        .path("id")
                        .asString();
        WORLD.until(minji, second, "CODE_WANTED");
        tell(
                "POST /api/v1/cash-outs/{id}/cancel",
                me.post("/api/v1/cash-outs/" + second + "/cancel", Map.of()));
        WORLD.end(minji, second);
        keepAVoucher(WORLD.customer());
        undo(new Undoer(WORLD, minji));
        tell("GET /api/v1/phone-lines", me.get("/api/v1/phone-lines"));
        tell("GET /api/v1/designated-accounts", me.get("/api/v1/designated-accounts"));
        tell("GET /api/v1/device-keys", me.get("/api/v1/device-keys"));
        var person =
                WORLD.sandbox().post("/sandbox/people", Map.of("name", minji.secret("name"))).ok();
        tell(
                "POST /api/v1/phone-lines",
                me.post(
                        "/api/v1/phone-lines",
                        Map.of("number", person.path("line_number").asString())));
        tell(
                "POST /api/v1/designated-accounts",
                me.post(
                        "/api/v1/designated-accounts",
                        Map.of("number", person.path("account_number").asString())));
        tell("POST /api/v1/device-keys", me.post("/api/v1/device-keys", newDevice(minji)));
        tell("GET /api/v1/freeze", me.get("/api/v1/freeze"));
        tell("PUT /api/v1/freeze", me.send("PUT", "/api/v1/freeze", null, Map.of()));
        tell("DELETE /api/v1/freeze", me.send("DELETE", "/api/v1/freeze", null, Map.of()));
        tell("GET /api/v1/staff/events", callers.get(3).get("/api/v1/staff/events?limit=3"));
        var reconciliation = "/api/v1/staff/reconciliation";
        tell("GET " + reconciliation, callers.get(3).get(reconciliation));
        tell("POST " + reconciliation, callers.get(3).post(reconciliation, Map.of()));
        tell(
                "POST /api/v1/sandbox/providers/{code}/licence",
                callers.get(4)
                        .post(
                                "/api/v1/sandbox/providers/geummorae/licence",
                                Map.of("valid", true)));
        tell(
                "POST /api/v1/sandbox/clock",
                callers.get(4).post("/api/v1/sandbox/clock", Map.of("seconds", 0)));
        var other = WORLD.sandbox().post("/sandbox/people", Map.of()).ok();
        tell(
                "POST /api/v1/customers",
                callers.get(4)
                        .post(
                                "/api/v1/customers",
                                Map.of(
                                        "name",
                                        other.path("name").asString(),
                                        "line_number",
                                        other.path("line_number").asString(),
                                        "account_number",
                                        other.path("account_number").asString(),
                                        "device_key",
                                        newKey())));
        tell("GET /health", WORLD.anonymous().get("/health"));
        tell("GET /health/live", WORLD.anonymous().get("/health/live"));
        tell("GET /keys", WORLD.anonymous().get("/keys"));
    }

    private static Map<String, String> newDevice(SandboxCustomer minji) {
        var code =
                org.facevalue.platform.identity.Totp.code(
                        minji.secret("totp_secret"), java.time.Instant.now());
        return Map.of(
                "public_key",
                newKey(),
                "label",
                "second phone",
                "password",
                minji.secret("password"),
                "code",
                code);
    }

    private static String newKey() {
        try {
            var encoded =
                    java.security.KeyPairGenerator.getInstance("Ed25519")
                            .generateKeyPair()
                            .getPublic()
                            .getEncoded();
            var raw = java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tell(String operation, Api.Answer answer) {
        assertThat(answer.status() / 100).as("%s: %s", operation, answer.body()).isEqualTo(2);
        count(operation, answer.status());
    }

    private void count(String operation, int status) {
        seen.computeIfAbsent(operation, o -> new TreeMap<>()).merge(status, 1, Integer::sum);
    }

    private List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        for (var path : api.path("paths").properties())
            for (var method : path.getValue().properties())
                operations.add(
                        new Operation(
                                method.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                method.getValue()));
        assertThat(new TreeSet<>(operations.stream().map(Operation::toString).toList()))
                .hasSizeGreaterThan(20);
        return operations;
    }

    private String path(Operation operation, SandboxCustomer minji) {
        var path = operation.path();
        while (path.contains("{"))
            path =
                    path.replaceFirst(
                            "\\{[^}]*}",
                            java.util.regex.Matcher.quoteReplacement(encoded(identifier(minji))));
        var query = new StringBuilder();
        for (var parameter : operation.description().path("parameters"))
            if (parameter.path("in").asString().equals("query") && random.nextInt(3) > 0)
                query.append(query.isEmpty() ? "?" : "&")
                        .append(parameter.path("name").asString())
                        .append("=")
                        .append(encoded(text(100)));
        return path + query;
    }

    private String identifier(SandboxCustomer minji) {
        return switch (random.nextInt(4)) {
            case 0 -> minji.secret("line");
            case 1 -> "co_" + UUID.randomUUID().toString().replace("-", "");
            case 2 ->
                    "qt_"
                            + UUID.randomUUID()
                                    .toString()
                                    .replace("-", "")
                                    .toUpperCase(java.util.Locale.ROOT);
            // Without what the server turns away in any address, before it is ours: control
            // characters, slashes, semicolons.
            default -> "x" + text(60).replaceAll("[\\p{Cntrl}/\\\\;%]", "");
        };
    }

    private String body(Operation operation) {
        if (random.nextInt(10) == 0) return text(200);
        var content =
                operation
                        .description()
                        .path("requestBody")
                        .path("content")
                        .path("application/json")
                        .path("schema");
        return JSON.writeValueAsString(value(content, 0));
    }

    /** A value after the schema, or near it, or nothing like it. */
    private JsonNode value(JsonNode schema, int depth) {
        var json = JsonNodeFactory.instance;
        if (random.nextInt(6) == 0 || depth > 4)
            return switch (random.nextInt(6)) {
                case 0 -> json.nullNode();
                case 1 -> json.numberNode(random.nextLong());
                case 2 -> json.numberNode(random.nextDouble() * 1e300);
                case 3 -> json.arrayNode();
                case 4 -> json.booleanNode(random.nextBoolean());
                default -> json.objectNode();
            };
        var reference = schema.path("$ref").asString("");
        if (!reference.isEmpty())
            return value(
                    api.path("components")
                            .path("schemas")
                            .path(reference.substring(reference.lastIndexOf('/') + 1)),
                    depth + 1);
        if (schema.has("properties")) {
            ObjectNode object = json.objectNode();
            for (var property : schema.path("properties").properties())
                if (random.nextInt(8) > 0)
                    object.set(property.getKey(), value(property.getValue(), depth + 1));
            if (random.nextInt(10) == 0) object.put("facevalue", 1);
            return object;
        }
        if (schema.path("type").asString("").equals("integer"))
            return json.numberNode(random.nextBoolean() ? 50_000L : random.nextLong());
        return json.stringNode(text(100));
    }

    /** For a header of at most 20 characters only what a header can carry. */
    private String text(int longest) {
        var text = TEXTS.get(random.nextInt(TEXTS.size()));
        if (longest == 20)
            return text.replaceAll("[^ -~]", "")
                    .strip()
                    .substring(0, Math.min(20, text.replaceAll("[^ -~]", "").strip().length()));
        return text.length() > longest ? text.substring(0, longest) : text;
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
