package org.facevalue.platform.carrier;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.facevalue.platform.outside.JsonExchange;
import org.facevalue.platform.outside.Lines;
import org.facevalue.platform.outside.Transport.Reply;
import org.facevalue.platform.outside.Transport.Request;

/** Two-legged access tokens (RFC 6749, section 4.4), kept until a minute before they end. */
final class CarrierTokens {
    private static final String SCOPES =
            "carrier-billing:payments:create carrier-billing:payments:read carrier-billing:payments:write "
                    + "carrier-billing-refund:refunds:create carrier-billing-refund:refunds:read "
                    + "kyc-fill-in:fill-in";
    private final Lines lines;
    private final Clock clock;
    private final String basic;
    private final Map<URI, Token> tokens = new ConcurrentHashMap<>();

    /** @param client {@code id:secret} */
    CarrierTokens(Lines lines, Clock clock, String client) {
        this.lines = lines;
        this.clock = clock;
        this.basic = Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
    }

    private record Token(String text, Instant usableUntil) {}

    /** A token for the carrier; empty when none is to be had now. */
    Optional<String> token(CarrierProfile carrier) {
        var address = carrier.address();
        var known = tokens.get(address);
        if (known != null && clock.instant().isBefore(known.usableUntil()))
            return Optional.of(known.text());
        var reply =
                lines.to(carrier.code())
                        .send(
                                Request.post(
                                        URI.create(address + "/token"),
                                        Map.of(
                                                "Authorization",
                                                "Basic " + basic,
                                                "Content-Type",
                                                "application/x-www-form-urlencoded"),
                                        "grant_type=client_credentials&scope="
                                                + URLEncoder.encode(
                                                        SCOPES, StandardCharsets.UTF_8)));
        if (!(reply instanceof Reply.Got(var status, var text)) || status != 200)
            return Optional.empty();
        var body = JsonExchange.parse(text);
        if (body == null || !body.path("access_token").isString()) return Optional.empty();
        var token = body.path("access_token").asString();
        tokens.put(
                address,
                new Token(
                        token,
                        clock.instant().plusSeconds(body.path("expires_in").asLong(0) - 60)));
        return Optional.of(token);
    }

    void forget(CarrierProfile carrier) {
        tokens.remove(carrier.address());
    }
}
