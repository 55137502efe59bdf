package org.facevalue.platform.cashout;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.platform.outside.Claim;
import org.facevalue.platform.outside.DueRows;
import org.facevalue.platform.quote.QuoteId;
import org.facevalue.platform.quote.Quotes;
import org.facevalue.platform.quote.Terms;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code aftermath}, which is also a queue. Reading is here; a change rides in a {@code Command}. */
@Component
class AftermathRows implements CourseQueue<Aftermath> {
    private final JdbcClient db;
    private final Quotes quotes;
    private final DueRows due;

    AftermathRows(
            JdbcClient db, Quotes quotes, @Value("${facevalue.outside.lease}") Duration lease) {
        this.db = db;
        this.quotes = quotes;
        this.due = new DueRows(db, "aftermath", lease);
    }

    /** A new one. */
    record Begun(Aftermath aftermath) {}

    private static final EffectKind<Begun> ADD =
            EffectKind.insert(
                    "aftermath.add",
                    "aftermath",
                    List.of(
                            new Column<>("cell", "smallint", b -> b.aftermath().cell().number()),
                            new Column<>("id", "uuid", b -> b.aftermath().id()),
                            new Column<>("cash_out", "uuid", b -> b.aftermath().cashOut().value()),
                            new Column<>("quote", "uuid", b -> b.aftermath().terms().id().value()),
                            new Column<>("of", "text", b -> b.aftermath().of().name()),
                            new Column<>("state", "text", b -> b.aftermath().state().name()),
                            new Column<>("version", "bigint", b -> b.aftermath().version()),
                            new Column<>("sequence", "bigint", b -> b.aftermath().sequence()),
                            new Column<>("since", "timestamptz", b -> b.aftermath().since()),
                            new Column<>("state_since", "timestamptz", b -> b.aftermath().since()),
                            new Column<>("due_at", "timestamptz", b -> b.aftermath().dueAt())));

    /** @param lease in seconds, or null when the row is free again */
    record Advanced(Aftermath to, @Nullable Double lease) {}

    private static final EffectKind<Advanced> ADVANCE =
            new EffectKind<>(
                    "aftermath.advance",
                    "aftermath",
                    """
                    UPDATE aftermath AS a
                       SET state = n.state, version = n.version, sequence = n.sequence, calls = n.calls, tries = n.tries, state_since = n.state_since,
                           sent_at = n.sent_at, repeated = n.repeated, asking = n.asking, absent = n.absent,
                           due_at = CASE WHEN n.due_at > a.heard_at THEN a.heard_at ELSE n.due_at END, heard_at = NULL, failures = 0,
                           lease_until = clock_timestamp() + make_interval(secs => n.lease)
                      FROM unnest(?::smallint[], ?::uuid[], ?::text[], ?::bigint[], ?::bigint[], ?::int[], ?::int[], ?::timestamptz[],
                                  ?::timestamptz[], ?::bool[], ?::bool[], ?::int[], ?::timestamptz[], ?::float8[])
                           AS n(cell, id, state, version, sequence, calls, tries, state_since, sent_at, repeated, asking, absent, due_at, lease)
                     WHERE a.cell = n.cell AND a.id = n.id AND a.version = n.version - 1
                    """,
                    List.of(
                            new Column<>("cell", "smallint", a -> a.to().cell().number()),
                            new Column<>("id", "uuid", a -> a.to().id()),
                            new Column<>("state", "text", a -> a.to().state().name()),
                            new Column<>("version", "bigint", a -> a.to().version()),
                            new Column<>("sequence", "bigint", a -> a.to().sequence()),
                            new Column<>("calls", "int4", a -> a.to().calls()),
                            new Column<>("tries", "int4", a -> a.to().attempt().tries()),
                            new Column<>("state_since", "timestamptz", a -> a.to().stateSince()),
                            new Column<>("sent_at", "timestamptz", a -> a.to().attempt().sentAt()),
                            new Column<>("repeated", "bool", a -> a.to().attempt().repeated()),
                            new Column<>("asking", "bool", a -> a.to().attempt().asking()),
                            new Column<>("absent", "int4", a -> a.to().attempt().absent()),
                            new Column<>("due_at", "timestamptz", a -> a.to().dueAt()),
                            new Column<>("lease", "float8", Advanced::lease)));

    static Effect<?> add(Aftermath begun) {
        return new Effect<>(ADD, new Begun(begun));
    }

    @Override
    public Effect<?> advance(Aftermath to, boolean kept) {
        return new Effect<>(ADVANCE, new Advanced(to, kept ? due.seconds() : null));
    }

    @Override
    public Effect<?> park(Claim claimed) {
        return due.park(claimed);
    }

    @Override
    public List<Claim> claimDue(Instant now, int atMost) {
        return due.claim(now, atMost);
    }

    @Override
    public Optional<Aftermath> read(Claim claimed) {
        return db.sql("SELECT * FROM aftermath WHERE cell = :cell AND id = :id")
                .param("cell", claimed.cell().number())
                .param("id", claimed.id())
                .query((row, n) -> unread(row))
                .optional()
                .map(this::withTerms);
    }

    Effect<?> again(Aftermath aftermath, Instant now) {
        return due.again(aftermath.cell(), aftermath.id(), aftermath.version(), now);
    }

    /** The cash-outs that these aftermaths belong to. */
    Map<UUID, CashOutId> cashOutsOf(Collection<UUID> aftermaths) {
        if (aftermaths.isEmpty()) return Map.of();
        var found = new HashMap<UUID, CashOutId>();
        db.sql("SELECT id, cash_out FROM aftermath WHERE id IN (:ids)")
                .param("ids", aftermaths)
                .query(
                        row -> {
                            found.put(
                                    row.getObject("id", UUID.class),
                                    new CashOutId(row.getObject("cash_out", UUID.class)));
                        });
        return found;
    }

    /** Those of these cash-outs: which cash-out each belongs to, and where it stands. */
    Map<UUID, Standing> standing(Cell cell, Collection<UUID> cashOuts) {
        if (cashOuts.isEmpty()) return Map.of();
        var found = new HashMap<UUID, Standing>();
        db.sql(
                        "SELECT id, cash_out, state, state_since FROM aftermath WHERE cell = :cell AND cash_out IN (:ids)")
                .param("cell", cell.number())
                .param("ids", cashOuts)
                .query(
                        row -> {
                            found.put(
                                    row.getObject("id", UUID.class),
                                    new Standing(
                                            row.getObject("cash_out", UUID.class),
                                            AftermathState.valueOf(row.getString("state")),
                                            row.getTimestamp("state_since").toInstant()));
                        });
        return found;
    }

    record Standing(UUID cashOut, AftermathState state, Instant stateSince) {}

    /** All of one cash-out, oldest first. */
    List<Aftermath> of(CashOut cashOut) {
        return db
                .sql(
                        "SELECT * FROM aftermath WHERE cell = :cell AND cash_out = :cashOut ORDER BY since, of")
                .param("cell", cashOut.cell().number())
                .param("cashOut", cashOut.id().value())
                .query((row, n) -> unread(row))
                .list()
                .stream()
                .map(row -> row.with().apply(cashOut.terms()))
                .toList();
    }

    /** A hint that something has turned up: look now, and where that is being done, once more afterwards. */
    void hasten(Cell cell, UUID cashOut, Instant now) {
        db.sql(
                        """
                        UPDATE aftermath
                           SET due_at = least(due_at, :now), heard_at = CASE WHEN lease_until > clock_timestamp() THEN :now::timestamptz END
                         WHERE cell = :cell AND cash_out = :cashOut AND of IN ('CHARGE', 'REDEMPTION') AND due_at IS NOT NULL
                        """)
                .param("cell", cell.number())
                .param("cashOut", cashOut)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** A row whose quote was not opened yet: that is read when this query has given its connection back. */
    private record Unread(QuoteId quote, Function<Terms, Aftermath> with) {}

    private Aftermath withTerms(Unread row) {
        return row.with().apply(quotes.row(row.quote()).orElseThrow().terms());
    }

    private static Unread unread(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var cashOut = new CashOutId(row.getObject("cash_out", UUID.class));
        var of = Aftermath.Of.valueOf(row.getString("of"));
        var state = AftermathState.valueOf(row.getString("state"));
        long version = row.getLong("version");
        long sequence = row.getLong("sequence");
        int calls = row.getInt("calls");
        var since = row.getTimestamp("since").toInstant();
        var stateSince = row.getTimestamp("state_since").toInstant();
        var attempt = CashOutRows.attempt(row);
        var dueAt = CashOutRows.instant(row.getTimestamp("due_at"));
        return new Unread(
                new QuoteId(row.getObject("quote", UUID.class)),
                terms ->
                        new Aftermath(
                                id,
                                cashOut,
                                terms,
                                of,
                                state,
                                version,
                                sequence,
                                calls,
                                since,
                                stateSince,
                                attempt,
                                dueAt));
    }
}
