package org.facevalue.verify;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Map;

/** A document's digest (SHA-256 over its canonical JSON) and the check of an Ed25519 signature (RFC 8032) over those same bytes. */
public final class SignedDocument {
    private SignedDocument() {}

    /** 64 lower-case hexadecimal digits. */
    public static String digest(Map<String, ?> document) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(CanonicalJson.bytes(document)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Whether {@code signature} (64 bytes) is that of {@code document} under the key.
     *
     * @param publicKey X.509 SubjectPublicKeyInfo (RFC 8410)
     */
    public static boolean holds(Map<String, ?> document, byte[] signature, byte[] publicKey) {
        try {
            var key =
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(publicKey));
            var check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(CanonicalJson.bytes(document));
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
