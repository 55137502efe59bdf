package org.facevalue.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON client for one address, as any integrator would write it. */
public final class Api {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_TRIES = 3;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String address;
    private final @Nullable String key;

    /** @param key the API key, or null for a server that wants none */
    public Api(String address, @Nullable String key) {
        this.address = address;
        this.key = key;
    }

    /** An answer: its status, its headers we care for, and its body, empty where there was no JSON. {@code retryAfter}: or null. */
    public record Answer(int status, boolean replayed, @Nullable String retryAfter, JsonNode body) {
        /** @throws Trouble when it is no 2xx */
        public JsonNode ok() {
            if (status / 100 != 2) throw new Trouble("The answer was " + status + ": " + body);
            return body;
        }
    }

    public Answer get(String path) {
        return send("GET", path, null, Map.of());
    }

    public Answer post(String path, Map<String, ?> body) {
        return send("POST", path, JSON.writeValueAsString(body), Map.of());
    }

    public Answer post(String path, Map<String, ?> body, String idempotencyKey) {
        return send(
                "POST",
                path,
                JSON.writeValueAsString(body),
                Map.of("Idempotency-Key", idempotencyKey));
    }

    /** Any request with any body, as it is; where an answer is lost, again, if that does nothing twice. */
    public Answer send(
            String method, String path, @Nullable String body, Map<String, String> headers) {
        boolean repeatable = method.equals("GET") || headers.containsKey("Idempotency-Key");
        for (int tries = 1; ; tries++)
            try {
                return exchange(request(method, path, body, headers));
            } catch (IOException e) {
                if (!repeatable || tries == MOST_TRIES)
                    throw new Trouble(
                            "Nobody answers at " + address + ". Is ./facevalue run running?");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Trouble("Interrupted.");
            }
    }

    private HttpRequest request(
            String method, String path, @Nullable String body, Map<String, String> headers) {
        var all = new LinkedHashMap<String, String>();
        if (body != null) all.put("Content-Type", "application/json");
        if (key != null) all.put("Authorization", "Bearer " + key);
        all.putAll(headers);
        var request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(30));
        all.forEach(request::header);
        request.method(
                method,
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
        return request.build();
    }

    private Answer exchange(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, BodyHandlers.ofString());
        boolean json = answer.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Answer(
                answer.statusCode(),
                answer.headers().firstValue("Idempotency-Replayed").isPresent(),
                answer.headers().firstValue("Retry-After").orElse(null),
                JSON.readTree(json ? answer.body() : "{}"));
    }
}
