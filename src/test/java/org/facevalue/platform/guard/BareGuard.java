package org.facevalue.platform.guard;

import java.time.Instant;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Effect;

/** This room's parts without a database. */
public final class BareGuard {
    private BareGuard() {}

    public static Effect<?> set(CustomerId customer, boolean frozen, Instant at) {
        return Freezes.set(Cell.FIRST, customer, frozen, at);
    }
}
