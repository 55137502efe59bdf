package org.facevalue.platform.ledger;

import java.util.UUID;
import org.facevalue.platform.money.Money;

/** How value moves or is set aside. */
public sealed interface Movement {

    /**
     * Value from one account to another: {@code from} is debited, {@code to} is credited. It has a source and a destination, so postings that do not
     * balance cannot be written.
     */
    record Posting(Account from, Account to, Money amount) implements Movement {
        public Posting {
            if (amount.isZero())
                throw new IllegalArgumentException(
                        "a posting moves something: " + from + " to " + to);
            if (from.equals(to))
                throw new IllegalArgumentException("a posting moves between two accounts: " + from);
            if (!from.cell().equals(to.cell()))
                throw new IllegalArgumentException("a posting stays in its cell: " + from);
            if (!from.currency().equals(amount.currency())
                    || !to.currency().equals(amount.currency()))
                throw new IllegalArgumentException("a posting has one currency: " + amount);
        }
    }

    /** Sets {@code amount} aside on {@code account}: it still belongs there, and is no longer available. */
    record Hold(UUID id, Account account, Money amount) implements Movement {}

    /** Uses a hold up: its whole amount moves from its account to {@code to}. */
    record Settle(UUID hold, Account account, Account to, Money amount) implements Movement {}

    /** Gives a hold up: its whole amount is available again. */
    record Release(UUID hold, Account account, Money amount) implements Movement {}
}
