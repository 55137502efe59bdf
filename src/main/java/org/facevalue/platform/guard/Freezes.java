package org.facevalue.platform.guard;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Condition;
import org.facevalue.platform.ledger.ConditionKind;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Facts.Fact;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code customer_freeze}: one row a customer, for ever. While frozen, nothing new is confirmed; what runs goes on to its end. */
@Component
public class Freezes {
    private final JdbcClient db;
    private final Facts facts;
    private final Ids ids;
    private final Customers customers;
    private final BusinessClock clock;

    Freezes(JdbcClient db, Facts facts, Ids ids, Customers customers, BusinessClock clock) {
        this.db = db;
        this.facts = facts;
        this.ids = ids;
        this.customers = customers;
        this.clock = clock;
    }

    private record Key(Cell cell, UUID customer) {}

    private record Set(Cell cell, UUID customer, boolean frozen, Instant at) {}

    private static final EffectKind<Key> OPEN =
            EffectKind.insert(
                    "freeze.open",
                    "customer_freeze",
                    List.of(
                            new Column<>("cell", "smallint", k -> k.cell().number()),
                            new Column<>("customer", "uuid", Key::customer)));

    private static final EffectKind<Set> SET =
            new EffectKind<>(
                    "freeze.set",
                    "customer_freeze",
                    """
                    UPDATE customer_freeze AS f SET frozen_since = CASE WHEN n.frozen THEN n.at END
                      FROM unnest(?::smallint[], ?::uuid[], ?::bool[], ?::timestamptz[]) AS n(cell, customer, frozen, at)
                     WHERE f.cell = n.cell AND f.customer = n.customer AND (f.frozen_since IS NULL) = n.frozen
                    """,
                    List.of(
                            new Column<>("cell", "smallint", s -> s.cell().number()),
                            new Column<>("customer", "uuid", Set::customer),
                            new Column<>("frozen", "bool", Set::frozen),
                            new Column<>("at", "timestamptz", Set::at)));

    private static final ConditionKind<Key> NOT_FROZEN =
            new ConditionKind<>(
                    "freeze.none",
                    "customer_freeze",
                    """
                    SELECT f.customer FROM customer_freeze f JOIN unnest(?::smallint[], ?::uuid[]) AS n(cell, customer)
                        ON f.cell = n.cell AND f.customer = n.customer
                     WHERE f.frozen_since IS NULL FOR SHARE OF f
                    """,
                    List.of(
                            new Column<>("cell", "smallint", k -> k.cell().number()),
                            new Column<>("customer", "uuid", Key::customer)));

    /** The row every customer has from the start. */
    public static Effect<?> open(Cell cell, CustomerId customer) {
        return new Effect<>(OPEN, new Key(cell, customer.value()));
    }

    /** Holds while the customer is not frozen. */
    public static Condition<?> notFrozen(Cell cell, CustomerId customer) {
        return new Condition<>(NOT_FROZEN, new Key(cell, customer.value()));
    }

    public static boolean isNotFrozen(ConditionKind<?> kind) {
        return kind == NOT_FROZEN;
    }

    /** Since when the customer is frozen; empty when not. */
    public Optional<Instant> since(CustomerId customer) {
        return db.sql(
                        "SELECT frozen_since FROM customer_freeze WHERE customer = :customer AND frozen_since IS NOT NULL")
                .param("customer", customer.value())
                .query((row, n) -> row.getTimestamp("frozen_since").toInstant())
                .optional();
    }

    /** Freezes at once; freezing twice is the same as once. */
    public void freeze(CustomerId customer) {
        set(customer, true);
    }

    /** Ends the customer's own freeze. */
    public void thaw(CustomerId customer) {
        set(customer, false);
    }

    static Effect<?> set(Cell cell, CustomerId customer, boolean frozen, Instant at) {
        return new Effect<>(SET, new Set(cell, customer.value(), frozen, at));
    }

    private void set(CustomerId customer, boolean frozen) {
        var cell = customers.cellOf(customer);
        var now = clock.now();
        var fact =
                new Fact(cell, "cu", customer.value(), frozen ? "frozen" : "thawed", now, Map.of());
        var row = set(cell, customer, frozen, now);
        var outcome = facts.commit(customer.value() + "/freeze/" + ids.next(), fact, List.of(row));
        // Refused because it is so already; anything else that refuses would be a failure to obey.
        boolean already =
                outcome instanceof Outcome.Refused.Moved(var what) && what.equals(SET.name());
        if (!(outcome instanceof Outcome.Committed || already))
            throw new IllegalStateException("not frozen or thawed: " + outcome);
    }
}
