package org.facevalue.platform.quote;

import java.util.List;
import java.util.Locale;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.money.Money;

/** What a customer could undo instead of converting anything. A port: ways out are another room's, above this one. */
public interface CheaperWays {

    /** Purchases that can be undone today, the one that brings most first; a few. Sellers are named in {@code language} where they are ours to name. */
    List<Cheaper> of(CustomerId customer, Locale language);

    /**
     * One of them. It costs nothing.
     *
     * @param kind the way: {@code cancellation}; an {@code issuer-refund} goes to the account that the quote is for
     * @param purchase its identifier, or that of the cash-out that it was made by: a voucher that was kept
     * @param gives what comes back
     * @param stated what the customer says by asking for it: {@code unused}; or empty
     */
    record Cheaper(String kind, String purchase, String seller, Money gives, String stated) {

        /** What converting would cost for as much as this brings, at most the whole cost; rounded down: nobody is promised more than is saved. */
        public Money saves(Terms terms) {
            if (gives.compareTo(terms.net()) >= 0) return terms.cost();
            return new Money(
                    Math.multiplyExact(terms.cost().minor(), gives.minor()) / terms.net().minor(),
                    gives.currency());
        }
    }
}
