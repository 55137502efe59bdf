package org.facevalue.platform.carrier;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.facevalue.platform.outside.JsonExchange;
import org.facevalue.platform.outside.Transport;
import org.facevalue.platform.outside.Transport.Reply;
import org.facevalue.platform.outside.Transport.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One request to a carrier with an access token, before it is given a meaning. */
final class CarrierExchange {
    private static final int UNAUTHENTICATED = 401;
    private static final int TOO_MANY = 429;
    private final CarrierTokens tokens;

    CarrierExchange(CarrierTokens tokens) {
        this.tokens = tokens;
    }

    sealed interface Called {
        record Yes(JsonNode body) implements Called {}

        /** A clear no, with the carrier's code. */
        record No(int status, String code) implements Called {}

        /** Nobody knows. */
        record Lost(String why) implements Called {}
    }

    Called call(
            Transport transport,
            CarrierProfile profile,
            String method,
            String uri,
            @Nullable Map<String, ?> body,
            String correlator) {
        var called = once(transport, profile, method, uri, body, correlator);
        if (!isUnauthenticated(called)) return called;
        // The token was worn out, and nobody has looked at the request: it goes out once more with
        // a new one.
        tokens.forget(profile);
        var again = once(transport, profile, method, uri, body, correlator);
        return isUnauthenticated(again) ? new Called.Lost("HTTP 401") : again;
    }

    private static boolean isUnauthenticated(Called called) {
        return called instanceof Called.No(var status, var code) && status == UNAUTHENTICATED;
    }

    private Called once(
            Transport transport,
            CarrierProfile profile,
            String method,
            String uri,
            @Nullable Map<String, ?> body,
            String correlator) {
        var token = tokens.token(profile);
        if (token.isEmpty()) return new Called.Lost("no access token");
        var headers = new HashMap<String, String>();
        headers.put("Authorization", "Bearer " + token.get());
        headers.put("x-correlator", correlator);
        if (body != null) headers.put("Content-Type", "application/json");
        var text = body == null ? null : JsonExchange.json(body);
        var reply = transport.send(new Request(method, URI.create(uri), headers, text));
        return reply instanceof Reply.Got(var status, var answer)
                ? read(status, answer)
                : new Called.Lost(reply.toString());
    }

    private static Called read(int status, String text) {
        if (status == 204 || status == 202)
            return new Called.Yes(JsonNodeFactory.instance.objectNode());
        if (status == UNAUTHENTICATED) return new Called.No(status, "UNAUTHENTICATED");
        var parsed = JsonExchange.parse(text);
        if (parsed == null) return new Called.Lost("HTTP " + status + " without JSON");
        if (status / 100 == 2) return new Called.Yes(parsed);
        var code = parsed.path("code").asString("");
        return status / 100 != 4 || status == TOO_MANY || code.isEmpty()
                ? new Called.Lost("HTTP " + status + " " + code)
                : new Called.No(status, code);
    }
}
