package org.facevalue.platform.wayout;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.facevalue.platform.cashout.CashOut;
import org.facevalue.platform.cashout.CashOuts;
import org.facevalue.platform.cashout.Contests;
import org.facevalue.platform.cashout.Receipts;
import org.facevalue.platform.cashout.Withdrawals;
import org.facevalue.platform.cashout.Withdrawals.Begun;
import org.facevalue.platform.ledger.Movement;
import org.facevalue.platform.outside.JsonExchange;
import org.facevalue.platform.wayout.UndoRequests.Standing;
import org.facevalue.platform.wayout.UndoRequests.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Undoes purchases that were made here: nobody else is asked, and our own books tell how it stands; but of what nobody has authorised a carrier decides. */
@Component
class MadeHere {
    private static final String NOT_TAKEN_BACK = "NOT_TAKEN_BACK";
    private final CashOuts cashOuts;
    private final Receipts receipts;
    private final Withdrawals withdrawals;
    private final Contests contests;

    MadeHere(CashOuts cashOuts, Receipts receipts, Withdrawals withdrawals, Contests contests) {
        this.contests = contests;
        this.cashOuts = cashOuts;
        this.receipts = receipts;
        this.withdrawals = withdrawals;
    }

    /** What begins it; empty where it was begun before. */
    Optional<Begun> begin(WayOut wayOut) {
        return withdrawals.begin(cashOut(wayOut.purchase()), wayOut.createdAt());
    }

    /** What is known of it, as a desk elsewhere would answer; empty while the issuer has not. */
    Optional<Standing> say(WayOut wayOut) {
        return withdrawals
                .of(cashOut(wayOut.purchase()))
                .flatMap(known -> Optional.ofNullable(standing(wayOut, known)));
    }

    /** Whether a charge of ours may be contested now: nobody else gives it back. */
    boolean isContestable(Purchase purchase) {
        return contests.isOpen(cashOut(purchase));
    }

    /** What moves in our books from {@code before} to {@code after}: where a carrier has taken a charge of ours off the bill. */
    List<Movement> booked(WayOut before, WayOut after) {
        var given = after.given();
        return before.purchase().isMadeHere() && !before.isCarriedOutHere() && given != null
                ? Contests.givenBack(cashOut(before.purchase()), given, before.given())
                : List.of();
    }

    /** The signed receipt, which shows the purchase: JSON. */
    byte[] receipt(Purchase purchase) {
        return JsonExchange.json(receipts.of(cashOut(purchase)).shown())
                .getBytes(StandardCharsets.UTF_8);
    }

    private CashOut cashOut(Purchase purchase) {
        var id = purchase.cashOut();
        if (id == null) throw new IllegalArgumentException(purchase + " was not made here");
        return cashOuts.any(id).orElseThrow();
    }

    private static @Nullable Standing standing(WayOut wayOut, Withdrawals.Standing known) {
        var saidAt = known.saidAt();
        // A no that was said before this request is no answer to it.
        if (saidAt != null && saidAt.isBefore(wayOut.createdAt())) return null;
        return switch (known.state()) {
            case UNDONE -> new Standing(Status.DONE, false, null, wayOut.purchase().amount());
            case NOT_TAKEN_BACK -> new Standing(Status.REFUSED, false, NOT_TAKEN_BACK, null);
            case WITHDRAWING, WATCHED -> null;
            // The voucher is back, and the customer is owed its value.
            default -> new Standing(Status.GRANTED, false, null, null);
        };
    }
}
