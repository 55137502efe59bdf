package org.facevalue.platform.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.facevalue.platform.crypto.BlindIndex;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code login}: a name, a password, a TOTP secret, a role. */
@Component
public class Logins {
    private static final String NAME = "login.name";
    private static final String TOTP = "login.totp";
    private static final int TRIES = 5;
    private static final Duration LOCKED = Duration.ofMinutes(15);
    private final JdbcClient db;
    private final Vault vault;
    private final BlindIndex index;
    private final Ids ids;
    private final Clock clock;

    Logins(JdbcClient db, Vault vault, BlindIndex index, Ids ids, Clock clock) {
        this.db = db;
        this.vault = vault;
        this.index = index;
        this.ids = ids;
        this.clock = clock;
    }

    /** A login about to be made. {@code totpSecret} in Base32. */
    public record NewLogin(String name, String password, String totpSecret, Role role) {}

    private record Row(
            Cell cell,
            UUID id,
            UUID subject,
            String role,
            byte[] nameIndex,
            byte[] name,
            String hash,
            byte[] totp) {}

    private static final EffectKind<Row> ADD =
            EffectKind.insert(
                    "login.add",
                    "login",
                    List.of(
                            new Column<>("cell", "smallint", r -> r.cell().number()),
                            new Column<>("id", "uuid", Row::id),
                            new Column<>("subject", "uuid", Row::subject),
                            new Column<>("role", "text", Row::role),
                            new Column<>("name_index", "bytea", Row::nameIndex),
                            new Column<>("name", "bytea", Row::name),
                            new Column<>("password_hash", "text", Row::hash),
                            new Column<>("totp", "bytea", Row::totp)));

    private record End(Cell cell, UUID id) {}

    private static final EffectKind<End> END =
            new EffectKind<>(
                    "login.end",
                    "login",
                    """
                    UPDATE login l SET ended_at = now()
                      FROM unnest(?::smallint[], ?::uuid[]) AS n(cell, id)
                     WHERE l.cell = n.cell AND l.id = n.id AND l.ended_at IS NULL""",
                    List.of(
                            new Column<>("cell", "smallint", r -> r.cell().number()),
                            new Column<>("id", "uuid", End::id)));

    /** The effect that ends a login: whoever has it is nobody from then on, at every door. The row stays, and with it the name of who acted. */
    Effect<?> end(Cell cell, UUID login) {
        return new Effect<>(END, new End(cell, login));
    }

    /** The staff's logins that have not ended. */
    List<Staff.Member> staff() {
        return db
                .sql(
                        "SELECT subject, name, role, begun_at FROM login WHERE role <> 'CUSTOMER' AND role IN (:roles) AND ended_at IS NULL")
                .param(
                        "roles",
                        Arrays.stream(Role.values()).filter(Role::isStaff).map(Role::name).toList())
                .query(
                        (row, n) ->
                                new Staff.Member(
                                        row.getObject("subject", UUID.class),
                                        vault.open(new Sealed(row.getBytes("name")), NAME),
                                        Role.valueOf(row.getString("role")),
                                        row.getTimestamp("begun_at").toInstant()))
                .list()
                .stream()
                .sorted(Comparator.comparing(Staff.Member::role).thenComparing(Staff.Member::name))
                .toList();
    }

    /** Whether the password may be taken (NIST SP 800-63B-4). */
    public boolean acceptable(NewLogin login) {
        return Passwords.acceptable(login.password(), login.name());
    }

    /** The effect that adds a login for {@code subject}; it moves nothing when the name is taken, and then refuses the command. */
    public Effect<?> add(Cell cell, UUID subject, NewLogin login) {
        var name = folded(login.name());
        return new Effect<>(
                ADD,
                new Row(
                        cell,
                        ids.next(),
                        subject,
                        login.role().name(),
                        index.of(name, NAME),
                        vault.seal(name, NAME).bytes(),
                        Passwords.hash(login.password()),
                        vault.seal(login.totpSecret(), TOTP).bytes()));
    }

    /** Signs in with all three; empty when any is wrong, the role is not for this door or the login is locked, and nothing tells which. */
    Optional<UUID> signIn(String name, String password, String code, Predicate<Role> door) {
        var row = byName(name).filter(found -> door.test(found.role()));
        return proven(row, password, code) ? row.map(Found::id) : Optional.empty();
    }

    /** Whether password and code are right for this login now: what adding a device key takes. */
    boolean proves(UUID login, String password, String code) {
        return proven(byId(login), password, code);
    }

    /** A try is taken before anything is compared, so that many at once do not get more of them; success gives them all back. */
    private boolean proven(Optional<Found> row, String password, String code) {
        boolean may = row.isPresent() && takeTry(row.get().id());
        boolean right = Passwords.matches(password, row.map(Found::hash));
        if (!may || !right || !useCode(row.get(), code)) return false;
        db.sql(
                        "UPDATE login SET failed = 0, locked_until = '1970-01-01 00:00:00+00' WHERE id = :id")
                .param("id", row.get().id())
                .update();
        return true;
    }

    private boolean takeTry(UUID login) {
        return db.sql(
                                """
                                UPDATE login SET failed = CASE WHEN failed >= :tries THEN 1 ELSE failed + 1 END,
                                       locked_until = CASE WHEN failed + 1 = :tries THEN :until ELSE locked_until END
                                 WHERE id = :id AND locked_until <= :now
                                """)
                        .param("tries", TRIES)
                        .param("until", clock.instant().plus(LOCKED).atOffset(ZoneOffset.UTC))
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("id", login)
                        .update()
                == 1;
    }

    Optional<Caller> caller(UUID login, UUID via) {
        return byId(login).map(row -> new Caller(row.role(), row.id(), row.subject(), via));
    }

    Optional<UUID> named(String name) {
        return byName(name).map(Found::id);
    }

    public Optional<UUID> loginOf(UUID subject) {
        return db.sql("SELECT id FROM login WHERE subject = :subject")
                .param("subject", subject)
                .query(UUID.class)
                .optional();
    }

    /** What those subjects sign in as, for the staff's own pages. */
    public Map<UUID, String> names(Collection<UUID> subjects) {
        var names = new HashMap<UUID, String>();
        if (subjects.isEmpty()) return names;
        db.sql("SELECT subject, name FROM login WHERE subject IN (:subjects)")
                .param("subjects", subjects)
                .query(
                        row -> {
                            names.put(
                                    row.getObject("subject", UUID.class),
                                    vault.open(new Sealed(row.getBytes("name")), NAME));
                        });
        return names;
    }

    private boolean useCode(Found row, String code) {
        var secret = vault.open(new Sealed(row.totp()), TOTP);
        var step = Totp.step(secret, code, clock.instant(), row.lastStep());
        return step.isPresent()
                && db.sql(
                                        "UPDATE login SET totp_last_step = :step WHERE id = :id AND totp_last_step < :step")
                                .param("step", step.getAsLong())
                                .param("id", row.id())
                                .update()
                        == 1;
    }

    private record Found(
            UUID id, UUID subject, Role role, String hash, byte[] totp, long lastStep) {}

    private Optional<Found> byName(String name) {
        for (var hash : index.all(folded(name), NAME)) {
            var found = found("name_index = :key", hash);
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    private Optional<Found> byId(UUID id) {
        return found("id = :key", id);
    }

    private Optional<Found> found(String where, Object key) {
        return db.sql(
                        "SELECT id, subject, role, password_hash, totp, totp_last_step FROM login WHERE ended_at IS NULL AND "
                                + where)
                .param("key", key)
                .query(
                        (row, n) ->
                                new Found(
                                        row.getObject("id", UUID.class),
                                        row.getObject("subject", UUID.class),
                                        Role.valueOf(row.getString("role")),
                                        row.getString("password_hash"),
                                        row.getBytes("totp"),
                                        row.getLong("totp_last_step")))
                .optional();
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
