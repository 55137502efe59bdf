package org.facevalue.platform.outside;

import java.util.HashMap;
import java.util.Map;
import org.facevalue.platform.outside.Transport.Reply;
import org.facevalue.platform.outside.Transport.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One JSON request and its answer, read with suspicion: whatever is not clearly a yes or a no is unknown. */
public final class JsonExchange {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonExchange() {}

    public static String json(Map<String, ?> body) {
        return JSON.writeValueAsString(body);
    }

    /** @return null when the text is no JSON object or array */
    public static @Nullable JsonNode parse(String text) {
        try {
            var node = JSON.readTree(text);
            return node.isObject() || node.isArray() ? node : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /**
     * Sends and reads by the plain rules of HTTP: 2xx with JSON is done, 404 with a {@code code} absent. A request that would change something and is
     * answered 403 or 422 with a code is declined; a question that is refused says nothing of the deed, and a conflict may be our own first request
     * at work: those, and everything else, are unknown.
     */
    public static Answer<JsonNode> send(Transport transport, Request request) {
        return switch (transport.send(request)) {
            case Reply.Nothing(var why) -> new Answer.Unknown<>(why);
            case Reply.Got(var status, var text) -> {
                var body = parse(text);
                if (status / 100 == 2 && body != null) yield new Answer.Done<>(body);
                var code = body == null ? "" : body.path("code").asString("");
                if (code.isEmpty()) yield new Answer.Unknown<>("HTTP " + status);
                if (status == 404) yield new Answer.Absent<>();
                boolean deed = !request.method().equals("GET");
                if (deed && (status == 403 || status == 422)) yield new Answer.Declined<>(code);
                yield new Answer.Unknown<>("HTTP " + status + " " + code);
            }
        };
    }

    /** A POST of {@code body} under an idempotency key. */
    public static Answer<JsonNode> post(
            Transport transport, java.net.URI uri, String key, Map<String, ?> body) {
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("Idempotency-Key", key);
        return send(transport, Request.post(uri, headers, json(body)));
    }
}
