package org.facevalue.platform.carrier;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.carrier.Charge.Fact;
import org.facevalue.platform.carrier.Charge.Status;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.outside.Callbacks;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code charge}. */
@Component
public class Charges {
    /** What callbacks about a charge are kept under. */
    static final String CALLBACK = "charge";

    private static final String NUMBER = "charge.number";
    private final JdbcClient db;
    private final Vault vault;
    private final Callbacks callbacks;

    Charges(JdbcClient db, Vault vault, Callbacks callbacks) {
        this.db = db;
        this.vault = vault;
        this.callbacks = callbacks;
    }

    private record Opened(
            Cell cell,
            UUID caller,
            String carrier,
            byte[] number,
            long faceValue,
            String currency,
            Instant at) {}

    private record Told(
            Cell cell,
            UUID caller,
            String paymentId,
            String status,
            @Nullable String authorizationId) {}

    private static final EffectKind<Opened> OPEN =
            EffectKind.insert(
                    "charge.open",
                    "charge",
                    List.of(
                            new Column<>("cell", "smallint", o -> o.cell().number()),
                            new Column<>("caller", "uuid", Opened::caller),
                            new Column<>("carrier", "text", Opened::carrier),
                            new Column<>("number", "bytea", Opened::number),
                            new Column<>("face_value", "bigint", Opened::faceValue),
                            new Column<>("currency", "text", Opened::currency),
                            new Column<>("opened_at", "timestamptz", Opened::at)));

    private static final EffectKind<Told> TELL =
            new EffectKind<>(
                    "charge.tell",
                    "charge",
                    """
                    UPDATE charge AS c
                       SET payment_id = n.payment_id, status = n.status,
                           authorization_id = coalesce(n.authorization_id, c.authorization_id)
                      FROM unnest(?::smallint[], ?::uuid[], ?::text[], ?::text[], ?::text[])
                           AS n(cell, caller, payment_id, status, authorization_id)
                     WHERE c.cell = n.cell AND c.caller = n.caller
                    """,
                    List.of(
                            new Column<>("cell", "smallint", t -> t.cell().number()),
                            new Column<>("caller", "uuid", Told::caller),
                            new Column<>("payment_id", "text", Told::paymentId),
                            new Column<>("status", "text", Told::status),
                            new Column<>("authorization_id", "text", Told::authorizationId)));

    /** The charge's row, and leave for the carrier to call back, before anything is sent. */
    public List<Effect<?>> open(
            Cell cell, UUID caller, String carrier, String number, Money faceValue, Instant at) {
        var row =
                new Effect<>(
                        OPEN,
                        new Opened(
                                cell,
                                caller,
                                carrier,
                                vault.seal(number, NUMBER).bytes(),
                                faceValue.minor(),
                                faceValue.currency().getCurrencyCode(),
                                at));
        return List.of(row, callbacks.expect(cell, caller, CALLBACK));
    }

    /** Keeps what the carrier told. */
    public static Effect<?> tell(Charge charge, Fact fact) {
        return new Effect<>(
                TELL,
                new Told(
                        charge.cell(),
                        charge.caller(),
                        fact.paymentId(),
                        fact.status().name().toLowerCase(Locale.ROOT),
                        fact.authorizationId()));
    }

    /** Whether the charge's carrier has given the identifier to another of our charges already. */
    public boolean isAnothers(Charge charge, String paymentId) {
        return db.sql(
                        """
                        SELECT EXISTS (SELECT FROM charge AS other JOIN charge AS mine USING (carrier)
                                        WHERE mine.cell = :cell AND mine.caller = :caller
                                          AND other.payment_id = :id AND other.caller <> mine.caller)
                        """)
                .param("cell", charge.cell().number())
                .param("caller", charge.caller())
                .param("id", paymentId)
                .query(Boolean.class)
                .single();
    }

    /** Whether a charge that the carrier knows by that identifier is one of ours. */
    public boolean isOurs(String carrier, String paymentId) {
        return db.sql(
                        "SELECT EXISTS (SELECT FROM charge WHERE carrier = :carrier AND payment_id = :id)")
                .param("carrier", carrier)
                .param("id", paymentId)
                .query(Boolean.class)
                .single();
    }

    public Optional<Charge> of(Cell cell, UUID caller) {
        return db.sql("SELECT * FROM charge WHERE cell = :cell AND caller = :caller")
                .param("cell", cell.number())
                .param("caller", caller)
                .query((row, n) -> charge(row))
                .optional();
    }

    private Charge charge(ResultSet row) throws SQLException {
        var status = row.getString("status");
        return new Charge(
                new Cell(row.getShort("cell")),
                row.getObject("caller", UUID.class),
                vault.open(new Sealed(row.getBytes("number")), NUMBER),
                new Money(
                        row.getLong("face_value"), Currency.getInstance(row.getString("currency"))),
                row.getTimestamp("opened_at").toInstant(),
                status == null ? null : Status.valueOf(status.toUpperCase(Locale.ROOT)),
                row.getString("payment_id"),
                row.getString("authorization_id"));
    }
}
