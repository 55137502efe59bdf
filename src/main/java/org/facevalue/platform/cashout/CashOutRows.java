package org.facevalue.platform.cashout;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.facevalue.platform.customer.CustomerId;
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

/** The table {@code cash_out}, which is also the queue. Reading is here; a change rides in a {@code Command}. */
@Component
class CashOutRows implements CourseQueue<CashOut> {
    private static final String ENDS = names(CashOutState::isEnd);
    private static final String OFFERED = names(s -> s.way() == CashOutState.Way.OFFERED);
    private final JdbcClient db;
    private final Quotes quotes;
    private final DueRows due;

    CashOutRows(JdbcClient db, Quotes quotes, @Value("${facevalue.outside.lease}") Duration lease) {
        this.db = db;
        this.quotes = quotes;
        this.due = new DueRows(db, "cash_out", lease);
    }

    private record Added(
            Cell cell,
            UUID id,
            UUID customer,
            UUID quote,
            byte[] confirmation,
            long faceValue,
            long net,
            String provider,
            Instant at) {}

    private static final EffectKind<Added> ADD =
            EffectKind.insert(
                    "cash_out.add",
                    "cash_out",
                    List.of(
                            new Column<>("cell", "smallint", a -> a.cell().number()),
                            new Column<>("id", "uuid", Added::id),
                            new Column<>("customer", "uuid", Added::customer),
                            new Column<>("quote", "uuid", Added::quote),
                            new Column<>("confirmation", "bytea", Added::confirmation),
                            new Column<>("face_value", "bigint", Added::faceValue),
                            new Column<>("net", "bigint", Added::net),
                            new Column<>("provider", "text", Added::provider),
                            new Column<>("confirmed_at", "timestamptz", Added::at),
                            new Column<>("state_since", "timestamptz", Added::at),
                            new Column<>("due_at", "timestamptz", Added::at)));

    /** @param lease in seconds, or null when the row is free again */
    record Advanced(CashOut to, @Nullable Double lease) {}

    /** Moves a row from the version that was read. A lease that is begun anew lets the same worker go on. */
    private static final EffectKind<Advanced> ADVANCE =
            new EffectKind<>(
                    "cash_out.advance",
                    "cash_out",
                    """
                    UPDATE cash_out AS c
                       SET state = n.state, version = n.version, sequence = n.sequence, calls = n.calls, tries = n.tries, state_since = n.state_since,
                           sent_at = n.sent_at, repeated = n.repeated, asking = n.asking, absent = n.absent, due_at = n.due_at, reason = n.reason, failures = 0,
                           lease_until = clock_timestamp() + make_interval(secs => n.lease)
                      FROM unnest(?::smallint[], ?::uuid[], ?::text[], ?::bigint[], ?::bigint[], ?::int[], ?::int[], ?::timestamptz[],
                                  ?::timestamptz[], ?::bool[], ?::bool[], ?::int[], ?::timestamptz[], ?::text[], ?::float8[])
                           AS n(cell, id, state, version, sequence, calls, tries, state_since, sent_at, repeated, asking, absent, due_at, reason, lease)
                     WHERE c.cell = n.cell AND c.id = n.id AND c.version = n.version - 1
                    """,
                    List.of(
                            new Column<>("cell", "smallint", a -> a.to().cell().number()),
                            new Column<>("id", "uuid", a -> a.to().id().value()),
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
                            new Column<>("reason", "text", a -> a.to().reason()),
                            new Column<>("lease", "float8", Advanced::lease)));

    private record Touched(Cell cell, UUID id, Instant now) {}

    private static final List<Column<Touched>> TOUCHED =
            List.of(
                    new Column<>("cell", "smallint", t -> t.cell().number()),
                    new Column<>("id", "uuid", Touched::id),
                    new Column<>("now", "timestamptz", Touched::now));

    /** Counts as a change of the row: whoever works on it from an older version is refused, and reads it anew. */
    private static final EffectKind<Touched> CANCEL =
            new EffectKind<>(
                    "cash_out.cancel",
                    "cash_out",
                    """
                    UPDATE cash_out AS c SET cancel_asked = true, version = c.version + 1, due_at = least(c.due_at, n.now)
                      FROM unnest(?::smallint[], ?::uuid[], ?::timestamptz[]) AS n(cell, id, now)
                     WHERE c.cell = n.cell AND c.id = n.id
                       AND c.due_at IS NOT NULL
                       AND (c.state IN ('CHARGING', 'CODE_WANTED', 'RESERVED', 'CHARGED')
                            OR c.state = 'VOUCHER_HELD' AND c.sent_at IS NULL)
                    """,
                    TOUCHED);

    private record Counted(Cell cell, UUID id) {}

    private static final EffectKind<Counted> COUNT_CODE =
            new EffectKind<>(
                    "cash_out.count_code",
                    "cash_out",
                    """
                    UPDATE cash_out AS c SET code_tries = c.code_tries + 1
                      FROM unnest(?::smallint[], ?::uuid[]) AS n(cell, id)
                     WHERE c.cell = n.cell AND c.id = n.id AND c.code_tries < %d
                    """
                            .formatted(CustomerCodes.TRIES),
                    List.of(
                            new Column<>("cell", "smallint", c -> c.cell().number()),
                            new Column<>("id", "uuid", Counted::id)));

    /** {@code confirmation}: a hash of what confirmed it, so that the same request gets the same answer after any crash. */
    static Effect<?> add(CashOut cashOut, byte[] confirmation) {
        var terms = cashOut.terms();
        return new Effect<>(
                ADD,
                new Added(
                        terms.cell(),
                        cashOut.id().value(),
                        terms.customer().value(),
                        terms.id().value(),
                        confirmation,
                        terms.faceValue().minor(),
                        terms.net().minor(),
                        terms.provider(),
                        cashOut.confirmedAt()));
    }

    @Override
    public Effect<?> advance(CashOut to, boolean kept) {
        return new Effect<>(ADVANCE, new Advanced(to, kept ? due.seconds() : null));
    }

    static Effect<?> cancel(CashOut cashOut, Instant now) {
        return new Effect<>(CANCEL, new Touched(cashOut.cell(), cashOut.id().value(), now));
    }

    static Effect<?> countCode(CashOut cashOut) {
        return new Effect<>(COUNT_CODE, new Counted(cashOut.cell(), cashOut.id().value()));
    }

    @Override
    public List<Claim> claimDue(Instant now, int atMost) {
        return due.claim(now, atMost);
    }

    @Override
    public Optional<CashOut> read(Claim claimed) {
        return read(new CashOutId(claimed.id()));
    }

    @Override
    public Effect<?> park(Claim claimed) {
        return due.park(claimed);
    }

    Effect<?> again(CashOut cashOut, Instant now) {
        return due.again(cashOut.cell(), cashOut.id().value(), cashOut.version(), now);
    }

    /** A hint that something happened: look at it now. */
    private static String names(Predicate<CashOutState> which) {
        return Arrays.stream(CashOutState.values())
                .filter(which)
                .map(Enum::name)
                .collect(Collectors.joining(","));
    }

    /** Never while the customer chooses: that row is due when the time for it is over, and not before. */
    void hasten(Cell cell, UUID id, Instant now) {
        db.sql(
                        """
                        UPDATE cash_out SET due_at = :now
                         WHERE cell = :cell AND id = :id AND due_at > :now AND state <> ALL (string_to_array(:offered, ','))
                        """)
                .param("offered", OFFERED)
                .param("cell", cell.number())
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<CashOut> read(CashOutId id) {
        return db.sql("SELECT * FROM cash_out WHERE id = :id")
                .param("id", id.value())
                .query((row, n) -> unread(row))
                .optional()
                .map(this::withTerms);
    }

    /** Whether {@code confirmation} is what confirmed it. */
    boolean confirmedBy(UUID id, byte[] confirmation) {
        return db.sql(
                                "SELECT count(*) FROM cash_out WHERE id = :id AND confirmation = :confirmation")
                        .param("id", id)
                        .param("confirmation", confirmation)
                        .query(Long.class)
                        .single()
                == 1;
    }

    /**
     * A customer's cash-outs, newest first, that come before {@code before}.
     *
     * @param states none for all
     * @param text a part of the provider's code or of an amount, or empty
     */
    List<CashOut> of(
            CustomerId customer,
            List<String> states,
            String text,
            @Nullable UUID before,
            int atMost) {
        var found =
                db.sql(
                                """
                        SELECT * FROM cash_out
                         WHERE customer = :customer
                           AND (:anyState OR state = ANY (string_to_array(:states, ',')))
                           AND (:text = '' OR provider ILIKE '%' || :text || '%' OR face_value::text LIKE '%' || :text || '%'
                                OR net::text LIKE '%' || :text || '%')
                           AND (:before::uuid IS NULL OR id < :before::uuid)
                         ORDER BY id DESC LIMIT :atMost
                        """)
                        .param("customer", customer.value())
                        .param("anyState", states.isEmpty())
                        .param("states", String.join(",", states))
                        .param(
                                "text",
                                text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"))
                        .param("before", before == null ? null : before.toString())
                        .param("atMost", atMost)
                        .query((row, n) -> unread(row))
                        .list();
        return withTerms(found);
    }

    /** Confirmed from {@code from} on and before {@code until}, oldest first, after {@code after}. */
    List<CashOut> confirmed(Instant from, Instant until, @Nullable CashOut after, int atMost) {
        var since = after == null ? from : after.confirmedAt();
        var found =
                db.sql(
                                """
                        SELECT * FROM cash_out
                         WHERE confirmed_at >= :from AND confirmed_at < :until AND (:id::uuid IS NULL OR (confirmed_at, id) > (:from, :id::uuid))
                         ORDER BY confirmed_at, id LIMIT :atMost
                        """)
                        .param("from", since.atOffset(ZoneOffset.UTC))
                        .param("until", until.atOffset(ZoneOffset.UTC))
                        .param("id", after == null ? null : after.id().value().toString())
                        .param("atMost", atMost)
                        .query((row, n) -> unread(row))
                        .list();
        return withTerms(found);
    }

    /** Those of these that there are. */
    List<CashOut> read(Collection<UUID> ids) {
        var found =
                db.sql("SELECT * FROM cash_out WHERE id IN (:ids)")
                        .param("ids", ids)
                        .query((row, n) -> unread(row))
                        .list();
        return withTerms(found);
    }

    /** The earliest confirmation among those that have changed since then, or of which something came since then; else {@code since}. */
    Instant confirmedBefore(Instant since) {
        return db.sql(
                        """
                        SELECT least(:since, min(confirmed_at)) FROM cash_out AS c
                         WHERE state_since >= :since
                            OR id IN (SELECT cash_out FROM aftermath WHERE state_since >= :since AND state NOT IN ('WATCHED', 'NOTHING_CAME'))
                        """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, n) -> row.getTimestamp(1).toInstant())
                .single();
    }

    /** What has not ended, oldest first, for the staff. */
    List<CashOut> running(int atMost) {
        var found =
                db.sql(
                                """
                        SELECT * FROM cash_out WHERE state <> ALL (string_to_array(:ends, ','))
                         ORDER BY confirmed_at LIMIT :atMost
                        """)
                        .param("ends", ENDS)
                        .param("atMost", atMost)
                        .query((row, n) -> unread(row))
                        .list();
        return withTerms(found);
    }

    /** A row whose quote was not opened yet: that is read when this query has given its connection back. */
    private record Unread(QuoteId quote, Function<Terms, CashOut> with) {}

    private List<CashOut> withTerms(List<Unread> rows) {
        var terms = quotes.terms(rows.stream().map(Unread::quote).toList());
        return rows.stream()
                .filter(row -> terms.containsKey(row.quote()))
                .map(row -> row.with().apply(terms.get(row.quote())))
                .toList();
    }

    private CashOut withTerms(Unread row) {
        return row.with().apply(quotes.row(row.quote()).orElseThrow().terms());
    }

    private static Unread unread(ResultSet row) throws SQLException {
        var id = new CashOutId(row.getObject("id", UUID.class));
        var state = CashOutState.valueOf(row.getString("state"));
        long version = row.getLong("version");
        long sequence = row.getLong("sequence");
        int calls = row.getInt("calls");
        var stateSince = row.getTimestamp("state_since").toInstant();
        var attempt = attempt(row);
        int codeTries = row.getInt("code_tries");
        boolean cancelAsked = row.getBoolean("cancel_asked");
        var dueAt = instant(row.getTimestamp("due_at"));
        var reason = row.getString("reason");
        var confirmedAt = row.getTimestamp("confirmed_at").toInstant();
        return new Unread(
                new QuoteId(row.getObject("quote", UUID.class)),
                terms ->
                        new CashOut(
                                id,
                                terms,
                                state,
                                version,
                                sequence,
                                calls,
                                stateSince,
                                attempt,
                                codeTries,
                                cancelAsked,
                                dueAt,
                                reason,
                                confirmedAt));
    }

    static Attempt attempt(ResultSet row) throws SQLException {
        return new Attempt(
                row.getInt("tries"),
                instant(row.getTimestamp("sent_at")),
                row.getBoolean("repeated"),
                row.getBoolean("asking"),
                row.getInt("absent"));
    }

    static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
