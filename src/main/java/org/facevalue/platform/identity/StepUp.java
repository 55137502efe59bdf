package org.facevalue.platform.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The fresh proof before money moves. A challenge is the SHA-256 of a tag, 32 random bytes, the digest of what is agreed to, the net amount and the
 * payee; it holds for two minutes, for the session or API key that asked for it, and is used up in the command that it allows. The link to amount and
 * payee is what Delegated Regulation (EU) 2018/389, Article 5, calls dynamic linking.
 */
@Component
public class StepUp {
    static final Duration VALID = Duration.ofMinutes(2);
    private static final byte[] TAG = "facevalue step-up v1\n".getBytes(StandardCharsets.UTF_8);
    private final JdbcClient db;
    private final DeviceKeys deviceKeys;
    private final Ids ids;
    private final Clock clock;

    StepUp(JdbcClient db, DeviceKeys deviceKeys, Ids ids, Clock clock) {
        this.db = db;
        this.deviceKeys = deviceKeys;
        this.ids = ids;
        this.clock = clock;
    }

    public record ChallengeId(UUID value) implements Id {
        @Override
        public String prefix() {
            return "ch";
        }
    }

    /**
     * What is agreed to.
     *
     * @param digest 64 hexadecimal digits over the whole contract
     * @param net in minor units
     * @param payee who receives it, as the customer reads it
     */
    public record Agreement(Cell cell, String digest, long net, String payee) {}

    public record Challenge(ChallengeId id, byte[] bytes, Instant expiresAt) {}

    /** A challenge for {@code agreement}, kept for this caller. */
    public Challenge challenge(Caller caller, Agreement agreement) {
        var id = new ChallengeId(ids.next());
        var random = Secret.random32();
        var expiresAt = clock.instant().plus(VALID);
        db.sql(
                        """
                        INSERT INTO step_up_challenge (cell, id, via, subject, random, expires_at)
                        VALUES (:cell, :id, :via, :subject, :random, :expiresAt)
                        """)
                .param("cell", agreement.cell().number())
                .param("id", id.value())
                .param("via", caller.via())
                .param("subject", caller.subject())
                .param("random", random)
                .param("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
                .update();
        return new Challenge(id, bytes(random, agreement), expiresAt);
    }

    /** What came of an answer to a challenge. */
    public sealed interface Proof {
        /** It is the customer. {@code consume} must be among the effects of the command that this proof allows. */
        record Given(Effect<?> consume) implements Proof {}

        record Expired() implements Proof {}

        record Failed() implements Proof {}
    }

    /** Checks {@code signature} over the challenge, computed anew from {@code agreement}: a signature for another amount or payee fails. */
    public Proof check(
            Caller caller,
            ChallengeId challenge,
            Agreement agreement,
            UUID deviceKey,
            byte[] signature) {
        var kept = kept(caller, challenge);
        if (kept.isEmpty()) return new Proof.Failed();
        if (kept.get().consumed() || !clock.instant().isBefore(kept.get().expiresAt()))
            return new Proof.Expired();
        if (!deviceKeys.verifies(
                caller.subject(), deviceKey, bytes(kept.get().random(), agreement), signature))
            return new Proof.Failed();
        return new Proof.Given(
                new Effect<>(CONSUME, new Consumed(agreement.cell(), challenge.value())));
    }

    private record Consumed(Cell cell, UUID id) {}

    private static final EffectKind<Consumed> CONSUME =
            new EffectKind<>(
                    "step_up_challenge.consume",
                    "step_up_challenge",
                    """
                    UPDATE step_up_challenge AS c SET consumed_at = clock_timestamp()
                      FROM unnest(?::smallint[], ?::uuid[]) AS n(cell, id)
                     WHERE c.cell = n.cell AND c.id = n.id AND c.consumed_at IS NULL AND c.expires_at > clock_timestamp()
                    """,
                    List.of(
                            new Column<>("cell", "smallint", c -> c.cell().number()),
                            new Column<>("id", "uuid", Consumed::id)));

    private record Kept(byte[] random, Instant expiresAt, boolean consumed) {}

    private Optional<Kept> kept(Caller caller, ChallengeId id) {
        return db.sql(
                        """
                        SELECT random, expires_at, consumed_at IS NOT NULL AS consumed
                          FROM step_up_challenge WHERE id = :id AND via = :via AND subject = :subject
                        """)
                .param("id", id.value())
                .param("via", caller.via())
                .param("subject", caller.subject())
                .query(
                        (row, n) ->
                                new Kept(
                                        row.getBytes("random"),
                                        row.getTimestamp("expires_at").toInstant(),
                                        row.getBoolean("consumed")))
                .optional();
    }

    private static byte[] bytes(byte[] random, Agreement agreement) {
        return Secret.sha256(
                TAG,
                random,
                agreement.digest().getBytes(StandardCharsets.US_ASCII),
                ByteBuffer.allocate(Long.BYTES).putLong(agreement.net()).array(),
                agreement.payee().getBytes(StandardCharsets.UTF_8));
    }
}
