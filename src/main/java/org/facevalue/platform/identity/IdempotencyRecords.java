package org.facevalue.platform.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code idempotency_record}: requests by key, and the answers they got, sealed. */
@Component
class IdempotencyRecords {
    private static final String ANSWER = "idempotency_record.answer";

    /** A first request that has not answered for so long died with its process; what it did, its command's own key protects. */
    private static final Duration LOST = Duration.ofSeconds(30);

    private final JdbcClient db;
    private final Vault vault;
    private final Clock clock;

    IdempotencyRecords(JdbcClient db, Vault vault, Clock clock) {
        this.db = db;
        this.vault = vault;
        this.clock = clock;
    }

    record Key(UUID subject, String route, String key) {}

    sealed interface Begun {
        record Mine() implements Begun {}

        record OtherBody() implements Begun {}

        record Running() implements Begun {}

        record Answered(
                int status, @Nullable String contentType, @Nullable String location, byte[] body)
                implements Begun {}
    }

    Begun begin(Key key, byte[] bodyHash) {
        var now = clock.instant();
        int inserted =
                db.sql(
                                """
                                INSERT INTO idempotency_record (subject, route, key, body_hash, begun_at)
                                VALUES (:subject, :route, :key, :hash, :now) ON CONFLICT DO NOTHING
                                """)
                        .param("subject", key.subject())
                        .param("route", key.route())
                        .param("key", key.key())
                        .param("hash", bodyHash)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update();
        if (inserted == 1) return new Begun.Mine();
        return db.sql(
                        """
                        SELECT body_hash, begun_at, status, headers, answer FROM idempotency_record
                         WHERE subject = :subject AND route = :route AND key = :key
                        """)
                .param("subject", key.subject())
                .param("route", key.route())
                .param("key", key.key())
                .query(
                        (row, n) ->
                                new Earlier(
                                        Arrays.equals(row.getBytes("body_hash"), bodyHash),
                                        row.getTimestamp("begun_at").toInstant(),
                                        row.getObject("status", Integer.class),
                                        row.getString("headers"),
                                        row.getBytes("answer")))
                .optional()
                .map(earlier -> begun(key, earlier))
                .orElseGet(Begun.Running::new);
    }

    private record Earlier(
            boolean sameBody,
            Instant begunAt,
            @Nullable Integer status,
            @Nullable String headers,
            byte @Nullable [] answer) {}

    private Begun begun(Key key, Earlier earlier) {
        if (!earlier.sameBody()) return new Begun.OtherBody();
        var status = earlier.status();
        var headers = earlier.headers();
        var answer = earlier.answer();
        var begunAt = earlier.begunAt();
        if (status != null && headers != null && answer != null) {
            var parts = headers.split("\n", -1);
            return new Begun.Answered(
                    status,
                    parts[0].isEmpty() ? null : parts[0],
                    parts[1].isEmpty() ? null : parts[1],
                    Base64.getDecoder().decode(vault.open(new Sealed(answer), ANSWER)));
        }
        var now = clock.instant();
        if (begunAt.plus(LOST).isAfter(now)) return new Begun.Running();
        int taken =
                db.sql(
                                """
                                UPDATE idempotency_record SET begun_at = :now
                                 WHERE subject = :subject AND route = :route AND key = :key AND begun_at = :begunAt AND status IS NULL
                                """)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("subject", key.subject())
                        .param("route", key.route())
                        .param("key", key.key())
                        .param("begunAt", begunAt.atOffset(ZoneOffset.UTC))
                        .update();
        return taken == 1 ? new Begun.Mine() : new Begun.Running();
    }

    void answer(
            Key key,
            int status,
            @Nullable String contentType,
            @Nullable String location,
            byte[] body) {
        db.sql(
                        """
                        UPDATE idempotency_record SET status = :status, headers = :headers, answer = :answer
                         WHERE subject = :subject AND route = :route AND key = :key
                        """)
                .param("status", status)
                .param(
                        "headers",
                        (contentType == null ? "" : contentType)
                                + "\n"
                                + (location == null ? "" : location))
                .param(
                        "answer",
                        vault.seal(Base64.getEncoder().encodeToString(body), ANSWER).bytes())
                .param("subject", key.subject())
                .param("route", key.route())
                .param("key", key.key())
                .update();
    }

    void forget(Key key) {
        db.sql(
                        "DELETE FROM idempotency_record WHERE subject = :subject AND route = :route AND key = :key AND status IS NULL")
                .param("subject", key.subject())
                .param("route", key.route())
                .param("key", key.key())
                .update();
    }
}
