package org.facevalue.platform.identity;

import static org.facevalue.platform.identity.Role.COMPLIANCE;
import static org.facevalue.platform.identity.Role.FINANCE;
import static org.facevalue.platform.identity.Role.OPERATOR;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Facts.Fact;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.time.BusinessClock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What takes two of the staff: one asks, another one allows, and the first one does it, once. An approval holds for one action on one object in one
 * wording by one person, for a day. A room that does such a thing commits {@link #use} with it. Times are of the wall clock, but for events.
 */
@Component
public class FourEyes {
    /** How long an approval, asked for or given, holds. */
    public static final Duration VALID = Duration.ofDays(1);

    /** An approval's use comes after it was asked for and given; what was done alone has no other event. */
    private static final int USED_AS = 3;

    private static final String WORDS = "approval.words";
    private static final String ANSWER = "approval.answer";
    private final JdbcClient db;
    private final Facts facts;
    private final Vault vault;
    private final Ids ids;
    private final Clock clock;
    private final BusinessClock events;
    private final BreakGlass glass;

    FourEyes(
            JdbcClient db,
            Facts facts,
            Vault vault,
            Ids ids,
            Clock clock,
            BusinessClock events,
            BreakGlass glass) {
        this.db = db;
        this.facts = facts;
        this.vault = vault;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
        this.glass = glass;
    }

    /** What takes two: who may ask, who may allow, and whether one alone may do it behind a broken glass. */
    public enum Action {
        /** To state what became of money where no machine can tell: that a customer was paid or made whole, or is charged otherwise. */
        SETTLE_BY_HAND(Set.of(FINANCE), Set.of(FINANCE, COMPLIANCE), true),
        /** To let a rule pack decide. What is lawful is never up to one person, however urgent. */
        ACTIVATE_PACK(Set.of(COMPLIANCE), Set.of(COMPLIANCE, OPERATOR), false);

        private final Set<Role> makers;
        private final Set<Role> checkers;
        private final boolean breakable;

        Action(Set<Role> makers, Set<Role> checkers, boolean breakable) {
            this.makers = makers;
            this.checkers = checkers;
            this.breakable = breakable;
        }

        public boolean isAskedBy(Role role) {
            return makers.contains(role);
        }

        public boolean isAllowedBy(Role role) {
            return checkers.contains(role);
        }
    }

    /** From asking to its one use. */
    public enum State {
        ASKED,
        APPROVED,
        REJECTED,
        USED,
        /** Done by one alone, behind a broken glass. */
        ALONE
    }

    /**
     * What is wanted.
     *
     * @param object what it is about, as it is shown: {@code co_…}, or a pack and its version
     * @param wording all that is decided by it; another wording is another matter
     */
    public record Wanted(Action action, String object, String wording) {
        private byte[] digest() {
            try {
                return MessageDigest.getInstance("SHA-256")
                        .digest(
                                (action + "\n" + object + "\n" + wording)
                                        .getBytes(StandardCharsets.UTF_8));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    /** One approval. {@code maker} and {@code checker} are subjects of logins; {@code answer} is the checker's reason. */
    public record Approval(
            UUID id,
            Action action,
            String object,
            String wording,
            State state,
            UUID maker,
            String words,
            Instant askedAt,
            Instant endsAt,
            @Nullable UUID checker,
            @Nullable String answer) {
        public boolean isOver(Instant now) {
            return !now.isBefore(endsAt);
        }
    }

    private record Row(
            Cell cell,
            UUID id,
            String action,
            String object,
            String wording,
            byte[] digest,
            UUID maker,
            byte[] words,
            Instant askedAt,
            Instant endsAt,
            String state) {}

    private static final EffectKind<Row> ADD =
            EffectKind.insert(
                    "approval.ask",
                    "approval",
                    List.of(
                            new Column<>("cell", "smallint", r -> r.cell().number()),
                            new Column<>("id", "uuid", Row::id),
                            new Column<>("action", "text", Row::action),
                            new Column<>("object", "text", Row::object),
                            new Column<>("wording", "text", Row::wording),
                            new Column<>("digest", "bytea", Row::digest),
                            new Column<>("maker", "uuid", Row::maker),
                            new Column<>("words", "bytea", Row::words),
                            new Column<>("asked_at", "timestamptz", Row::askedAt),
                            new Column<>("ends_at", "timestamptz", Row::endsAt),
                            new Column<>("state", "text", Row::state)));

    private record Decided(
            Cell cell, UUID id, String state, UUID checker, byte[] answer, Instant at) {}

    private static final EffectKind<Decided> DECIDE =
            new EffectKind<>(
                    "approval.decide",
                    "approval",
                    """
                    UPDATE approval AS a SET state = n.state, checker = n.checker, answer = n.answer, decided_at = n.at
                      FROM unnest(?::smallint[], ?::uuid[], ?::text[], ?::uuid[], ?::bytea[], ?::timestamptz[])
                           AS n(cell, id, state, checker, answer, at)
                     WHERE a.cell = n.cell AND a.id = n.id AND a.state = 'ASKED' AND a.maker <> n.checker AND a.ends_at > n.at
                    """,
                    List.of(
                            new Column<>("cell", "smallint", d -> d.cell().number()),
                            new Column<>("id", "uuid", Decided::id),
                            new Column<>("state", "text", Decided::state),
                            new Column<>("checker", "uuid", Decided::checker),
                            new Column<>("answer", "bytea", Decided::answer),
                            new Column<>("at", "timestamptz", Decided::at)));

    private record Used(Cell cell, UUID id, byte[] digest, UUID maker, Instant at) {}

    private static final EffectKind<Used> USE =
            new EffectKind<>(
                    "approval.use",
                    "approval",
                    """
                    UPDATE approval AS a SET state = 'USED', used_at = n.at
                      FROM unnest(?::smallint[], ?::uuid[], ?::bytea[], ?::uuid[], ?::timestamptz[]) AS n(cell, id, digest, maker, at)
                     WHERE a.cell = n.cell AND a.id = n.id AND a.digest = n.digest AND a.maker = n.maker
                       AND a.state = 'APPROVED' AND a.ends_at > n.at
                    """,
                    List.of(
                            new Column<>("cell", "smallint", u -> u.cell().number()),
                            new Column<>("id", "uuid", Used::id),
                            new Column<>("digest", "bytea", Used::digest),
                            new Column<>("maker", "uuid", Used::maker),
                            new Column<>("at", "timestamptz", Used::at)));

    /** What came of asking or deciding. */
    public enum Result {
        DONE,
        /** Another role does that. */
        NOT_PERMITTED,
        /** Nobody allows what they asked for themselves. */
        OWN,
        /** It is decided, used or over. */
        TOO_LATE,
        /** There is no such thing. */
        UNKNOWN
    }

    /** Asks for it; what the maker has asked for already and is open is not asked for twice. */
    public Result ask(Caller maker, Wanted wanted, String words) {
        if (!wanted.action().isAskedBy(maker.role())) return Result.NOT_PERMITTED;
        if (open(maker, wanted).isPresent()) return Result.DONE;
        add(maker, wanted, State.ASKED, words);
        return Result.DONE;
    }

    private void add(Caller maker, Wanted wanted, State state, String words) {
        var row = row(maker, wanted, state, words);
        commit(row.id(), "asked", told(maker, wanted), new Effect<>(ADD, row));
    }

    private Row row(Caller maker, Wanted wanted, State state, String words) {
        var now = clock.instant();
        return new Row(
                Cell.FIRST,
                ids.next(),
                wanted.action().name(),
                wanted.object(),
                wanted.wording(),
                wanted.digest(),
                maker.subject(),
                vault.seal(words, WORDS).bytes(),
                now,
                now.plus(VALID),
                state.name());
    }

    /** Allows or rejects it. A rejection stays, with its reason. */
    public Result decide(Caller checker, UUID id, boolean allow, String words) {
        var found = byId(id);
        if (found.isEmpty()) return Result.UNKNOWN;
        var approval = found.get();
        if (!approval.action().isAllowedBy(checker.role())) return Result.NOT_PERMITTED;
        if (approval.maker().equals(checker.subject())) return Result.OWN;
        var state = allow ? State.APPROVED : State.REJECTED;
        var decided =
                new Decided(
                        Cell.FIRST,
                        id,
                        state.name(),
                        checker.subject(),
                        vault.seal(words, ANSWER).bytes(),
                        clock.instant());
        return commit(
                        id,
                        state.name().toLowerCase(Locale.ROOT),
                        Map.of("staff", checker.subject()),
                        new Effect<>(DECIDE, decided))
                ? Result.DONE
                : Result.TOO_LATE;
    }

    private boolean commit(UUID id, String type, Map<String, Object> data, Effect<?> effect) {
        var fact = new Fact(Cell.FIRST, "ap", id, type, events.now(), data);
        return facts.commit(id + "/" + type, fact, List.of(effect)) instanceof Outcome.Committed;
    }

    /** What uses an approval up, and the record of that: to be committed with what it allows. */
    public record Use(Effect<?> effect, Event event) {}

    /**
     * What uses up the approval that the maker has for exactly this; behind a glass that the maker has broken, the record that it was done alone. Empty
     * where there is neither: then it is asked for.
     */
    public Optional<Use> use(Caller maker, Wanted wanted, String words) {
        if (!wanted.action().isAskedBy(maker.role())) return Optional.empty();
        var approval = open(maker, wanted).filter(found -> found.state() == State.APPROVED);
        if (approval.isPresent())
            return Optional.of(
                    new Use(
                            new Effect<>(
                                    USE,
                                    new Used(
                                            Cell.FIRST,
                                            approval.get().id(),
                                            wanted.digest(),
                                            maker.subject(),
                                            clock.instant())),
                            event(approval.get().id(), USED_AS, State.USED, maker, wanted)));
        if (!wanted.action().breakable || !glass.isBroken(maker)) return Optional.empty();
        var alone = row(maker, wanted, State.ALONE, words);
        return Optional.of(
                new Use(
                        new Effect<>(ADD, alone),
                        event(alone.id(), 1, State.ALONE, maker, wanted)));
    }

    private Event event(UUID id, long sequence, State state, Caller maker, Wanted wanted) {
        return new Event(
                Cell.FIRST,
                ids.next(),
                "ap",
                id,
                sequence,
                state.name().toLowerCase(Locale.ROOT),
                events.now(),
                told(maker, wanted));
    }

    private static Map<String, Object> told(Caller maker, Wanted wanted) {
        return Map.of(
                "action",
                wanted.action().name(),
                "object",
                wanted.object(),
                "staff",
                maker.subject());
    }

    private Optional<Approval> open(Caller maker, Wanted wanted) {
        return db.sql(
                        """
                        SELECT * FROM approval
                         WHERE maker = :maker AND digest = :digest AND state IN ('ASKED', 'APPROVED') AND ends_at > :now
                         ORDER BY state = 'APPROVED' DESC, asked_at DESC LIMIT 1
                        """)
                .param("maker", maker.subject())
                .param("digest", wanted.digest())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, n) -> approval(row))
                .optional();
    }

    private Optional<Approval> byId(UUID id) {
        return db.sql("SELECT * FROM approval WHERE id = :id")
                .param("id", id)
                .query((row, n) -> approval(row))
                .optional();
    }

    /** Everything that was asked for, latest first. */
    public List<Approval> all() {
        return db.sql("SELECT * FROM approval ORDER BY asked_at DESC LIMIT 200")
                .query((row, n) -> approval(row))
                .list();
    }

    private Approval approval(ResultSet row) throws SQLException {
        var answer = row.getBytes("answer");
        return new Approval(
                row.getObject("id", UUID.class),
                Action.valueOf(row.getString("action")),
                row.getString("object"),
                row.getString("wording"),
                State.valueOf(row.getString("state")),
                row.getObject("maker", UUID.class),
                vault.open(new Sealed(row.getBytes("words")), WORDS),
                row.getTimestamp("asked_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                row.getObject("checker", UUID.class),
                answer == null ? null : vault.open(new Sealed(answer), ANSWER));
    }
}
