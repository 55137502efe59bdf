package org.facevalue.platform.cashout;

import java.util.List;
import java.util.Optional;
import org.facevalue.platform.cashout.CashOutEvent.ChargeDeclined;
import org.facevalue.platform.cashout.CashOutEvent.ChargeRefunded;
import org.facevalue.platform.cashout.CashOutEvent.Charged;
import org.facevalue.platform.cashout.CashOutEvent.CodeWanted;
import org.facevalue.platform.cashout.CashOutEvent.DeadlinePassed;
import org.facevalue.platform.cashout.CashOutEvent.NothingCame;
import org.facevalue.platform.cashout.CashOutEvent.PaidBack;
import org.facevalue.platform.cashout.CashOutEvent.PaidByHand;
import org.facevalue.platform.cashout.CashOutEvent.PayBackReturned;
import org.facevalue.platform.cashout.CashOutEvent.PayoutBooked;
import org.facevalue.platform.cashout.CashOutEvent.PayoutDeclined;
import org.facevalue.platform.cashout.CashOutEvent.PayoutRecovered;
import org.facevalue.platform.cashout.CashOutEvent.PayoutReturned;
import org.facevalue.platform.cashout.CashOutEvent.RecallDeclined;
import org.facevalue.platform.cashout.CashOutEvent.Redeemed;
import org.facevalue.platform.cashout.CashOutEvent.RedemptionDeclined;
import org.facevalue.platform.cashout.CashOutEvent.RefundDeclined;
import org.facevalue.platform.cashout.CashOutEvent.Released;
import org.facevalue.platform.cashout.CashOutEvent.Reserved;
import org.facevalue.platform.cashout.CashOutEvent.VoucherDeclined;
import org.facevalue.platform.cashout.CashOutEvent.VoucherGivenBack;
import org.facevalue.platform.cashout.CashOutEvent.VoucherIssued;
import org.facevalue.platform.cashout.CashOutEvent.VoucherNotReturned;
import org.facevalue.platform.cashout.CashOutEvent.VoucherRefusedAgain;
import org.facevalue.platform.cashout.CashOutEvent.VoucherReturned;
import org.facevalue.platform.cashout.CashOutEvent.WholeAlready;
import org.facevalue.platform.cashout.CashOutEvent.WithdrawalAsked;
import org.jspecify.annotations.Nullable;

/** Where an aftermath stands. The table {@link #EDGES} is the whole machine, as it is for {@link CashOutState}. */
public enum AftermathState {
    /** Asked about from time to time: most of the time nothing comes. */
    WATCHED(null),
    /** A reservation turned up; the carrier is asked to cancel it. */
    CANCELLING(CashOutStep.CANCEL),
    /** A charge turned up, or a payout came back; the carrier is asked to take the charge off the bill. */
    REFUNDING(CashOutStep.REFUND),
    /** The carrier would not: the bank is asked to transfer the full face value to the customer. */
    PAYING_BACK(CashOutStep.PAY_BACK),
    /** A voucher turned up; the issuer is asked to take it back. */
    RETURNING_VOUCHER(CashOutStep.RETURN_VOUCHER),
    /** The customer gives a kept voucher back; the issuer is asked to take it. */
    WITHDRAWING(CashOutStep.RETURN_VOUCHER),
    /** A payout turned up that nobody expected any more; the bank is asked to recall it. */
    RECALLING(CashOutStep.RECALL),
    /** Nothing came. */
    NOTHING_CAME(null),
    /** What came was undone. */
    UNDONE(null),
    /** The issuer does not take the kept voucher back: the customer has it still. */
    NOT_TAKEN_BACK(null),
    /** What came cannot be undone, and an outside party owes its value. */
    CLAIMED(null),
    /** What came cannot be undone; the operator bears it, never the customer. */
    LOST(null),
    /** The customer is owed the face value again, and only a person can still pay it. */
    OWED(null);

    private final @Nullable CashOutStep step;

    AftermathState(@Nullable CashOutStep step) {
        this.step = step;
    }

    public static final List<Edge<AftermathState>> EDGES =
            List.of(
                    new Edge<>(WATCHED, Reserved.class, CANCELLING),
                    new Edge<>(WATCHED, CodeWanted.class, CANCELLING),
                    new Edge<>(WATCHED, Charged.class, REFUNDING),
                    new Edge<>(WATCHED, ChargeDeclined.class, NOTHING_CAME),
                    new Edge<>(WATCHED, VoucherIssued.class, RETURNING_VOUCHER),
                    new Edge<>(WATCHED, VoucherDeclined.class, NOTHING_CAME),
                    new Edge<>(WATCHED, VoucherReturned.class, UNDONE),
                    new Edge<>(WATCHED, VoucherNotReturned.class, CLAIMED),
                    new Edge<>(WATCHED, VoucherGivenBack.class, REFUNDING),
                    new Edge<>(WATCHED, Redeemed.class, CLAIMED),
                    new Edge<>(WATCHED, RedemptionDeclined.class, NOTHING_CAME),
                    new Edge<>(WATCHED, PayoutBooked.class, RECALLING),
                    new Edge<>(WATCHED, PayoutDeclined.class, NOTHING_CAME),
                    new Edge<>(WATCHED, PayoutReturned.class, REFUNDING),
                    new Edge<>(WATCHED, PayoutRecovered.class, UNDONE),
                    new Edge<>(WATCHED, PayBackReturned.class, OWED),
                    new Edge<>(WATCHED, ChargeRefunded.class, LOST),
                    new Edge<>(WATCHED, RefundDeclined.class, NOTHING_CAME),
                    new Edge<>(WATCHED, NothingCame.class, NOTHING_CAME),
                    new Edge<>(WATCHED, WithdrawalAsked.class, WITHDRAWING),
                    new Edge<>(WITHDRAWING, VoucherGivenBack.class, REFUNDING),
                    new Edge<>(WITHDRAWING, VoucherNotReturned.class, NOT_TAKEN_BACK),
                    new Edge<>(WITHDRAWING, VoucherRefusedAgain.class, WATCHED),
                    new Edge<>(CANCELLING, Released.class, UNDONE),
                    new Edge<>(CANCELLING, Charged.class, REFUNDING),
                    new Edge<>(REFUNDING, ChargeRefunded.class, UNDONE),
                    new Edge<>(REFUNDING, RefundDeclined.class, PAYING_BACK),
                    new Edge<>(REFUNDING, DeadlinePassed.class, PAYING_BACK),
                    new Edge<>(PAYING_BACK, PaidBack.class, UNDONE),
                    new Edge<>(PAYING_BACK, PaidByHand.class, UNDONE),
                    new Edge<>(OWED, PaidByHand.class, UNDONE),
                    new Edge<>(OWED, WholeAlready.class, UNDONE),
                    new Edge<>(RETURNING_VOUCHER, VoucherReturned.class, UNDONE),
                    new Edge<>(RETURNING_VOUCHER, VoucherNotReturned.class, CLAIMED),
                    new Edge<>(RECALLING, PayoutReturned.class, UNDONE),
                    new Edge<>(RECALLING, RecallDeclined.class, LOST));

    /** The state after {@code event}; empty when the table has no such edge. */
    public Optional<AftermathState> after(CashOutEvent event) {
        return Edge.after(EDGES, this, event);
    }

    /** What is asked for to undo it; empty while it is watched and at an end. */
    public Optional<CashOutStep> step() {
        return Optional.ofNullable(step);
    }

    public boolean isEnd() {
        return step == null && this != WATCHED && this != OWED;
    }
}
