package org.facevalue.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;
import org.jspecify.annotations.Nullable;

/** The carrier's token endpoint (RFC 6749, section 4.4). Tokens live in memory: after a restart the client gets a new one, as it must be able to. */
final class Tokens {
    private static final long SECONDS = 900;
    private final String client;
    private final SandboxClock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    private record Token(Set<String> scopes, Instant until) {}

    /** @param client {@code id:secret} */
    Tokens(String client, SandboxClock clock) {
        this.client = client;
        this.clock = clock;
    }

    Reply issue(Request request) {
        var header = request.header("Authorization");
        var expected =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(client.getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(header)) return Reply.of(401, Map.of("error", "invalid_client"));
        if (!"client_credentials".equals(request.form().get("grant_type")))
            return Reply.of(400, Map.of("error", "unsupported_grant_type"));
        var bytes = new byte[24];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var scopes =
                Set.copyOf(Arrays.asList(request.form().getOrDefault("scope", "").split(" ", -1)));
        tokens.put(token, new Token(scopes, clock.now().plusSeconds(SECONDS)));
        return Reply.of(
                200, Map.of("access_token", token, "token_type", "Bearer", "expires_in", SECONDS));
    }

    /** The refusal of a request without a token of that scope; null when it has one. */
    @Nullable Reply refuse(Request request, String scope) {
        // It was let in when it was sent.
        if (request.late()) return null;
        var header = request.header("Authorization");
        var token =
                header == null || !header.startsWith("Bearer ")
                        ? null
                        : tokens.get(header.substring("Bearer ".length()));
        if (token == null || token.until().isBefore(clock.now()))
            return Camara.error(401, "UNAUTHENTICATED", "no valid token");
        if (!token.scopes().contains(scope))
            return Camara.error(403, "PERMISSION_DENIED", "scope " + scope);
        return null;
    }
}
