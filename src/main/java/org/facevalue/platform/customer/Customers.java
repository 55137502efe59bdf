package org.facevalue.platform.customer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.facevalue.platform.crypto.BlindIndex;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.customer.DesignatedAccount.AccountId;
import org.facevalue.platform.customer.PhoneLine.LineId;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The room's tables. Every read names the customer it is for. */
@Component
public class Customers {
    private static final String NAME = "customer.name";
    private static final String LINE = "phone_line.number";
    private static final String ACCOUNT = "designated_account.number";
    private static final String HOLDER = "designated_account.holder";
    private final JdbcClient db;
    private final Vault vault;
    private final BlindIndex index;
    private final Ids ids;

    Customers(JdbcClient db, Vault vault, BlindIndex index, Ids ids) {
        this.db = db;
        this.vault = vault;
        this.index = index;
        this.ids = ids;
    }

    private record CustomerRow(Cell cell, UUID id, byte[] name, Instant at) {}

    private static final EffectKind<CustomerRow> ADD =
            EffectKind.insert(
                    "customer.add",
                    "customer",
                    List.of(
                            new Column<>("cell", "smallint", r -> r.cell().number()),
                            new Column<>("id", "uuid", CustomerRow::id),
                            new Column<>("name", "bytea", CustomerRow::name),
                            new Column<>("joined_at", "timestamptz", CustomerRow::at)));

    private record LineRow(
            Cell cell,
            UUID id,
            UUID customer,
            byte[] number,
            byte[] index,
            @Nullable String residence,
            Instant at) {}

    private static final EffectKind<LineRow> ADD_LINE =
            EffectKind.insert(
                    "phone_line.add",
                    "phone_line",
                    List.of(
                            new Column<>("cell", "smallint", r -> r.cell().number()),
                            new Column<>("id", "uuid", LineRow::id),
                            new Column<>("customer", "uuid", LineRow::customer),
                            new Column<>("number", "bytea", LineRow::number),
                            new Column<>("number_index", "bytea", LineRow::index),
                            new Column<>("residence", "text", LineRow::residence),
                            new Column<>("added_at", "timestamptz", LineRow::at)));

    private record AccountRow(
            Cell cell,
            UUID id,
            UUID customer,
            byte[] number,
            byte[] index,
            byte[] holder,
            Instant at) {}

    private static final EffectKind<AccountRow> ADD_ACCOUNT =
            EffectKind.insert(
                    "designated_account.add",
                    "designated_account",
                    List.of(
                            new Column<>("cell", "smallint", r -> r.cell().number()),
                            new Column<>("id", "uuid", AccountRow::id),
                            new Column<>("customer", "uuid", AccountRow::customer),
                            new Column<>("number", "bytea", AccountRow::number),
                            new Column<>("number_index", "bytea", AccountRow::index),
                            new Column<>("holder", "bytea", AccountRow::holder),
                            new Column<>("verified_at", "timestamptz", AccountRow::at)));

    public CustomerId nextId() {
        return new CustomerId(ids.next());
    }

    public LineId nextLineId() {
        return new LineId(ids.next());
    }

    public AccountId nextAccountId() {
        return new AccountId(ids.next());
    }

    public Effect<?> add(Cell cell, CustomerId id, String name, Instant at) {
        return new Effect<>(
                ADD, new CustomerRow(cell, id.value(), vault.seal(name, NAME).bytes(), at));
    }

    /**
     * Refuses the command when this or another customer has that line already.
     *
     * @param residence where whoever holds it lives, as its carrier has it: ISO 3166-1 alpha-2; null where it does not say
     */
    public Effect<?> add(Cell cell, PhoneLine line, @Nullable String residence, Instant at) {
        return new Effect<>(
                ADD_LINE,
                new LineRow(
                        cell,
                        line.id().value(),
                        line.customer().value(),
                        vault.seal(line.number(), LINE).bytes(),
                        index.of(line.number(), LINE),
                        residence,
                        at));
    }

    /** Refuses the command when this customer has that account already. */
    public Effect<?> add(Cell cell, DesignatedAccount account, Instant at) {
        return new Effect<>(
                ADD_ACCOUNT,
                new AccountRow(
                        cell,
                        account.id().value(),
                        account.customer().value(),
                        vault.seal(account.number(), ACCOUNT).bytes(),
                        index.of(account.number(), ACCOUNT),
                        vault.seal(account.holder(), HOLDER).bytes(),
                        at));
    }

    /** The cell this customer lives in, for life. */
    public Cell cellOf(CustomerId customer) {
        return new Cell(
                db.sql("SELECT cell FROM customer WHERE id = :id")
                        .param("id", customer.value())
                        .query(Short.class)
                        .single());
    }

    public Optional<String> name(CustomerId customer) {
        return db.sql("SELECT name FROM customer WHERE id = :id")
                .param("id", customer.value())
                .query(byte[].class)
                .optional()
                .map(name -> vault.open(new Sealed(name), NAME));
    }

    public List<PhoneLine> lines(CustomerId customer) {
        return db.sql(
                        "SELECT id, customer, number FROM phone_line WHERE customer = :customer ORDER BY added_at")
                .param("customer", customer.value())
                .query((row, n) -> line(row))
                .list();
    }

    public Optional<PhoneLine> line(CustomerId customer, LineId id) {
        return db.sql(
                        "SELECT id, customer, number FROM phone_line WHERE customer = :customer AND id = :id")
                .param("customer", customer.value())
                .param("id", id.value())
                .query((row, n) -> line(row))
                .optional();
    }

    /** Where the customer lives, as the carriers of their lines had it when these were added: ISO 3166-1 alpha-2, and {@code ""} for one that has not said. */
    public Set<String> residences(CustomerId customer) {
        return db.sql("SELECT coalesce(residence, '') FROM phone_line WHERE customer = :customer")
                .param("customer", customer.value())
                .query(String.class)
                .set();
    }

    public List<DesignatedAccount> accounts(CustomerId customer) {
        return db.sql(
                        """
                        SELECT id, customer, number, holder FROM designated_account
                         WHERE customer = :customer ORDER BY verified_at
                        """)
                .param("customer", customer.value())
                .query((row, n) -> account(row))
                .list();
    }

    public Optional<DesignatedAccount> account(CustomerId customer, AccountId id) {
        return db.sql(
                        """
                        SELECT id, customer, number, holder FROM designated_account
                         WHERE customer = :customer AND id = :id
                        """)
                .param("customer", customer.value())
                .param("id", id.value())
                .query((row, n) -> account(row))
                .optional();
    }

    private PhoneLine line(java.sql.ResultSet row) throws java.sql.SQLException {
        return new PhoneLine(
                new LineId(row.getObject("id", UUID.class)),
                new CustomerId(row.getObject("customer", UUID.class)),
                vault.open(new Sealed(row.getBytes("number")), LINE));
    }

    private DesignatedAccount account(java.sql.ResultSet row) throws java.sql.SQLException {
        return new DesignatedAccount(
                new AccountId(row.getObject("id", UUID.class)),
                new CustomerId(row.getObject("customer", UUID.class)),
                vault.open(new Sealed(row.getBytes("number")), ACCOUNT),
                vault.open(new Sealed(row.getBytes("holder")), HOLDER));
    }
}
