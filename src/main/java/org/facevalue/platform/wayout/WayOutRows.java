package org.facevalue.platform.wayout;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.facevalue.platform.crypto.BlindIndex;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.DesignatedAccount.AccountId;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.outside.Claim;
import org.facevalue.platform.outside.DueRows;
import org.facevalue.platform.voucher.Vouchers;
import org.facevalue.platform.wayout.Basis.Ground;
import org.facevalue.platform.wayout.Purchase.PurchaseId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code way_out}, which is also a queue. Reading is here; a change rides in a {@code Command}. */
@Component
class WayOutRows {
    private static final String BASIS = "way_out.basis";
    private static final String CHARGE = "way_out.charge";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final JdbcClient db;
    private final Vault vault;
    private final BlindIndex index;
    private final Purchases purchases;
    private final Vouchers vouchers;
    private final DueRows due;

    WayOutRows(
            JdbcClient db,
            Vault vault,
            BlindIndex index,
            Purchases purchases,
            Vouchers vouchers,
            @Value("${facevalue.outside.lease}") Duration lease) {
        this.db = db;
        this.vault = vault;
        this.index = index;
        this.purchases = purchases;
        this.vouchers = vouchers;
        this.due = new DueRows(db, "way_out", lease);
    }

    /** What is sealed of a basis: it tells of the customer's account. */
    private record Document(
            String packs,
            List<Ground> grounds,
            boolean points,
            @Nullable UUID account,
            String language) {}

    private record Begun(WayOut wayOut, byte[] basis, byte[] charge) {}

    private static final EffectKind<Begun> ADD =
            EffectKind.insert(
                    "way_out.add",
                    "way_out",
                    List.of(
                            new Column<>("cell", "smallint", b -> b.wayOut().cell().number()),
                            new Column<>("id", "uuid", b -> b.wayOut().id().value()),
                            new Column<>(
                                    "customer",
                                    "uuid",
                                    b -> b.wayOut().purchase().customer().value()),
                            new Column<>(
                                    "purchase", "uuid", b -> b.wayOut().purchase().id().value()),
                            new Column<>("charge", "bytea", Begun::charge),
                            new Column<>("kind", "text", b -> b.wayOut().kind().name()),
                            new Column<>("party", "text", b -> b.wayOut().basis().party()),
                            new Column<>("basis", "bytea", Begun::basis),
                            new Column<>("gives", "bigint", b -> minor(b.wayOut().basis().gives())),
                            new Column<>("state", "text", b -> b.wayOut().state().name()),
                            new Column<>("version", "bigint", b -> b.wayOut().version()),
                            new Column<>("sequence", "bigint", b -> b.wayOut().sequence()),
                            new Column<>("calls", "int4", b -> b.wayOut().calls()),
                            new Column<>("tries", "int4", b -> b.wayOut().tries()),
                            new Column<>("created_at", "timestamptz", b -> b.wayOut().createdAt()),
                            new Column<>(
                                    "state_since", "timestamptz", b -> b.wayOut().stateSince()),
                            new Column<>("until_day", "date", b -> b.wayOut().until().day()),
                            new Column<>("until_law", "text", b -> b.wayOut().until().law()),
                            new Column<>("until_near", "date", b -> b.wayOut().until().near()),
                            new Column<>("withheld", "bool", b -> b.wayOut().withheld()),
                            new Column<>("reminded", "bool", b -> b.wayOut().reminded()),
                            new Column<>("due_at", "timestamptz", b -> b.wayOut().dueAt())));

    /**
     * @param lease in seconds, or null when the row is free again
     * @param intends whether something is only about to be done: that settles nothing
     */
    private record Advanced(WayOut to, @Nullable Double lease, boolean intends) {}

    private static final EffectKind<Advanced> ADVANCE =
            new EffectKind<>(
                    "way_out.advance",
                    "way_out",
                    """
                    UPDATE way_out AS w
                       SET state = n.state, version = n.version, sequence = n.sequence, calls = n.calls, tries = n.tries, state_since = n.state_since,
                           until_day = n.until_day, until_law = n.until_law, until_near = n.until_near, withheld = n.withheld, reminded = n.reminded, said = n.said,
                           given = n.given, case_number = n.case_number, due_at = n.due_at,
                           failures = CASE WHEN n.intends THEN w.failures ELSE 0 END,
                           lease_until = clock_timestamp() + make_interval(secs => n.lease)
                      FROM unnest(?::smallint[], ?::uuid[], ?::text[], ?::bigint[], ?::bigint[], ?::int[], ?::int[], ?::timestamptz[], ?::date[], ?::text[], ?::date[],
                                  ?::bool[], ?::bool[], ?::text[], ?::bigint[], ?::text[], ?::timestamptz[], ?::float8[], ?::bool[])
                           AS n(cell, id, state, version, sequence, calls, tries, state_since, until_day, until_law, until_near,
                                withheld, reminded, said, given, case_number, due_at, lease, intends)
                     WHERE w.cell = n.cell AND w.id = n.id AND w.version = n.version - 1
                    """,
                    List.of(
                            new Column<>("cell", "smallint", a -> a.to().cell().number()),
                            new Column<>("id", "uuid", a -> a.to().id().value()),
                            new Column<>("state", "text", a -> a.to().state().name()),
                            new Column<>("version", "bigint", a -> a.to().version()),
                            new Column<>("sequence", "bigint", a -> a.to().sequence()),
                            new Column<>("calls", "int4", a -> a.to().calls()),
                            new Column<>("tries", "int4", a -> a.to().tries()),
                            new Column<>("state_since", "timestamptz", a -> a.to().stateSince()),
                            new Column<>("until_day", "date", a -> a.to().until().day()),
                            new Column<>("until_law", "text", a -> a.to().until().law()),
                            new Column<>("until_near", "date", a -> a.to().until().near()),
                            new Column<>("withheld", "bool", a -> a.to().withheld()),
                            new Column<>("reminded", "bool", a -> a.to().reminded()),
                            new Column<>("said", "text", a -> a.to().said()),
                            new Column<>("given", "bigint", a -> minor(a.to().given())),
                            new Column<>("case_number", "text", a -> a.to().caseNumber()),
                            new Column<>("due_at", "timestamptz", a -> a.to().dueAt()),
                            new Column<>("lease", "float8", Advanced::lease),
                            new Column<>("intends", "bool", Advanced::intends)));

    private static @Nullable Long minor(@Nullable Money money) {
        return money == null ? null : money.minor();
    }

    Effect<?> add(WayOut begun) {
        var basis = begun.basis();
        var account = basis.account();
        var document =
                new Document(
                        basis.packs(),
                        basis.grounds(),
                        basis.points(),
                        account == null ? null : account.value(),
                        basis.language().getLanguage());
        return new Effect<>(
                ADD,
                new Begun(
                        begun,
                        vault.seal(JSON.writeValueAsString(document), BASIS).bytes(),
                        charge(begun.purchase())));
    }

    /** @param kept whether the same worker goes on with it */
    Effect<?> advance(WayOut to, boolean kept) {
        return new Effect<>(ADVANCE, new Advanced(to, kept ? due.seconds() : null, false));
    }

    /** Before something is said; the same worker goes on with it. */
    Effect<?> intend(WayOut to) {
        return new Effect<>(ADVANCE, new Advanced(to, due.seconds(), true));
    }

    Effect<?> park(Claim claimed) {
        return due.park(claimed);
    }

    Effect<?> again(WayOut wayOut, Instant now) {
        return due.again(wayOut.cell(), wayOut.id().value(), wayOut.version(), now);
    }

    List<Claim> claimDue(Instant now, int atMost) {
        return due.claim(now, atMost);
    }

    Optional<WayOut> any(WayOutId id) {
        return found("WHERE w.id = :id", Map.of("id", id.value())).stream().findFirst();
    }

    /** The customer's, newest first. */
    List<WayOut> of(CustomerId customer) {
        return found(
                "WHERE w.customer = :customer ORDER BY w.id DESC LIMIT 200",
                Map.of("customer", customer.value()));
    }

    /** Of one charge or voucher, however often it was entered; newest first. */
    List<WayOut> of(Purchase purchase) {
        return found(
                "WHERE w.cell = :cell AND w.charge = :charge ORDER BY w.id DESC",
                Map.of("cell", purchase.cell().number(), "charge", charge(purchase)));
    }

    /** A keyed digest of whose it is, of which line and number; of a voucher that was kept here, as if its holder had entered it by its code. */
    private byte[] charge(Purchase purchase) {
        var cashOut = purchase.cashOut();
        var number =
                cashOut == null
                        ? purchase.number()
                        : vouchers.of(purchase.cell(), cashOut.value())
                                .map(vouchers::code)
                                .orElseThrow();
        var line = cashOut == null ? purchase.line() : null;
        return index.of(
                purchase.customer().value() + "/" + line + "/" + alphanumeric(number), CHARGE);
    }

    private static String alphanumeric(String number) {
        return number.replaceAll("[^0-9A-Za-z]", "").toUpperCase(Locale.ROOT);
    }

    /** Those that have not ended, oldest first. */
    List<WayOut> running(int atMost) {
        return found(
                "WHERE w.state NOT IN ('UNDONE', 'TAKEN_BACK', 'LEFT', 'REFERRED') ORDER BY w.state_since LIMIT "
                        + atMost,
                Map.of());
    }

    /** Those begun before {@code until} that have changed since {@code from}, oldest first. */
    List<WayOut> changed(Instant from, Instant until) {
        return found(
                "WHERE w.state_since >= :from AND w.created_at < :until ORDER BY w.created_at",
                Map.of("from", Timestamp.from(from), "until", Timestamp.from(until)));
    }

    /** Those begun since then, latest first. */
    List<WayOut> latest(Instant since, int atMost) {
        return found(
                "WHERE w.created_at >= :since ORDER BY w.created_at DESC LIMIT " + atMost,
                Map.of("since", Timestamp.from(since)));
    }

    /** When the oldest was asked for of those that have changed since then; {@code since} where none has. */
    Instant begunBefore(Instant since) {
        return db.sql(
                        "SELECT coalesce(min(created_at), :since) FROM way_out WHERE state_since >= :since")
                .param("since", Timestamp.from(since))
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    private record Unread(PurchaseId purchase, Function<Purchase, WayOut> with) {}

    /** Their purchases are read together, when the first query has given its connection back. */
    private List<WayOut> found(String where, Map<String, ?> with) {
        var rows =
                db.sql("SELECT w.* FROM way_out w " + where)
                        .params(with)
                        .query((row, n) -> unread(row))
                        .list();
        var known = purchases.all(rows.stream().map(Unread::purchase).collect(Collectors.toSet()));
        return rows.stream()
                .map(row -> row.with().apply(Objects.requireNonNull(known.get(row.purchase()))))
                .toList();
    }

    private Unread unread(ResultSet row) throws SQLException {
        var id = new WayOutId(row.getObject("id", UUID.class));
        var kind = Kind.valueOf(row.getString("kind"));
        var party = row.getString("party");
        var document =
                JSON.readValue(
                        vault.open(new Sealed(row.getBytes("basis")), BASIS), Document.class);
        var gives = row.getObject("gives", Long.class);
        var state = WayOutState.valueOf(row.getString("state"));
        long version = row.getLong("version");
        long sequence = row.getLong("sequence");
        int calls = row.getInt("calls");
        int tries = row.getInt("tries");
        var createdAt = row.getTimestamp("created_at").toInstant();
        var stateSince = row.getTimestamp("state_since").toInstant();
        var until =
                new WayOut.Until(
                        row.getObject("until_day", LocalDate.class),
                        row.getString("until_law"),
                        row.getObject("until_near", LocalDate.class));
        boolean withheld = row.getBoolean("withheld");
        boolean reminded = row.getBoolean("reminded");
        var said = row.getString("said");
        var given = row.getObject("given", Long.class);
        var caseNumber = row.getString("case_number");
        var dueAt = row.getTimestamp("due_at");
        var account = document.account();
        return new Unread(
                new PurchaseId(row.getObject("purchase", UUID.class)),
                purchase ->
                        new WayOut(
                                id,
                                purchase,
                                kind,
                                new Basis(
                                        party,
                                        document.packs(),
                                        document.grounds(),
                                        money(gives, purchase),
                                        document.points(),
                                        account == null ? null : new AccountId(account),
                                        Locale.of(document.language())),
                                state,
                                version,
                                sequence,
                                calls,
                                tries,
                                createdAt,
                                stateSince,
                                until,
                                withheld,
                                reminded,
                                said,
                                money(given, purchase),
                                caseNumber,
                                dueAt == null ? null : dueAt.toInstant()));
    }

    private static @Nullable Money money(@Nullable Long minor, Purchase purchase) {
        return minor == null ? null : new Money(minor, purchase.amount().currency());
    }

    /** Those of these that there are. */
    List<WayOut> all(Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : found("WHERE w.id IN (:ids)", Map.of("ids", ids));
    }

    /** Those among these subjects. */
    Map<UUID, WayOutId> among(Collection<UUID> subjects) {
        var found = new HashMap<UUID, WayOutId>();
        if (subjects.isEmpty()) return found;
        db.sql("SELECT id FROM way_out WHERE id IN (:ids)")
                .param("ids", subjects)
                .query(
                        row -> {
                            var id = row.getObject("id", UUID.class);
                            found.put(id, new WayOutId(id));
                        });
        return found;
    }
}
