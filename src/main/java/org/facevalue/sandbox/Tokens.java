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

/**
 * A carrier's token endpoint (RFC 6749, section 4.4). Tokens live in memory: after a restart the client gets a new one, as it must be able to. Beside the
 * usual ones it issues, by the form's {@code fixture}, those that a client has to be tested with.
 */
final class Tokens {
    private static final long SECONDS = 900;
    private static final long SHORT_SECONDS = 2;

    /** The application whose payments nobody else sees. */
    private static final String OTHER = "other-application";

    private final String client;
    private final String expected;
    private final SandboxClock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    /**
     * @param client the application it was issued to
     * @param line whose it is with a three-legged token, or null
     */
    record Token(String client, Set<String> scopes, Instant until, @Nullable String line) {}

    /** @param client {@code id:secret} */
    Tokens(String client, SandboxClock clock) {
        this.client = client.substring(0, client.indexOf(':'));
        this.expected =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(client.getBytes(StandardCharsets.UTF_8));
        this.clock = clock;
    }

    /** {@code fixture}: {@code short-lived}, {@code expired}, {@code scope-less} or {@code other-application}; {@code login_hint=tel:+…}: three-legged. */
    Reply issue(Request request) {
        if (!expected.equals(request.header("Authorization")))
            return Reply.of(401, Map.of("error", "invalid_client"));
        var form = request.form();
        if (!"client_credentials".equals(form.get("grant_type")))
            return Reply.of(400, Map.of("error", "unsupported_grant_type"));
        var fixture = form.getOrDefault("fixture", "");
        long seconds =
                switch (fixture) {
                    case "short-lived" -> SHORT_SECONDS;
                    case "expired" -> -SECONDS;
                    default -> SECONDS;
                };
        var scopes =
                fixture.equals("scope-less")
                        ? Set.<String>of()
                        : Set.copyOf(Arrays.asList(form.getOrDefault("scope", "").split(" ", -1)));
        var hint = form.getOrDefault("login_hint", "");
        var bytes = new byte[24];
        random.nextBytes(bytes);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        tokens.put(
                text,
                new Token(
                        fixture.equals(OTHER) ? OTHER : client,
                        scopes,
                        clock.now().plusSeconds(seconds),
                        hint.startsWith("tel:") ? hint.substring("tel:".length()) : null));
        return Reply.of(
                200,
                Map.of(
                        "access_token",
                        text,
                        "token_type",
                        "Bearer",
                        "expires_in",
                        Math.max(1, seconds)));
    }

    /** The token that the request bears; refuses one without that scope. */
    Token bearing(Request request, String scope) {
        // It was let in when it was sent.
        if (request.late()) return new Token(client, Set.of(scope), Instant.MAX, null);
        var header = request.header("Authorization");
        var token =
                header == null || !header.startsWith("Bearer ")
                        ? null
                        : tokens.get(header.substring("Bearer ".length()));
        if (token == null || token.until().isBefore(clock.now()))
            throw Camara.error(
                    401,
                    "UNAUTHENTICATED",
                    "Request not authenticated due to missing, invalid, or expired credentials.");
        if (!token.scopes().contains(scope))
            throw Camara.error(
                    403,
                    "PERMISSION_DENIED",
                    "Client does not have sufficient permissions to perform this action.");
        return token;
    }
}
