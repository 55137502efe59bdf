package org.facevalue.platform.identity;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.identifier.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code api_key}: a key for programs, {@code fv_} and a random token, shown once. */
@Component
public class ApiKeys {
    static final String PREFIX = "fv_";
    private final JdbcClient db;
    private final Logins logins;
    private final Ids ids;
    private final Clock clock;

    ApiKeys(JdbcClient db, Logins logins, Ids ids, Clock clock) {
        this.db = db;
        this.logins = logins;
        this.ids = ids;
        this.clock = clock;
    }

    /** Makes a key that acts as {@code login} and shows it, this once. */
    public String make(UUID login) {
        var secret = Secret.next();
        add(login, secret.hash());
        return PREFIX + secret.shown();
    }

    /** Lets a key that was made elsewhere act as {@code login}; a key that is there already stays. */
    void admit(UUID login, String key) {
        if (caller(key).isEmpty()) add(login, Secret.hashOf(key.substring(PREFIX.length())));
    }

    Optional<Caller> caller(String key) {
        if (!key.startsWith(PREFIX)) return Optional.empty();
        return db.sql(
                        "SELECT id, login FROM api_key WHERE secret_hash = :hash AND revoked_at IS NULL")
                .param("hash", Secret.hashOf(key.substring(PREFIX.length())))
                .query(
                        (row, n) ->
                                new UUID[] {
                                    row.getObject("id", UUID.class),
                                    row.getObject("login", UUID.class)
                                })
                .optional()
                .flatMap(found -> logins.caller(found[1], found[0]));
    }

    private void add(UUID login, byte[] hash) {
        db.sql(
                        "INSERT INTO api_key (id, secret_hash, login, made_at) VALUES (:id, :hash, :login, :now)")
                .param("id", ids.next())
                .param("hash", hash)
                .param("login", login)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
