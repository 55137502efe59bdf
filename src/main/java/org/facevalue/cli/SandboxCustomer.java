package org.facevalue.cli;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A customer of the sandbox, who acts through the public API and holds a device key. */
public final class SandboxCustomer {
    private static final int MOST_TRIES = 4;
    private final JsonNode secrets;
    private final Api platform;
    private final Api sandbox;

    private SandboxCustomer(JsonNode secrets, String platformAddress, Api sandbox) {
        this.secrets = secrets;
        this.platform = new Api(platformAddress, secrets.path("api_key").asString());
        this.sandbox = sandbox;
    }

    /**
     * Makes one.
     *
     * @param tariff {@code two-step}, {@code code}, {@code one-step} or {@code asynchronous}
     * @param scenario a name from {@code GET /sandbox/scenarios}, or empty
     */
    public static SandboxCustomer make(
            String platformAddress, String sandboxAddress, String tariff, String scenario) {
        var sandbox = new Api(sandboxAddress, null);
        var wish = Map.of("tariff", tariff, "scenario", scenario);
        var made = sandbox.post("/sandbox/customers", wish);
        // Too many at once are told to come back, and so is the sandbox, which tells us.
        for (int tries = 1; made.status() == 503 && tries < MOST_TRIES; tries++) {
            pause();
            made = sandbox.post("/sandbox/customers", wish);
        }
        return new SandboxCustomer(made.ok(), platformAddress, sandbox);
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("Interrupted.");
        }
    }

    public Api api() {
        return platform;
    }

    /** A field of what the sandbox answered when the customer was made. */
    public String secret(String name) {
        return secrets.path(name).asString();
    }

    /** @param direction {@code face_value} or {@code net} */
    public Map<String, Object> wish(String direction, long won, String provider) {
        var wish = new LinkedHashMap<String, Object>();
        wish.put(direction, Map.of("amount", won, "currency", "KRW"));
        wish.put("line", secret("line"));
        wish.put("account", secret("account"));
        wish.put("provider", provider);
        return wish;
    }

    public JsonNode quote(String direction, long won, String provider) {
        return once("/api/v1/quotes", wish(direction, won, provider));
    }

    /** The body of a confirmation of {@code quote}: a fresh challenge, signed. */
    public Map<String, Object> confirmation(String quote) {
        return Map.of("quote", quote, "step_up", proof("/api/v1/quotes/" + quote + "/challenges"));
    }

    /** A fresh challenge from {@code challenges}, signed. */
    public Map<String, Object> proof(String challenges) {
        var challenge = once(challenges, Map.of());
        return Map.of(
                "challenge",
                challenge.path("id").asString(),
                "kind",
                "device_key",
                "key_id",
                secret("device_key_id"),
                "signature",
                sign(challenge.path("challenge").asString()));
    }

    /** Confirms {@code quote} and gives the new cash-out. */
    public JsonNode confirm(String quote) {
        return once("/api/v1/cash-outs", confirmation(quote));
    }

    /** Takes one of the choices that are open: {@code refund}, {@code voucher} or {@code cash}. */
    public JsonNode choose(String id, String choice) {
        return once("/api/v1/cash-outs/" + id + "/choice", Map.of("choice", choice));
    }

    /** Under a key of its own, so that it can be sent again when its answer is lost. */
    private JsonNode once(String path, Map<String, ?> body) {
        return platform.post(path, body, UUID.randomUUID().toString()).ok();
    }

    public JsonNode cashOut(String id) {
        return platform.get("/api/v1/cash-outs/" + id).ok();
    }

    /** What every outside party has in its own books of this cash-out. */
    public JsonNode world(String cashOut) {
        return world(sandbox, cashOut);
    }

    static JsonNode world(Api sandbox, String cashOut) {
        return sandbox.get("/sandbox/world?reference=" + reference(cashOut)).ok();
    }

    /** The UUID behind a shown identifier: what the outside parties know a cash-out by. */
    private static String reference(String cashOut) {
        var hex = cashOut.substring("co_".length());
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }

    /** What the customer's phone shows: {@code codes} and {@code bill}. */
    public JsonNode phone() {
        return sandbox.get("/sandbox/phones/" + secret("line_number").replace("+", "%2B")).ok();
    }

    private String sign(String challenge) {
        try {
            var key =
                    KeyFactory.getInstance("Ed25519")
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(
                                            Base64.getDecoder()
                                                    .decode(secret("device_private_key"))));
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(Base64.getUrlDecoder().decode(challenge));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
