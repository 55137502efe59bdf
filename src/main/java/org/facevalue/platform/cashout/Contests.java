package org.facevalue.platform.cashout;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.facevalue.platform.ledger.Movement;
import org.facevalue.platform.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Charges of ended cash-outs that the customer says they have not authorised: the carrier decides, and the operator bears what it takes off the bill. */
@Component
public class Contests {
    /** What may still have a charge refunded, or has. */
    private static final Set<Aftermath.Of> REFUNDING =
            EnumSet.of(
                    Aftermath.Of.PAYOUT_RETURN,
                    Aftermath.Of.WITHDRAWAL,
                    Aftermath.Of.LATE_WITHDRAWAL);

    private final AftermathRows rows;

    Contests(AftermathRows rows) {
        this.rows = rows;
    }

    /** Whether its charge is on the bill: it was charged, and is not refunded. */
    public static boolean isCharged(CashOut cashOut) {
        return switch (cashOut.state()) {
            case PAID, KEPT_AS_VOUCHER, KEPT_AS_CASH -> true;
            default -> false;
        };
    }

    /** Whether it stays there, whatever the other parties still say: then nobody gives it back beside the carrier. */
    public boolean isOpen(CashOut cashOut) {
        return isCharged(cashOut)
                && rows.of(cashOut).stream()
                        .filter(aftermath -> REFUNDING.contains(aftermath.of()))
                        .allMatch(Contests::changesNothing);
    }

    private static boolean changesNothing(Aftermath aftermath) {
        return aftermath.state() == AftermathState.NOTHING_CAME
                || aftermath.state() == AftermathState.NOT_TAKEN_BACK;
    }

    /**
     * The postings of what the carrier has taken off the bill. A carrier that has taken everything off keeps no fee.
     *
     * @param given all that it has taken off by now
     * @param before what of that was posted already, or null
     */
    public static List<Movement> givenBack(CashOut cashOut, Money given, @Nullable Money before) {
        var books = new Books(cashOut);
        var face = cashOut.terms().faceValue();
        var movements = new ArrayList<Movement>();
        var more = before == null ? given : given.minus(before);
        if (more.minor() > 0) movements.add(books.takenOffTheBill(more));
        boolean wasWhole = before != null && before.compareTo(face) >= 0;
        if (given.compareTo(face) >= 0 && !wasWhole) movements.addAll(books.carriersFeeBack());
        return movements;
    }
}
