package org.facevalue.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is the sandbox's own and no party's: making people, moving the clock, looking at all books, listing scenarios. */
final class World {
    private final Db db;
    private final SandboxClock clock;
    private final People people;
    private final Bills bills;
    private final Phones phones;
    private final URI platform;
    private final Path keys;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final JsonMapper json = JsonMapper.builder().build();

    World(
            Db db,
            SandboxClock clock,
            People people,
            Bills bills,
            Phones phones,
            Sandbox.Settings settings) {
        this.bills = bills;
        this.phones = phones;
        this.db = db;
        this.clock = clock;
        this.people = people;
        this.platform = settings.platform();
        this.keys = settings.keys();
    }

    void routes(Server server) {
        server.route("GET", "/", request -> Reply.of(200, page()));
        server.route("GET", "/favicon.ico", request -> Reply.empty(204));
        server.route(
                "GET",
                "/sandbox/scenarios",
                request -> Reply.of(200, Map.of("data", Scenario.all())));
        server.route("POST", "/sandbox/people", people::make);
        server.route("POST", "/sandbox/customers", this::customer);
        server.route("POST", "/sandbox/clock", this::forward);
        server.route("POST", "/sandbox/providers/([^/]+)/licence", this::licence);
        server.route(
                "GET",
                "/sandbox/world",
                request -> world(request.query().getOrDefault("reference", "")));
        server.route("GET", "/sandbox/phones/([^/]+)", this::phone);
    }

    /** A person who is also the platform's customer, made through its public API; answers with every secret there is. */
    private Reply customer(Request request) {
        try {
            var person = people.next(request.json());
            if (person == null) return Issuer.error(400, "INVALID", "no such tariff or scenario");
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var encoded = pair.getPublic().getEncoded();
            var raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            var body = new LinkedHashMap<>(person);
            body.put("device_key", Base64.getUrlEncoder().withoutPadding().encodeToString(raw));
            var made = post("/api/v1/customers", body);
            if (made == null)
                return Issuer.error(503, "PLATFORM", "the platform did not take the customer");
            var answer = (ObjectNode) made;
            person.forEach((field, value) -> answer.put(field, Objects.toString(value)));
            answer.put(
                    "device_private_key",
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
            return Reply.of(201, answer);
        } catch (IOException | NoSuchAlgorithmException e) {
            return Issuer.error(503, "PLATFORM", String.valueOf(e));
        }
    }

    private Reply forward(Request request) {
        long seconds = request.json().path("forward_seconds").asLong(-1);
        if (seconds < 0) return Issuer.error(400, "INVALID", "forward_seconds");
        try {
            // Ours first: whoever asks us after the platform has moved must not be answered from
            // the past.
            clock.forward(seconds);
            var moved = post("/api/v1/sandbox/clock", Map.of("seconds", seconds));
            return moved == null
                    ? Issuer.error(503, "PLATFORM", "the platform did not move")
                    : Reply.of(200, moved);
        } catch (IOException e) {
            return Issuer.error(503, "PLATFORM", String.valueOf(e));
        }
    }

    /** {@code {valid}}: what the regulator's register says of a provider from now on, told to the platform. */
    private Reply licence(Request request) {
        if (!request.json().path("valid").isBoolean()) return Issuer.error(400, "INVALID", "valid");
        try {
            var told =
                    post(
                            "/api/v1/sandbox/providers/" + request.part(0) + "/licence",
                            Map.of("valid", request.json().path("valid").asBoolean()));
            return told == null
                    ? Issuer.error(404, "NOT_FOUND", "the platform knows no such provider")
                    : Reply.of(200, told);
        } catch (IOException e) {
            return Issuer.error(503, "PLATFORM", String.valueOf(e));
        }
    }

    private @Nullable JsonNode post(String path, Map<String, ?> body) throws IOException {
        var key = Files.readString(keys.resolve("sandbox-client")).strip();
        var request =
                HttpRequest.newBuilder(platform.resolve(path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + key)
                        .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
                        .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() / 100 == 2 ? json.readTree(answer.body()) : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** What every party has in its books under this reference: the caller's identifier, which each of them was given. */
    private Reply world(String reference) {
        if (reference.isEmpty()) return Issuer.error(400, "INVALID", "reference");
        var world = new LinkedHashMap<String, Object>();
        world.put(
                "carrier_payments",
                rows(
                        "SELECT id, amount, status FROM payment WHERE reference = ?",
                        "id",
                        reference));
        world.put(
                "carrier_refunds",
                rows(
                        "SELECT r.id, r.amount, r.status FROM refund r JOIN payment p ON p.id = r.payment WHERE p.reference = ?",
                        "id",
                        reference));
        world.put(
                "vouchers",
                rows(
                        "SELECT reference AS id, face_value AS amount, status FROM voucher_order WHERE reference = ?",
                        "id",
                        reference));
        world.put(
                "redemptions",
                rows(
                        "SELECT provider AS id, pays AS amount, status FROM redemption WHERE reference = ?",
                        "id",
                        reference));
        world.put(
                "transfers",
                rows(
                        "SELECT reference AS id, amount, status FROM transfer WHERE reference LIKE ? || '-%'",
                        "id", reference));
        return Reply.of(200, world);
    }

    private List<Map<String, Object>> rows(String sql, String id, String reference) {
        return db.list(
                sql,
                row ->
                        Map.<String, Object>of(
                                "id",
                                row.getString(id),
                                "amount",
                                row.getLong("amount"),
                                "status",
                                row.getString("status")),
                reference);
    }

    /** What stands on a phone's screen: the codes that the carrier has sent to it, and the bill. */
    private Reply phone(Request request) {
        var line = request.part(0);
        var codes =
                db.list(
                        "SELECT code FROM payment WHERE line = ? AND status = 'pending_validation' ORDER BY created_at DESC",
                        row -> row.getString(1),
                        line);
        long bill =
                db.one(
                                """
                                SELECT coalesce(sum(p.amount), 0) - coalesce((SELECT sum(r.amount) FROM refund r JOIN payment q ON q.id = r.payment
                                         WHERE q.line = ? AND r.status = 'succeeded'), 0)
                                  FROM payment p WHERE p.line = ? AND p.status = 'succeeded'
                                """,
                                row -> row.getLong(1),
                                line,
                                line)
                        .orElse(0L);
        return Reply.of(
                200,
                Map.of(
                        "line",
                        line,
                        "codes",
                        codes,
                        "bill",
                        bill,
                        "purchases",
                        bills.of(line),
                        "texts",
                        phones.of(line)));
    }

    private static String page() {
        var page =
                new StringBuilder(
                        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Facevalue sandbox</title>");
        page.append(
                "<h1>The sandbox's outside parties</h1><p>Everyone here is invented and no money moves.</p>");
        page.append(
                "<table><caption>What can be provoked</caption><tr><th>Scenario<th>Where<th>Ends in<th>What happens");
        for (var scenario : Scenario.all())
            page.append("<tr><td>")
                    .append(scenario.get("name"))
                    .append("<td>")
                    .append(scenario.get("where"))
                    .append("<td>")
                    .append(scenario.get("ends_in"))
                    .append("<td>")
                    .append(scenario.get("meaning"));
        return page.append("</table></html>").toString();
    }
}
