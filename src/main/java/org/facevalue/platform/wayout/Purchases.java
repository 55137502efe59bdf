package org.facevalue.platform.wayout;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.facevalue.platform.cashout.CashOutId;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.customer.DesignatedAccount;
import org.facevalue.platform.customer.DesignatedAccount.AccountId;
import org.facevalue.platform.customer.PhoneLine;
import org.facevalue.platform.customer.PhoneLine.LineId;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.platform.wayout.Purchase.PurchaseId;
import org.facevalue.platform.wayout.Purchase.Voucher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The tables {@code purchase} and {@code evidence}. What a customer writes is sealed; neither is altered afterwards. */
@Component
public class Purchases {
    private static final String DOCUMENT = "purchase.document";
    private static final String NAME = "evidence.name";
    private static final String CONTENT = "evidence.content";
    private static final int MOST_EVIDENCE = 5;

    /** Of one file, in bytes. */
    public static final int LARGEST_EVIDENCE = 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final JdbcClient db;
    private final Vault vault;
    private final Customers customers;
    private final Facts facts;
    private final Ids ids;
    private final BusinessClock clock;

    Purchases(
            JdbcClient db,
            Vault vault,
            Customers customers,
            Facts facts,
            Ids ids,
            BusinessClock clock) {
        this.db = db;
        this.vault = vault;
        this.customers = customers;
        this.facts = facts;
        this.ids = ids;
        this.clock = clock;
    }

    /** What is sealed of a purchase. */
    private record Document(
            String seller, String article, String number, @Nullable VoucherDocument voucher) {}

    private record VoucherDocument(
            String issuer, LocalDate expiresOn, long faceValue, long balance) {}

    private record Row(Purchase purchase, byte[] document, Instant at) {}

    private static final EffectKind<Row> ENTER =
            EffectKind.insert(
                    "purchase.enter",
                    "purchase",
                    List.of(
                            new Column<>("cell", "smallint", r -> r.purchase().cell().number()),
                            new Column<>("id", "uuid", r -> r.purchase().id().value()),
                            new Column<>("customer", "uuid", r -> r.purchase().customer().value()),
                            new Column<>("line", "uuid", Purchases::lineOf),
                            new Column<>("cash_out", "uuid", Purchases::cashOutOf),
                            new Column<>("document", "bytea", Row::document),
                            new Column<>("bought_on", "date", r -> r.purchase().boughtOn()),
                            new Column<>("amount", "bigint", r -> r.purchase().amount().minor()),
                            new Column<>(
                                    "currency",
                                    "text",
                                    r -> r.purchase().amount().currency().getCurrencyCode()),
                            new Column<>("entered_at", "timestamptz", Row::at)));

    private static @Nullable UUID lineOf(Row row) {
        var line = row.purchase().line();
        return line == null ? null : line.value();
    }

    private static @Nullable UUID cashOutOf(Row row) {
        var cashOut = row.purchase().cashOut();
        return cashOut == null ? null : cashOut.value();
    }

    private record EvidenceRow(
            Cell cell,
            UUID id,
            PurchaseId purchase,
            byte[] name,
            String mediaType,
            int size,
            String digest,
            byte[] content,
            Instant at) {}

    private static final EffectKind<EvidenceRow> ADD =
            EffectKind.insert(
                    "evidence.add",
                    "evidence",
                    List.of(
                            new Column<>("cell", "smallint", e -> e.cell().number()),
                            new Column<>("id", "uuid", EvidenceRow::id),
                            new Column<>("purchase", "uuid", e -> e.purchase().value()),
                            new Column<>("name", "bytea", EvidenceRow::name),
                            new Column<>("media_type", "text", EvidenceRow::mediaType),
                            new Column<>("size", "int4", EvidenceRow::size),
                            new Column<>("digest", "text", EvidenceRow::digest),
                            new Column<>("content", "bytea", EvidenceRow::content),
                            new Column<>("added_at", "timestamptz", EvidenceRow::at)));

    public PurchaseId nextId() {
        return new PurchaseId(ids.next());
    }

    /** Enters what a customer has bought. Everything in it was checked. The same cash-out again is the same purchase. */
    public Purchase enter(Purchase purchase) {
        var cashOut = purchase.cashOut();
        var voucher = purchase.voucher();
        var document =
                JSON.writeValueAsString(
                        new Document(
                                purchase.seller(),
                                purchase.article(),
                                purchase.number(),
                                voucher == null
                                        ? null
                                        : new VoucherDocument(
                                                voucher.issuer(),
                                                voucher.expiresOn(),
                                                voucher.faceValue().minor(),
                                                voucher.balance().minor())));
        var now = clock.now();
        var row = new Row(purchase, vault.seal(document, DOCUMENT).bytes(), now);
        var outcome = commit(purchase, "purchase-entered", now, new Effect<>(ENTER, row));
        // Refused: somebody has entered it in this moment.
        return cashOut == null || outcome instanceof Outcome.Committed
                ? purchase
                : Objects.requireNonNull(madeBy(List.of(cashOut)).get(cashOut));
    }

    /** The purchases that these cash-outs were entered as. */
    public Map<CashOutId, Purchase> madeBy(Collection<CashOutId> cashOuts) {
        if (cashOuts.isEmpty()) return Map.of();
        return db
                .sql("SELECT * FROM purchase WHERE cell = :cell AND cash_out IN (:cashOuts)")
                .param("cell", Cell.FIRST.number())
                .param("cashOuts", cashOuts.stream().map(CashOutId::value).toList())
                .query((row, n) -> purchase(row))
                .list()
                .stream()
                .collect(
                        Collectors.toMap(
                                made -> Objects.requireNonNull(made.cashOut()), made -> made));
    }

    private Outcome commit(Purchase purchase, String type, Instant now, Effect<?> effect) {
        var fact =
                new Facts.Fact(purchase.cell(), "pu", purchase.id().value(), type, now, Map.of());
        return facts.commit(ids.next() + "/" + type, fact, List.of(effect));
    }

    /** A file that a customer has added, without its content. {@code digest}: SHA-256 in hex. */
    public record Evidence(
            UUID id, String name, FileType type, int size, String digest, Instant addedAt) {}

    /** What came of adding a file. */
    public enum Added {
        DONE,
        /** Neither a PDF nor a picture, whatever it says it is. */
        WRONG_TYPE,
        TOO_MANY
    }

    /** Whether the file is of a kind that is taken, and is what it is said to be. */
    public static boolean isTaken(String claimed, byte[] content) {
        return FileType.of(content).filter(type -> type.isClaimedBy(claimed)).isPresent();
    }

    /** The same file again is there once. */
    public Added addEvidence(Purchase purchase, String name, String claimed, byte[] content) {
        var type = FileType.of(content);
        if (type.isEmpty() || !type.get().isClaimedBy(claimed)) return Added.WRONG_TYPE;
        if (evidence(purchase).size() >= MOST_EVIDENCE) return Added.TOO_MANY;
        var now = clock.now();
        var row =
                new EvidenceRow(
                        purchase.cell(),
                        ids.next(),
                        purchase.id(),
                        vault.seal(name, NAME).bytes(),
                        type.get().mediaType(),
                        content.length,
                        FileType.digest(content),
                        vault.seal(HexFormat.of().formatHex(content), CONTENT).bytes(),
                        now);
        commit(purchase, "evidence-added", now, new Effect<>(ADD, row));
        return Added.DONE;
    }

    public List<Evidence> evidence(Purchase purchase) {
        return db.sql(
                        """
                        SELECT id, name, media_type, size, digest, added_at FROM evidence
                         WHERE cell = :cell AND purchase = :purchase ORDER BY id
                        """)
                .param("cell", purchase.cell().number())
                .param("purchase", purchase.id().value())
                .query(
                        (row, n) ->
                                new Evidence(
                                        row.getObject("id", UUID.class),
                                        vault.open(new Sealed(row.getBytes("name")), NAME),
                                        FileType.named(row.getString("media_type")),
                                        row.getInt("size"),
                                        row.getString("digest"),
                                        row.getTimestamp("added_at").toInstant()))
                .list();
    }

    /** What is in a file. */
    public byte[] content(Purchase purchase, Evidence evidence) {
        return db.sql("SELECT content FROM evidence WHERE cell = :cell AND id = :id")
                .param("cell", purchase.cell().number())
                .param("id", evidence.id())
                .query(
                        (row, n) ->
                                HexFormat.of()
                                        .parseHex(
                                                vault.open(
                                                        new Sealed(row.getBytes("content")),
                                                        CONTENT)))
                .single();
    }

    /** The customer's, newest first, at most so many. */
    public List<Purchase> of(CustomerId customer, int atMost) {
        return db.sql(
                        "SELECT * FROM purchase WHERE customer = :customer ORDER BY id DESC LIMIT :most")
                .param("customer", customer.value())
                .param("most", atMost)
                .query((row, n) -> purchase(row))
                .list();
    }

    public Optional<Purchase> of(CustomerId customer, PurchaseId id) {
        return Optional.ofNullable(all(Set.of(id)).get(id))
                .filter(purchase -> purchase.customer().equals(customer));
    }

    /** Those, whoever's they are. */
    Map<PurchaseId, Purchase> all(Collection<PurchaseId> ids) {
        if (ids.isEmpty()) return Map.of();
        return db
                .sql("SELECT * FROM purchase WHERE id IN (:ids)")
                .param("ids", ids.stream().map(PurchaseId::value).toList())
                .query((row, n) -> purchase(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Purchase::id, purchase -> purchase));
    }

    /** The line whose bill it is on, E.164, or null where it is on none. */
    @Nullable String lineNumber(Purchase purchase) {
        return purchase.line() == null
                ? null
                : customers
                        .line(purchase.customer(), purchase.line())
                        .map(PhoneLine::number)
                        .orElseThrow();
    }

    /** Where the customer lives: ISO 3166-1 alpha-2. */
    Set<String> residences(Purchase purchase) {
        return customers.residences(purchase.customer());
    }

    /** Of the customer's account, or null where none is named. */
    @Nullable String accountNumber(Purchase purchase, @Nullable AccountId account) {
        return account == null
                ? null
                : customers
                        .account(purchase.customer(), account)
                        .map(DesignatedAccount::number)
                        .orElseThrow();
    }

    private Purchase purchase(ResultSet row) throws SQLException {
        var document =
                JSON.readValue(
                        vault.open(new Sealed(row.getBytes("document")), DOCUMENT), Document.class);
        var currency = Currency.getInstance(row.getString("currency"));
        var line = row.getObject("line", UUID.class);
        var cashOut = row.getObject("cash_out", UUID.class);
        var voucher = document.voucher();
        return new Purchase(
                new PurchaseId(row.getObject("id", UUID.class)),
                new CustomerId(row.getObject("customer", UUID.class)),
                new Cell(row.getShort("cell")),
                line == null ? null : new LineId(line),
                cashOut == null ? null : new CashOutId(cashOut),
                document.seller(),
                document.article(),
                document.number(),
                row.getObject("bought_on", LocalDate.class),
                new Money(row.getLong("amount"), currency),
                voucher == null
                        ? null
                        : new Voucher(
                                voucher.issuer(),
                                voucher.expiresOn(),
                                new Money(voucher.faceValue(), currency),
                                new Money(voucher.balance(), currency)));
    }
}
