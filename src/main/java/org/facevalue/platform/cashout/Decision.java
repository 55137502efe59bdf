package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.facevalue.platform.cashout.CashOutEvent.Cancelled;
import org.facevalue.platform.cashout.CashOutEvent.ChargeDeclined;
import org.facevalue.platform.cashout.CashOutEvent.ChargeRefunded;
import org.facevalue.platform.cashout.CashOutEvent.Charged;
import org.facevalue.platform.cashout.CashOutEvent.CodeAccepted;
import org.facevalue.platform.cashout.CashOutEvent.CodeWanted;
import org.facevalue.platform.cashout.CashOutEvent.DeadlinePassed;
import org.facevalue.platform.cashout.CashOutEvent.NoAnswer;
import org.facevalue.platform.cashout.CashOutEvent.NotThere;
import org.facevalue.platform.cashout.CashOutEvent.PaidBack;
import org.facevalue.platform.cashout.CashOutEvent.PayBackDeclined;
import org.facevalue.platform.cashout.CashOutEvent.PayoutBooked;
import org.facevalue.platform.cashout.CashOutEvent.PayoutDeclined;
import org.facevalue.platform.cashout.CashOutEvent.Redeemed;
import org.facevalue.platform.cashout.CashOutEvent.RedemptionDeclined;
import org.facevalue.platform.cashout.CashOutEvent.RefundDeclined;
import org.facevalue.platform.cashout.CashOutEvent.Released;
import org.facevalue.platform.cashout.CashOutEvent.Reserved;
import org.facevalue.platform.cashout.CashOutEvent.StillOpen;
import org.facevalue.platform.cashout.CashOutEvent.VoucherDeclined;
import org.facevalue.platform.cashout.CashOutEvent.VoucherIssued;
import org.facevalue.platform.cashout.CashOutEvent.VoucherNotReturned;
import org.facevalue.platform.cashout.CashOutEvent.VoucherReturned;
import org.facevalue.platform.ledger.Movement;
import org.jspecify.annotations.Nullable;

/**
 * What follows from what happened. Pure: no clock, no chance, no database, no network.
 *
 * @param next the cash-out as it is afterwards; version and sequence already counted
 * @param movements what commits with it
 * @param journalled whether the journal tells of it: every change of state, and nothing else
 * @param matter why a person has to look, or null
 */
record Decision(
        CashOut next, List<Movement> movements, boolean journalled, @Nullable String matter) {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final int SURE = 2;

    /**
     * @param quiet how long after a request its absence means nothing: the sender's lease and the other side's stated lag
     */
    static Decision of(CashOut cashOut, CashOutEvent event, Instant now, Duration quiet) {
        return switch (event) {
            case StillOpen open -> wait(cashOut, true, 0, now.plus(pause(cashOut)), now);
            case NoAnswer none ->
                    wait(cashOut, true, cashOut.absent(), now.plus(pause(cashOut)), now);
            case NotThere none -> absent(cashOut, now, quiet);
            case PayBackDeclined declined -> stuck(cashOut, declined.code());
            default ->
                    cashOut.state()
                            .after(event)
                            .map(to -> move(cashOut, event, to, now))
                            .orElseGet(() -> stray(cashOut, event));
        };
    }

    private static Decision move(
            CashOut cashOut, CashOutEvent event, CashOutState to, Instant now) {
        boolean dueNow = !to.isEnd();
        // The customer's code was taken: the request is under way still, so it is asked about.
        boolean asking = event instanceof CodeAccepted;
        var next =
                new CashOut(
                        cashOut.id(),
                        cashOut.terms(),
                        to,
                        cashOut.version() + 1,
                        cashOut.sequence() + 1,
                        cashOut.calls(),
                        0,
                        now,
                        asking ? now : null,
                        asking,
                        0,
                        cashOut.codeTries(),
                        cashOut.cancelAsked(),
                        dueNow ? now : null,
                        reason(cashOut, event),
                        cashOut.confirmedAt());
        return new Decision(next, movements(cashOut, event), true, matter(event));
    }

    private static List<Movement> movements(CashOut cashOut, CashOutEvent event) {
        var books = new Books(cashOut);
        return switch (event) {
            case Charged e -> books.charged();
            case VoucherIssued e -> books.voucherIssued();
            case Redeemed e -> books.redeemed();
            case PayoutBooked e -> books.paid();
            case PayoutDeclined e -> books.payoutFailed();
            case DeadlinePassed e when cashOut.state() == CashOutState.REDEEMED ->
                    books.payoutFailed();
            case VoucherReturned e -> books.voucherReturned();
            case VoucherNotReturned e -> books.voucherNotReturned();
            case ChargeRefunded e -> books.refunded();
            case PaidBack e -> books.paidBack();
            case Reserved e -> List.of();
            case CodeWanted e -> List.of();
            case CodeAccepted e -> List.of();
            case ChargeDeclined e -> List.of();
            case VoucherDeclined e -> List.of();
            case RedemptionDeclined e -> List.of();
            case Released e -> List.of();
            case RefundDeclined e -> List.of();
            case PayBackDeclined e -> List.of();
            case Cancelled e -> List.of();
            case DeadlinePassed e -> List.of();
            case StillOpen e -> List.of();
            case NoAnswer e -> List.of();
            case NotThere e -> List.of();
        };
    }

    private static @Nullable String reason(CashOut cashOut, CashOutEvent event) {
        return switch (event) {
            case ChargeDeclined(var code) -> "charge-declined";
            case VoucherDeclined(var code) -> "voucher-declined";
            case RedemptionDeclined(var code) -> "redemption-declined";
            case PayoutDeclined(var code) -> "payout-declined";
            case Cancelled e -> "cancelled";
            case DeadlinePassed e -> "deadline-passed";
            default -> cashOut.reason();
        };
    }

    private static @Nullable String matter(CashOutEvent event) {
        return event instanceof VoucherNotReturned ? "claim-on-issuer" : null;
    }

    /** They know nothing of it. That is a no only when the quiet time is over, and said twice; then the same request may go out again. */
    private static Decision absent(CashOut cashOut, Instant now, Duration quiet) {
        var sentAt = cashOut.sentAt();
        if (sentAt == null) return wait(cashOut, false, 0, now.plus(pause(cashOut)), now);
        var quietUntil = sentAt.plus(quiet);
        if (now.isBefore(quietUntil)) return wait(cashOut, true, 0, quietUntil, now);
        if (cashOut.absent() + 1 < SURE)
            return wait(cashOut, true, cashOut.absent() + 1, now.plus(pause(cashOut)), now);
        return wait(cashOut, false, 0, now, now);
    }

    private static Decision wait(
            CashOut cashOut, boolean asking, int absent, Instant dueAt, Instant now) {
        // While the customer's code is wanted there is a deadline of its own; everywhere else
        // whatever stays open too long is seen by a person.
        boolean overdue =
                cashOut.state() != CashOutState.CODE_WANTED && now.isAfter(cashOut.deadline());
        return new Decision(
                changed(cashOut, asking, absent, dueAt),
                List.of(),
                false,
                overdue ? "takes-too-long" : null);
    }

    /** The ladder is at its end: a person has to pay the customer back. */
    private static Decision stuck(CashOut cashOut, String code) {
        return new Decision(
                changed(cashOut, false, 0, null),
                List.of(),
                false,
                "pay-back-" + code.toLowerCase(java.util.Locale.ROOT));
    }

    /** Something that the table has no edge for: it stops, and a person looks. */
    private static Decision stray(CashOut cashOut, CashOutEvent event) {
        return new Decision(
                changed(cashOut, cashOut.asking(), 0, null),
                List.of(),
                false,
                "stray-" + event.type());
    }

    private static CashOut changed(CashOut c, boolean asking, int absent, @Nullable Instant dueAt) {
        return new CashOut(
                c.id(),
                c.terms(),
                c.state(),
                c.version() + 1,
                c.sequence(),
                c.calls(),
                c.tries(),
                c.stateSince(),
                c.sentAt(),
                asking,
                absent,
                c.codeTries(),
                c.cancelAsked(),
                dueAt,
                c.reason(),
                c.confirmedAt());
    }

    /** Doubles with every call of the state, with a quarter of jitter that is drawn from the cash-out itself, so that a run can be repeated. */
    private static Duration pause(CashOut cashOut) {
        int doublings = Math.min(cashOut.tries(), 10);
        var pause = SHORTEST_WAIT.multipliedBy(1L << doublings);
        if (pause.compareTo(LONGEST_WAIT) > 0) pause = LONGEST_WAIT;
        int jitter = Math.floorMod(cashOut.id().hashCode() * 31 + cashOut.calls(), 25);
        return pause.plus(pause.multipliedBy(jitter).dividedBy(100));
    }
}
