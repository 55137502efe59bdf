package org.facevalue.platform.identity;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/** One-time codes by time (RFC 6238): six digits, 30 seconds, HMAC-SHA-1, which is what authenticator apps speak. */
public final class Totp {
    private static final long STEP_SECONDS = 30;
    private static final TimeBasedOneTimePasswordGenerator GENERATOR =
            new TimeBasedOneTimePasswordGenerator();

    private Totp() {}

    /** A new secret in Base32 (RFC 4648), 160 bits as RFC 4226, section 4, recommends. */
    public static String newSecret() {
        var bytes = new byte[20];
        new SecureRandom().nextBytes(bytes);
        return new Base32().encodeToString(bytes);
    }

    /** The code of {@code secret} at {@code at}. */
    public static String code(String secret, Instant at) {
        try {
            return GENERATOR.generateOneTimePasswordString(
                    new SecretKeySpec(new Base32().decode(secret), "HmacSHA1"), at);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("not a TOTP secret", e);
        }
    }

    /**
     * The time step that {@code code} belongs to, one step of clock difference either way; empty when it is wrong or its step is not after {@code
     * lastStep}: a code works once (RFC 6238, section 5.2).
     */
    public static OptionalLong step(String secret, String code, Instant now, long lastStep) {
        for (long drift = -1; drift <= 1; drift++) {
            var at = now.plusSeconds(drift * STEP_SECONDS);
            long step = at.getEpochSecond() / STEP_SECONDS;
            if (step > lastStep && code(secret, at).equals(code)) return OptionalLong.of(step);
        }
        return OptionalLong.empty();
    }
}
