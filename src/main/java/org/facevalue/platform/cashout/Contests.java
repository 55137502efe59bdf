package org.facevalue.platform.cashout;

import java.util.List;
import org.facevalue.platform.ledger.Movement;
import org.facevalue.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Charges of ended cash-outs that the customer says they have not authorised: the carrier decides, and the operator bears what it takes off the bill. */
public final class Contests {
    private Contests() {}

    /** Whether its charge stands on the bill for good. */
    public static boolean isOpen(CashOut cashOut) {
        return switch (cashOut.state()) {
            case PAID, KEPT_AS_VOUCHER, KEPT_AS_CASH -> true;
            default -> false;
        };
    }

    /**
     * The postings of what the carrier has taken off the bill.
     *
     * @param given all that it has taken off by now
     * @param before what of that was posted already, or null
     */
    public static List<Movement> givenBack(CashOut cashOut, Money given, @Nullable Money before) {
        var more = before == null ? given : given.minus(before);
        return more.minor() <= 0 ? List.of() : new Books(cashOut).contested(more, before == null);
    }
}
