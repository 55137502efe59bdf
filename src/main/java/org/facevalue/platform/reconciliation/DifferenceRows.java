package org.facevalue.platform.reconciliation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.platform.reconciliation.Comparison.Difference;
import org.facevalue.platform.reconciliation.Comparison.Key;
import org.facevalue.platform.reconciliation.Comparison.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of the room. */
@Component
public class DifferenceRows {
    private static final int MOST = 500;
    private final JdbcClient db;

    DifferenceRows(JdbcClient db) {
        this.db = db;
    }

    /**
     * A difference that stands.
     *
     * @param about or null where the reference is none of ours
     * @param kind {@code MISSING_THERE}, {@code MISSING_HERE} or {@code OTHER_AMOUNT}
     * @param dated when the one side's entry was made
     */
    public record Open(
            UUID id,
            String party,
            Book book,
            String reference,
            @Nullable UUID about,
            String kind,
            long ours,
            long theirs,
            Instant dated,
            Instant foundAt) {
        Key key() {
            return new Key(party, book, reference);
        }
    }

    /**
     * How the last comparison with a party went.
     *
     * @param problem why it could not be compared, or null
     */
    public record Result(
            String party,
            Instant at,
            Instant from,
            long matched,
            long differing,
            @Nullable String problem) {}

    private record Found(UUID id, Difference difference, Instant at) {}

    private static final EffectKind<Found> FIND =
            EffectKind.insert(
                    "reconciliation.find",
                    "reconciliation_difference",
                    List.of(
                            new Column<>("cell", "smallint", f -> Cell.FIRST.number()),
                            new Column<>("id", "uuid", Found::id),
                            new Column<>("party", "text", f -> f.difference().key().party()),
                            new Column<>("book", "text", f -> f.difference().key().book().name()),
                            new Column<>(
                                    "reference", "text", f -> f.difference().key().reference()),
                            new Column<>("about", "uuid", f -> f.difference().about()),
                            new Column<>("kind", "text", f -> f.difference().kind().name()),
                            new Column<>("ours", "bigint", f -> f.difference().ours()),
                            new Column<>("theirs", "bigint", f -> f.difference().theirs()),
                            new Column<>("currency", "text", f -> "KRW"),
                            new Column<>("dated", "timestamptz", f -> f.difference().dated()),
                            new Column<>("found_at", "timestamptz", Found::at)));

    /** {@code by}, {@code words}: who has accepted it and why, or null where both sides agree. */
    private record Closed(UUID id, Instant at, @Nullable UUID by, byte @Nullable [] words) {}

    private static final EffectKind<Closed> CLOSE =
            new EffectKind<>(
                    "reconciliation.close",
                    "reconciliation_difference",
                    """
                    UPDATE reconciliation_difference AS d SET resolved_at = n.at, accepted_by = n.by, words = n.words
                      FROM unnest(?::smallint[], ?::uuid[], ?::timestamptz[], ?::uuid[], ?::bytea[]) AS n(cell, id, at, by, words)
                     WHERE d.cell = n.cell AND d.id = n.id AND d.resolved_at IS NULL
                    """,
                    List.of(
                            new Column<>("cell", "smallint", c -> Cell.FIRST.number()),
                            new Column<>("id", "uuid", Closed::id),
                            new Column<>("at", "timestamptz", Closed::at),
                            new Column<>("by", "uuid", Closed::by),
                            new Column<>("words", "bytea", Closed::words)));

    static Effect<?> find(UUID id, Difference difference, Instant at) {
        return new Effect<>(FIND, new Found(id, difference, at));
    }

    private record Changed(UUID id, Kind kind, long ours, long theirs) {}

    private static final EffectKind<Changed> CHANGE =
            new EffectKind<>(
                    "reconciliation.change",
                    "reconciliation_difference",
                    """
                    UPDATE reconciliation_difference AS d SET kind = n.kind, ours = n.ours, theirs = n.theirs
                      FROM unnest(?::smallint[], ?::uuid[], ?::text[], ?::bigint[], ?::bigint[]) AS n(cell, id, kind, ours, theirs)
                     WHERE d.cell = n.cell AND d.id = n.id AND d.resolved_at IS NULL
                    """,
                    List.of(
                            new Column<>("cell", "smallint", c -> Cell.FIRST.number()),
                            new Column<>("id", "uuid", Changed::id),
                            new Column<>("kind", "text", c -> c.kind().name()),
                            new Column<>("ours", "bigint", Changed::ours),
                            new Column<>("theirs", "bigint", Changed::theirs)));

    /** It stands with other amounts than before. */
    static Effect<?> change(UUID id, Difference now) {
        return new Effect<>(CHANGE, new Changed(id, now.kind(), now.ours(), now.theirs()));
    }

    /** A person has said why it stays so; {@code words}: sealed. */
    static Effect<?> accept(UUID id, Instant at, UUID by, byte[] words) {
        return new Effect<>(CLOSE, new Closed(id, at, by, words));
    }

    static Effect<?> resolve(UUID id, Instant at) {
        return new Effect<>(CLOSE, new Closed(id, at, null, null));
    }

    /** What stands, oldest first: as much as a page shows. */
    public List<Open> open() {
        return standing(MOST);
    }

    /** All that stands, oldest first. */
    List<Open> standing() {
        return standing(Integer.MAX_VALUE);
    }

    /** One that stands. */
    Optional<Open> standing(UUID id) {
        return db.sql(
                        "SELECT * FROM reconciliation_difference WHERE resolved_at IS NULL AND cell = 0 AND id = :id")
                .param("id", id)
                .query((row, n) -> open(row))
                .optional();
    }

    /** What persons have accepted that is dated from {@code from} on. */
    List<Open> accepted(Instant from) {
        return db.sql(
                        "SELECT * FROM reconciliation_difference WHERE accepted_by IS NOT NULL AND NOT lapsed AND dated >= :from ORDER BY found_at")
                .param("from", from.atOffset(ZoneOffset.UTC))
                .query((row, n) -> open(row))
                .list();
    }

    /** How an acceptance is read; {@code words}: sealed. */
    interface Accepting<T> {
        T of(Open open, UUID by, byte[] words, Instant at);
    }

    /** The newest that are still so: as much as a page shows. */
    <T> List<T> acceptances(Accepting<T> accepting) {
        return db.sql(
                        "SELECT * FROM reconciliation_difference WHERE accepted_by IS NOT NULL AND NOT lapsed ORDER BY resolved_at DESC LIMIT :most")
                .param("most", MOST)
                .query(
                        (row, n) ->
                                accepting.of(
                                        open(row),
                                        row.getObject("accepted_by", UUID.class),
                                        row.getBytes("words"),
                                        row.getTimestamp("resolved_at").toInstant()))
                .list();
    }

    /** What was accepted is so no more. */
    void lapse(UUID id) {
        db.sql("UPDATE reconciliation_difference SET lapsed = true WHERE cell = 0 AND id = :id")
                .param("id", id)
                .update();
    }

    /** Whether it has not looked back deep today, in UTC. */
    boolean isDeepDue(UUID id, Instant now) {
        return db.sql(
                        "SELECT deep_on IS DISTINCT FROM :today FROM reconciliation WHERE cell = 0 AND id = :id")
                .param("id", id)
                .param("today", LocalDate.ofInstant(now, ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    void deepDone(UUID id, Instant now) {
        db.sql("UPDATE reconciliation SET deep_on = :today WHERE cell = 0 AND id = :id")
                .param("id", id)
                .param("today", LocalDate.ofInstant(now, ZoneOffset.UTC))
                .update();
    }

    private List<Open> standing(int most) {
        return db.sql(
                        "SELECT * FROM reconciliation_difference WHERE resolved_at IS NULL ORDER BY found_at LIMIT :most")
                .param("most", most)
                .query((row, n) -> open(row))
                .list();
    }

    private static Open open(ResultSet row) throws SQLException {
        return new Open(
                row.getObject("id", UUID.class),
                row.getString("party"),
                Book.valueOf(row.getString("book")),
                row.getString("reference"),
                row.getObject("about", UUID.class),
                Kind.valueOf(row.getString("kind")).name(),
                row.getLong("ours"),
                row.getLong("theirs"),
                row.getTimestamp("dated").toInstant(),
                row.getTimestamp("found_at").toInstant());
    }

    /** The last comparison with each party. */
    public List<Result> results() {
        return db.sql("SELECT * FROM reconciliation_result ORDER BY party")
                .query(
                        (row, n) ->
                                new Result(
                                        row.getString("party"),
                                        row.getTimestamp("at").toInstant(),
                                        row.getTimestamp("from_at").toInstant(),
                                        row.getLong("matched"),
                                        row.getLong("differing"),
                                        row.getString("problem")))
                .list();
    }

    void keep(Result result) {
        db.sql(
                        """
                        INSERT INTO reconciliation_result (party, at, from_at, matched, differing, problem)
                        VALUES (:party, :at, :from, :matched, :differing, :problem)
                        ON CONFLICT (party) DO UPDATE SET at = excluded.at, from_at = excluded.from_at, matched = excluded.matched,
                               differing = excluded.differing, problem = excluded.problem
                        """)
                .param("party", result.party())
                .param("at", result.at().atOffset(ZoneOffset.UTC))
                .param("from", result.from().atOffset(ZoneOffset.UTC))
                .param("matched", result.matched())
                .param("differing", result.differing())
                .param("problem", result.problem())
                .update();
    }

    /** Enters the work itself, once. */
    void begin(UUID id, Instant dueAt) {
        db.sql(
                        "INSERT INTO reconciliation (cell, id, due_at) VALUES (0, :id, :dueAt) ON CONFLICT DO NOTHING")
                .param("id", id)
                .param("dueAt", dueAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The next time, unless somebody has asked for it since {@code begun}. Done: {@code failures} start anew. */
    void next(UUID id, Instant begun, Instant dueAt) {
        db.sql(
                        """
                        UPDATE reconciliation SET due_at = CASE WHEN due_at > :begun THEN due_at ELSE :dueAt END, lease_until = NULL, failures = 0
                         WHERE cell = 0 AND id = :id
                        """)
                .param("id", id)
                .param("begun", begun.atOffset(ZoneOffset.UTC))
                .param("dueAt", dueAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Makes it due; a comparison that is under way goes on, and another follows. */
    void hasten(UUID id, Instant now) {
        db.sql("UPDATE reconciliation SET due_at = :now WHERE cell = 0 AND id = :id")
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
