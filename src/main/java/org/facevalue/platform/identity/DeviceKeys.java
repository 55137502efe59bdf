package org.facevalue.platform.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code device_key}: Ed25519 public keys (RFC 8032) of customers' devices, with which they say yes to one payment. */
@Component
public class DeviceKeys {
    /** What stands before the 32 bytes of an Ed25519 public key in its X.509 form (RFC 8410). */
    private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    /** The y coordinates, little-endian, of all points whose order divides 8: 0, 1, the two of order 8, p − 1, and p and p + 1, which are 0 and 1 again. */
    private static final Set<String> SMALL_ORDER =
            Set.of(
                    "00".repeat(32),
                    "01" + "00".repeat(31),
                    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                    "ec" + "ff".repeat(30) + "7f",
                    "ed" + "ff".repeat(30) + "7f",
                    "ee" + "ff".repeat(30) + "7f");

    private final JdbcClient db;
    private final Ids ids;

    DeviceKeys(JdbcClient db, Ids ids) {
        this.db = db;
        this.ids = ids;
    }

    public record DeviceKeyId(UUID value) implements Id {
        @Override
        public String prefix() {
            return "dk";
        }
    }

    private record Row(
            Cell cell, UUID id, UUID subject, byte[] publicKey, String label, Instant at) {}

    private static final EffectKind<Row> ADD =
            EffectKind.insert(
                    "device_key.add",
                    "device_key",
                    List.of(
                            new Column<>("cell", "smallint", r -> r.cell().number()),
                            new Column<>("id", "uuid", Row::id),
                            new Column<>("subject", "uuid", Row::subject),
                            new Column<>("public_key", "bytea", Row::publicKey),
                            new Column<>("label", "text", Row::label),
                            new Column<>("added_at", "timestamptz", Row::at)));

    /** The 32 bytes of an Ed25519 public key from base64url; empty when the text is anything else. */
    public static Optional<byte[]> parse(@Nullable String text) {
        if (text == null) return Optional.empty();
        try {
            var key = Base64.getUrlDecoder().decode(text);
            if (key.length != 32 || isOfSmallOrder(key)) return Optional.empty();
            decoded(key);
            return Optional.of(key);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether it is one of the points that have a small order, in any encoding: under such a key a signature that anyone can write holds for every
     * message (RFC 8032, section 5.1.7, leaves it to whoever verifies).
     */
    private static boolean isOfSmallOrder(byte[] key) {
        var y = key.clone();
        y[31] &= 0x7f;
        var hex = HexFormat.of().formatHex(y);
        return SMALL_ORDER.contains(hex);
    }

    public DeviceKeyId nextId() {
        return new DeviceKeyId(ids.next());
    }

    public static Effect<?> add(
            Cell cell, DeviceKeyId id, UUID subject, byte[] publicKey, String label, Instant at) {
        return new Effect<>(ADD, new Row(cell, id.value(), subject, publicKey, label, at));
    }

    /** The customer's keys that are in use, newest last. */
    public List<Known> of(UUID subject) {
        return db.sql(
                        """
                        SELECT id, label, public_key, added_at FROM device_key
                         WHERE subject = :subject AND revoked_at IS NULL ORDER BY added_at
                        """)
                .param("subject", subject)
                .query(
                        (row, n) ->
                                new Known(
                                        new DeviceKeyId(row.getObject("id", UUID.class)),
                                        row.getString("label"),
                                        Base64.getUrlEncoder()
                                                .withoutPadding()
                                                .encodeToString(row.getBytes("public_key")),
                                        row.getTimestamp("added_at").toInstant()))
                .list();
    }

    /** {@code publicKey}: 32 bytes, base64url. */
    public record Known(DeviceKeyId id, String label, String publicKey, Instant addedAt) {}

    /** Whether {@code signature} is that of {@code message} by this key of this customer. */
    boolean verifies(UUID subject, UUID key, byte[] message, byte[] signature) {
        return publicKey(subject, key)
                .map(
                        publicKey -> {
                            try {
                                var check = Signature.getInstance("Ed25519");
                                check.initVerify(decoded(publicKey));
                                check.update(message);
                                return check.verify(signature);
                            } catch (GeneralSecurityException e) {
                                return false;
                            }
                        })
                .orElse(false);
    }

    private Optional<byte[]> publicKey(UUID subject, UUID key) {
        return db.sql(
                        "SELECT public_key FROM device_key WHERE id = :id AND subject = :subject AND revoked_at IS NULL")
                .param("id", key)
                .param("subject", subject)
                .query(byte[].class)
                .optional();
    }

    private static java.security.PublicKey decoded(byte[] raw) throws GeneralSecurityException {
        var x509 = new byte[X509_HEAD.length + raw.length];
        System.arraycopy(X509_HEAD, 0, x509, 0, X509_HEAD.length);
        System.arraycopy(raw, 0, x509, X509_HEAD.length, raw.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
    }
}
