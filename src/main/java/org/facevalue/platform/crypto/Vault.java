package org.facevalue.platform.crypto;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Seals and opens what is secret or personal (AES-256-GCM by Tink). The place a value belongs to, {@code table.column}, is authenticated with it: a
 * sealed value that is moved to another column does not open.
 */
public final class Vault {
    private final Aead aead;

    Vault(Aead aead) {
        this.aead = aead;
    }

    /** @param place {@code table.column} */
    public Sealed seal(String text, String place) {
        try {
            return new Sealed(aead.encrypt(text.getBytes(StandardCharsets.UTF_8), place(place)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal for " + place, e);
        }
    }

    /** @throws IllegalStateException when the bytes were altered, moved or sealed with a key that is gone */
    public String open(Sealed sealed, String place) {
        try {
            return new String(aead.decrypt(sealed.bytes(), place(place)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot open what stands in " + place, e);
        }
    }

    private static byte[] place(String place) {
        return place.getBytes(StandardCharsets.UTF_8);
    }
}
