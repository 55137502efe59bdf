package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.facevalue.platform.cashout.CashOutEvent.Cancelled;
import org.facevalue.platform.cashout.CashOutEvent.CashKept;
import org.facevalue.platform.cashout.CashOutEvent.CashOffered;
import org.facevalue.platform.cashout.CashOutEvent.ChargeDeclined;
import org.facevalue.platform.cashout.CashOutEvent.ChargeRefunded;
import org.facevalue.platform.cashout.CashOutEvent.Charged;
import org.facevalue.platform.cashout.CashOutEvent.CodeAccepted;
import org.facevalue.platform.cashout.CashOutEvent.DeadlinePassed;
import org.facevalue.platform.cashout.CashOutEvent.NoAnswer;
import org.facevalue.platform.cashout.CashOutEvent.NotThere;
import org.facevalue.platform.cashout.CashOutEvent.NotYet;
import org.facevalue.platform.cashout.CashOutEvent.OddAnswer;
import org.facevalue.platform.cashout.CashOutEvent.PaidBack;
import org.facevalue.platform.cashout.CashOutEvent.PaidByHand;
import org.facevalue.platform.cashout.CashOutEvent.PayBackDeclined;
import org.facevalue.platform.cashout.CashOutEvent.PayoutBooked;
import org.facevalue.platform.cashout.CashOutEvent.PayoutDeclined;
import org.facevalue.platform.cashout.CashOutEvent.Redeemed;
import org.facevalue.platform.cashout.CashOutEvent.RedemptionDeclined;
import org.facevalue.platform.cashout.CashOutEvent.RefundDeclined;
import org.facevalue.platform.cashout.CashOutEvent.StillOpen;
import org.facevalue.platform.cashout.CashOutEvent.VoucherDeclined;
import org.facevalue.platform.cashout.CashOutEvent.VoucherIssued;
import org.facevalue.platform.cashout.CashOutEvent.VoucherKept;
import org.facevalue.platform.cashout.CashOutEvent.VoucherNotReturned;
import org.facevalue.platform.cashout.CashOutEvent.VoucherOffered;
import org.facevalue.platform.cashout.CashOutEvent.VoucherReturned;
import org.facevalue.platform.ledger.Movement;
import org.jspecify.annotations.Nullable;

/** What follows for a cash-out from what happened. Pure. */
final class CashOutDecision {
    private CashOutDecision() {}

    static Decision<CashOut> of(CashOut cashOut, CashOutEvent event, Instant now, Duration quiet) {
        return switch (event) {
            case StillOpen e -> Decision.open(cashOut, e, now, quiet, overdue(cashOut, now));
            case NoAnswer e -> Decision.open(cashOut, e, now, quiet, overdue(cashOut, now));
            case OddAnswer e -> Decision.open(cashOut, e, now, quiet, Consequences.ODD);
            case NotYet e -> Decision.open(cashOut, e, now, quiet, overdue(cashOut, now));
            case NotThere e -> Decision.open(cashOut, e, now, quiet, overdue(cashOut, now));
            // The ladder is at its end: a person has to pay the customer back.
            case PayBackDeclined(var code) ->
                    Decision.stopped(cashOut.with(cashOut.attempt().given()), "pay-back-" + code);
            default -> {
                var told = offered(cashOut, event);
                yield cashOut.state()
                        .after(told)
                        .map(to -> move(cashOut, told, to, now))
                        .orElseGet(() -> Decision.stopped(cashOut, "stray-" + told.type()));
            }
        };
    }

    /**
     * Where a conversion or a payout cannot be had, the customer may keep what there is, if the rules permit it. Never while a request may still arrive:
     * a voucher would be worth nothing when it is converted after all, and money would be paid twice.
     */
    private static CashOutEvent offered(CashOut cashOut, CashOutEvent event) {
        boolean failed =
                event instanceof RedemptionDeclined
                        || event instanceof PayoutDeclined
                        || event instanceof DeadlinePassed;
        if (!failed || !cashOut.terms().mayHold() || cashOut.attempt().lost()) return event;
        // What the provider says of the voucher itself may mean that it is worth nothing: the
        // issuer has to say.
        if (event instanceof RedemptionDeclined(var code) && code.startsWith("VOUCHER_"))
            return event;
        return switch (cashOut.state()) {
            case VOUCHER_HELD -> new VoucherOffered(event.type());
            case REDEEMED -> new CashOffered(event.type());
            default -> event;
        };
    }

    /** While the customer's code is wanted there is a deadline of its own; everywhere else whatever stays open too long is seen by a person. */
    private static @Nullable String overdue(CashOut cashOut, Instant now) {
        boolean overdue =
                cashOut.state() != CashOutState.CODE_WANTED && now.isAfter(cashOut.deadline());
        return overdue ? Consequences.SLOW : null;
    }

    private static Decision<CashOut> move(
            CashOut cashOut, CashOutEvent event, CashOutState to, Instant now) {
        // The customer's code was taken: the request is under way still, so it is asked about.
        var attempt =
                event instanceof CodeAccepted ? new Attempt(0, now, false, true, 0) : Attempt.NONE;
        var next =
                new CashOut(
                        cashOut.id(),
                        cashOut.terms(),
                        to,
                        cashOut.version() + 1,
                        cashOut.sequence() + 1,
                        cashOut.calls(),
                        now,
                        attempt,
                        cashOut.codeTries(),
                        cashOut.cancelAsked(),
                        dueAt(to, now),
                        reason(cashOut, event),
                        cashOut.confirmedAt());
        boolean claimed =
                event instanceof VoucherNotReturned
                        || event instanceof DeadlinePassed && silentIssuer(cashOut);
        var matter = claimed ? "claim-on-issuer" : null;
        return new Decision<>(
                next, movements(cashOut, event), event, matter, begun(cashOut, event, now));
    }

    private static @Nullable Instant dueAt(CashOutState to, Instant now) {
        return switch (to.way()) {
            case FORWARD, BACK -> now;
            case OFFERED -> now.plus(to.patience());
            case END -> null;
        };
    }

    /** A request that was given up may still arrive, and what a bank has booked may still come back. */
    private static @Nullable Aftermath begun(CashOut cashOut, CashOutEvent event, Instant now) {
        Aftermath.Of what =
                switch (event) {
                    case PayoutBooked e -> Aftermath.Of.PAYOUT_RETURN;
                    case PaidBack e -> Aftermath.Of.PAY_BACK_RETURN;
                    // The issuer fell silent, and the customer does not wait for it.
                    case DeadlinePassed e when silentIssuer(cashOut) -> Aftermath.Of.VOUCHER_RETURN;
                    case DeadlinePassed e -> givenUp(cashOut);
                    case Cancelled e -> givenUp(cashOut);
                    // A no to a repeat is no answer to the request before it.
                    case ChargeDeclined e -> givenUp(cashOut);
                    case VoucherDeclined e -> givenUp(cashOut);
                    case RedemptionDeclined e -> givenUp(cashOut);
                    case PayoutDeclined e -> givenUp(cashOut);
                    case RefundDeclined e -> givenUp(cashOut);
                    case VoucherNotReturned e -> Aftermath.Of.LATE_RETURN;
                    default -> null;
                };
        return what == null ? null : Aftermath.watching(cashOut.id(), cashOut.terms(), what, now);
    }

    private static boolean silentIssuer(CashOut cashOut) {
        return cashOut.state() == CashOutState.RETURNING_VOUCHER;
    }

    private static Aftermath.@Nullable Of givenUp(CashOut cashOut) {
        if (!cashOut.attempt().lost()) return null;
        return switch (cashOut.state()) {
            case CHARGING -> Aftermath.Of.CHARGE;
            case CHARGED -> Aftermath.Of.VOUCHER;
            case VOUCHER_HELD -> Aftermath.Of.REDEMPTION;
            case REDEEMED -> Aftermath.Of.PAYOUT;
            case REFUNDING -> Aftermath.Of.REFUND;
            // A confirmation or a code that is given up is followed by a cancellation of the same
            // payment, which finds out.
            default -> null;
        };
    }

    private static List<Movement> movements(CashOut cashOut, CashOutEvent event) {
        var books = new Books(cashOut);
        return switch (event) {
            case Charged e -> books.charged();
            case VoucherIssued e -> books.voucherIssued();
            case Redeemed e -> books.redeemed();
            case PayoutBooked e -> books.paid();
            case PayoutDeclined e -> books.payoutFailed();
            case CashOffered e -> books.payoutFailed();
            case CashKept(var wallet) -> books.keptAsCash(wallet);
            case VoucherKept e -> books.keptAsVoucher();
            case DeadlinePassed e when cashOut.state() == CashOutState.REDEEMED ->
                    books.payoutFailed();
            case DeadlinePassed e when silentIssuer(cashOut) -> books.voucherNotReturned();
            case VoucherReturned e -> books.voucherReturned();
            case VoucherNotReturned e -> books.voucherNotReturned();
            case ChargeRefunded e -> books.refunded();
            case PaidBack e -> books.paidBack();
            case PaidByHand e -> books.paidByHand();
            // Whatever else happens moves nothing (docs: the postings of every edge).
            default -> List.of();
        };
    }

    private static @Nullable String reason(CashOut cashOut, CashOutEvent event) {
        return switch (event) {
            case ChargeDeclined e -> "charge-declined";
            case VoucherDeclined e -> "voucher-declined";
            case RedemptionDeclined e -> "redemption-declined";
            case PayoutDeclined e -> "payout-declined";
            case VoucherOffered(var why) -> why;
            case CashOffered(var why) -> why;
            case Cancelled e -> "cancelled";
            case DeadlinePassed e when cashOut.reason() == null -> "deadline-passed";
            default -> cashOut.reason();
        };
    }
}
