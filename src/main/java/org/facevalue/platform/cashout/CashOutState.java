package org.facevalue.platform.cashout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.facevalue.platform.cashout.CashOutEvent.Cancelled;
import org.facevalue.platform.cashout.CashOutEvent.CashKept;
import org.facevalue.platform.cashout.CashOutEvent.CashOffered;
import org.facevalue.platform.cashout.CashOutEvent.ChargeDeclined;
import org.facevalue.platform.cashout.CashOutEvent.ChargeRefunded;
import org.facevalue.platform.cashout.CashOutEvent.Charged;
import org.facevalue.platform.cashout.CashOutEvent.CodeAccepted;
import org.facevalue.platform.cashout.CashOutEvent.CodeWanted;
import org.facevalue.platform.cashout.CashOutEvent.DeadlinePassed;
import org.facevalue.platform.cashout.CashOutEvent.PaidBack;
import org.facevalue.platform.cashout.CashOutEvent.PaidByHand;
import org.facevalue.platform.cashout.CashOutEvent.PayoutBooked;
import org.facevalue.platform.cashout.CashOutEvent.PayoutDeclined;
import org.facevalue.platform.cashout.CashOutEvent.Redeemed;
import org.facevalue.platform.cashout.CashOutEvent.RedemptionDeclined;
import org.facevalue.platform.cashout.CashOutEvent.RefundChosen;
import org.facevalue.platform.cashout.CashOutEvent.RefundDeclined;
import org.facevalue.platform.cashout.CashOutEvent.Released;
import org.facevalue.platform.cashout.CashOutEvent.Reserved;
import org.facevalue.platform.cashout.CashOutEvent.VoucherDeclined;
import org.facevalue.platform.cashout.CashOutEvent.VoucherIssued;
import org.facevalue.platform.cashout.CashOutEvent.VoucherKept;
import org.facevalue.platform.cashout.CashOutEvent.VoucherNotReturned;
import org.facevalue.platform.cashout.CashOutEvent.VoucherOffered;
import org.facevalue.platform.cashout.CashOutEvent.VoucherReturned;
import org.jspecify.annotations.Nullable;

/** Where a cash-out stands. The table {@link #EDGES} is the whole machine: what it does not list cannot happen. */
public enum CashOutState {
    /** The carrier was asked to reserve, or in one step to charge. */
    CHARGING(CashOutStep.CHARGE, Duration.ofMinutes(2), Way.FORWARD),
    /** The carrier waits for the customer's code. */
    CODE_WANTED(CashOutStep.CHARGE, Duration.ofMinutes(3), Way.FORWARD),
    /** Set aside on the bill; the carrier is asked to confirm. */
    RESERVED(CashOutStep.CONFIRM, Duration.ofMinutes(2), Way.FORWARD),
    /** On the bill; the issuer is asked for a voucher. */
    CHARGED(CashOutStep.ORDER_VOUCHER, Duration.ofMinutes(5), Way.FORWARD),
    /** The voucher is here; the provider is asked to redeem it. */
    VOUCHER_HELD(CashOutStep.REDEEM, Duration.ofMinutes(10), Way.FORWARD),
    /** The provider pays; the bank is asked for the transfer. Banks close for an hour at night. */
    REDEEMED(CashOutStep.TRANSFER, Duration.ofMinutes(90), Way.FORWARD),
    /** The conversion cannot be had: the customer may keep the voucher. Without a choice it is refunded. */
    VOUCHER_OFFERED(null, Duration.ofDays(1), Way.OFFERED),
    /** The payout cannot be had: the customer may keep the money in a wallet. Without a choice it is refunded. */
    CASH_OFFERED(null, Duration.ofDays(1), Way.OFFERED),
    /** The carrier is asked to cancel the reservation. */
    RELEASING(CashOutStep.CANCEL, Duration.ofMinutes(10), Way.BACK),
    /** The issuer is asked to take the voucher back. */
    RETURNING_VOUCHER(CashOutStep.RETURN_VOUCHER, Duration.ofMinutes(10), Way.BACK),
    /** The carrier is asked to take the charge off the bill. */
    REFUNDING(CashOutStep.REFUND, Duration.ofHours(1), Way.BACK),
    /** The carrier would not: the bank is asked to transfer the full face value to the customer. */
    PAYING_BACK(CashOutStep.PAY_BACK, Duration.ofHours(1), Way.BACK),
    /** The net amount is on the designated account. */
    PAID(null, Duration.ZERO, Way.END),
    /** Nothing is on the bill. */
    NOT_CHARGED(null, Duration.ZERO, Way.END),
    /** The customer has everything back, every fee included. */
    REFUNDED(null, Duration.ZERO, Way.END),
    /** The customer took the voucher itself, by choice. */
    KEPT_AS_VOUCHER(null, Duration.ZERO, Way.END),
    /** The customer took the money into a wallet, by choice. */
    KEPT_AS_CASH(null, Duration.ZERO, Way.END);

    /** Where a state leads. */
    public enum Way {
        FORWARD,
        /** The customer chooses: to keep what there is, or back. */
        OFFERED,
        BACK,
        END
    }

    private final @Nullable CashOutStep step;
    private final Duration patience;
    private final Way way;

    CashOutState(@Nullable CashOutStep step, Duration patience, Way way) {
        this.step = step;
        this.patience = patience;
        this.way = way;
    }

    public static final List<Edge<CashOutState>> EDGES =
            List.of(
                    new Edge<>(CHARGING, Reserved.class, RESERVED),
                    new Edge<>(CHARGING, CodeWanted.class, CODE_WANTED),
                    new Edge<>(CHARGING, Charged.class, CHARGED),
                    new Edge<>(CHARGING, ChargeDeclined.class, NOT_CHARGED),
                    new Edge<>(CHARGING, DeadlinePassed.class, NOT_CHARGED),
                    new Edge<>(CHARGING, Cancelled.class, NOT_CHARGED),
                    new Edge<>(CODE_WANTED, CodeAccepted.class, CHARGING),
                    new Edge<>(CODE_WANTED, Reserved.class, RESERVED),
                    new Edge<>(CODE_WANTED, Charged.class, CHARGED),
                    new Edge<>(CODE_WANTED, ChargeDeclined.class, NOT_CHARGED),
                    new Edge<>(CODE_WANTED, DeadlinePassed.class, RELEASING),
                    new Edge<>(CODE_WANTED, Cancelled.class, RELEASING),
                    new Edge<>(RESERVED, Charged.class, CHARGED),
                    new Edge<>(RESERVED, ChargeDeclined.class, NOT_CHARGED),
                    new Edge<>(RESERVED, DeadlinePassed.class, RELEASING),
                    new Edge<>(RESERVED, Cancelled.class, RELEASING),
                    new Edge<>(CHARGED, VoucherIssued.class, VOUCHER_HELD),
                    new Edge<>(CHARGED, VoucherDeclined.class, REFUNDING),
                    new Edge<>(CHARGED, DeadlinePassed.class, REFUNDING),
                    new Edge<>(CHARGED, Cancelled.class, REFUNDING),
                    new Edge<>(VOUCHER_HELD, Redeemed.class, REDEEMED),
                    new Edge<>(VOUCHER_HELD, VoucherOffered.class, VOUCHER_OFFERED),
                    new Edge<>(VOUCHER_HELD, RedemptionDeclined.class, RETURNING_VOUCHER),
                    new Edge<>(VOUCHER_HELD, DeadlinePassed.class, RETURNING_VOUCHER),
                    new Edge<>(VOUCHER_HELD, Cancelled.class, RETURNING_VOUCHER),
                    new Edge<>(REDEEMED, PayoutBooked.class, PAID),
                    new Edge<>(REDEEMED, CashOffered.class, CASH_OFFERED),
                    new Edge<>(REDEEMED, PayoutDeclined.class, REFUNDING),
                    new Edge<>(REDEEMED, DeadlinePassed.class, REFUNDING),
                    new Edge<>(VOUCHER_OFFERED, VoucherKept.class, KEPT_AS_VOUCHER),
                    new Edge<>(VOUCHER_OFFERED, RefundChosen.class, RETURNING_VOUCHER),
                    new Edge<>(VOUCHER_OFFERED, DeadlinePassed.class, RETURNING_VOUCHER),
                    new Edge<>(CASH_OFFERED, CashKept.class, KEPT_AS_CASH),
                    new Edge<>(CASH_OFFERED, RefundChosen.class, REFUNDING),
                    new Edge<>(CASH_OFFERED, DeadlinePassed.class, REFUNDING),
                    new Edge<>(RELEASING, Released.class, NOT_CHARGED),
                    new Edge<>(RELEASING, Charged.class, REFUNDING),
                    new Edge<>(RETURNING_VOUCHER, VoucherReturned.class, REFUNDING),
                    new Edge<>(RETURNING_VOUCHER, VoucherNotReturned.class, REFUNDING),
                    new Edge<>(RETURNING_VOUCHER, DeadlinePassed.class, REFUNDING),
                    new Edge<>(REFUNDING, ChargeRefunded.class, REFUNDED),
                    new Edge<>(REFUNDING, RefundDeclined.class, PAYING_BACK),
                    new Edge<>(REFUNDING, DeadlinePassed.class, PAYING_BACK),
                    new Edge<>(PAYING_BACK, PaidBack.class, REFUNDED),
                    new Edge<>(PAYING_BACK, PaidByHand.class, REFUNDED));

    /** The state after {@code event}; empty when the table has no such edge. */
    public Optional<CashOutState> after(CashOutEvent event) {
        return Edge.after(EDGES, this, event);
    }

    /** What is asked for in this state; empty where the customer chooses and at an end. */
    public Optional<CashOutStep> step() {
        return Optional.ofNullable(step);
    }

    /** How long the step may take: then it is given up where that is safe, and shown to a person where it is not. */
    public Duration patience() {
        return patience;
    }

    public Way way() {
        return way;
    }

    public boolean isEnd() {
        return way == Way.END;
    }

    /** Whether the step is given up when its time is over and it is known not to have arrived; the others are tried on. */
    public boolean canBeGivenUp() {
        return EDGES.stream().anyMatch(e -> e.from() == this && e.on() == DeadlinePassed.class);
    }

    /** Whether the customer may still say no: the provider was not asked yet. */
    public boolean cancellable() {
        return EDGES.stream().anyMatch(e -> e.from() == this && e.on() == Cancelled.class);
    }
}
