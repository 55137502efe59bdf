package org.facevalue.platform.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.identifier.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code session}: a random token in a cookie, kept as its hash. At most a day, and idle no longer than an hour (NIST SP 800-63B-4, section
 * 2.2.3); staff a quarter of an hour.
 */
@Component
class Sessions {
    static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration IDLE_STAFF = Duration.ofMinutes(15);
    private final JdbcClient db;
    private final Logins logins;
    private final Ids ids;
    private final Clock clock;

    Sessions(JdbcClient db, Logins logins, Ids ids, Clock clock) {
        this.db = db;
        this.logins = logins;
        this.ids = ids;
        this.clock = clock;
    }

    /** Begins a session and gives the token for the cookie. Always a new one: a token from before a sign-in is never carried over. */
    String begin(UUID login) {
        var secret = Secret.next();
        db.sql(
                        """
                        INSERT INTO session (id, token_hash, login, began_at, last_seen_at)
                        VALUES (:id, :hash, :login, :now, :now)
                        """)
                .param("id", ids.next())
                .param("hash", secret.hash())
                .param("login", login)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return secret.shown();
    }

    Optional<Caller> caller(String token) {
        var now = clock.instant();
        return db.sql(
                        "SELECT id, login, began_at, last_seen_at FROM session WHERE token_hash = :hash AND ended_at IS NULL")
                .param("hash", Secret.hashOf(token))
                .query(
                        (row, n) ->
                                new Row(
                                        row.getObject("id", UUID.class),
                                        row.getObject("login", UUID.class),
                                        row.getTimestamp("began_at").toInstant(),
                                        row.getTimestamp("last_seen_at").toInstant()))
                .optional()
                .flatMap(row -> caller(row, now));
    }

    private Optional<Caller> caller(Row row, Instant now) {
        var caller = logins.caller(row.login(), row.id());
        if (caller.isEmpty()) return caller;
        var idle = caller.get().role().isStaff() ? IDLE_STAFF : IDLE;
        if (row.beganAt().plus(LONGEST).isBefore(now) || row.lastSeenAt().plus(idle).isBefore(now))
            return Optional.empty();
        if (row.lastSeenAt().plusSeconds(30).isBefore(now))
            db.sql("UPDATE session SET last_seen_at = :now WHERE id = :id")
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("id", row.id())
                    .update();
        return caller;
    }

    void end(UUID session) {
        db.sql("UPDATE session SET ended_at = :now WHERE id = :id AND ended_at IS NULL")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", session)
                .update();
    }

    private record Row(UUID id, UUID login, Instant beganAt, Instant lastSeenAt) {}
}
