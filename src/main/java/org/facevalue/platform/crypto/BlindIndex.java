package org.facevalue.platform.crypto;

import com.google.crypto.tink.prf.PrfSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** Finds a sealed value without opening any: a keyed hash (HMAC-SHA-256, 16 bytes) that tells nothing to who has not the key. */
public final class BlindIndex {
    private static final int BYTES = 16;
    private final PrfSet prfs;

    BlindIndex(PrfSet prfs) {
        this.prfs = prfs;
    }

    /** What a new row stores: the hash under the newest key. */
    public byte[] of(String text, String place) {
        try {
            return prfs.computePrimary(input(text, place), BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot index " + place, e);
        }
    }

    /** What a look-up asks for: the hash under every key there is, since older rows were indexed with older keys. */
    public List<byte[]> all(String text, String place) {
        var hashes = new ArrayList<byte[]>();
        try {
            for (var prf : prfs.getPrfs().values())
                hashes.add(prf.compute(input(text, place), BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot index " + place, e);
        }
        return hashes;
    }

    private static byte[] input(String text, String place) {
        return (place + "\0" + text).getBytes(StandardCharsets.UTF_8);
    }
}
