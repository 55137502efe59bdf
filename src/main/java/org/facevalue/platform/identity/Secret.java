package org.facevalue.platform.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** A random token, shown once and kept as its SHA-256: with 256 bits of chance a slow hash would add nothing. */
public record Secret(String shown, byte[] hash) {
    private static final SecureRandom RANDOM = new SecureRandom();

    public static Secret next() {
        var bytes = random32();
        var shown = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new Secret(shown, hashOf(shown));
    }

    public static byte[] hashOf(String shown) {
        return sha256(shown.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] random32() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Of the parts, one after the other. */
    public static byte[] sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) digest.update(part);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
