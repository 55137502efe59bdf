package org.facevalue.platform.cashout;

import org.facevalue.platform.wallet.WalletId;

/** What can happen to a cash-out: facts from outside, words of the customer, time that is over. */
public sealed interface CashOutEvent {
    /** The carrier has set the amount aside on the bill. */
    record Reserved() implements CashOutEvent {}

    /** The carrier wants a code that it sent to the customer. */
    record CodeWanted() implements CashOutEvent {}

    /** The carrier took the customer's code. */
    record CodeAccepted() implements CashOutEvent {}

    /** The amount is on the bill. */
    record Charged() implements CashOutEvent {}

    record ChargeDeclined(String code) implements CashOutEvent {}

    record VoucherIssued() implements CashOutEvent {}

    record VoucherDeclined(String code) implements CashOutEvent {}

    /**
     * The conversion cannot be had, and no request for it is under way: the customer may keep the voucher.
     *
     * @param reason why: a code
     */
    record VoucherOffered(String reason) implements CashOutEvent {}

    /** The customer takes the voucher itself. */
    record VoucherKept() implements CashOutEvent {}

    /** The customer takes the refund instead. */
    record RefundChosen() implements CashOutEvent {}

    /** The customer withdraws from the purchase of a voucher that was kept. */
    record WithdrawalAsked() implements CashOutEvent {}

    /** The issuer was asked once more for a kept voucher, and has said no again: it may still take it back. */
    record VoucherRefusedAgain() implements CashOutEvent {}

    /** The issuer took back a voucher that the customer had kept. */
    record VoucherGivenBack() implements CashOutEvent {}

    record Redeemed() implements CashOutEvent {}

    record RedemptionDeclined(String code) implements CashOutEvent {}

    /** The bank has booked the net amount to the designated account. */
    record PayoutBooked() implements CashOutEvent {}

    /** The bank would not, or the money came back. */
    record PayoutDeclined(String code) implements CashOutEvent {}

    /**
     * The payout cannot be had, and no request for it is under way: the customer may keep the money in a wallet.
     *
     * @param reason why: a code
     */
    record CashOffered(String reason) implements CashOutEvent {}

    /** The customer takes the money into this wallet. */
    record CashKept(WalletId wallet) implements CashOutEvent {}

    /** The reservation is off the bill. */
    record Released() implements CashOutEvent {}

    /** The issuer took the voucher back. */
    record VoucherReturned() implements CashOutEvent {}

    record VoucherNotReturned(String code) implements CashOutEvent {}

    /** The charge is off the bill. */
    record ChargeRefunded() implements CashOutEvent {}

    record RefundDeclined(String code) implements CashOutEvent {}

    /** The bank has booked the full face value to the designated account. */
    record PaidBack() implements CashOutEvent {}

    /** What the bank had booked came back, by itself or because it was recalled. */
    record PayoutReturned() implements CashOutEvent {}

    /** What the bank would not give back came back all the same. */
    record PayoutRecovered() implements CashOutEvent {}

    /** The bank, or whoever has the money, does not give it back. */
    record RecallDeclined(String code) implements CashOutEvent {}

    /** The full face value that the bank had booked came back. */
    record PayBackReturned() implements CashOutEvent {}

    /** A person has paid the full face value to the customer in another way. */
    record PaidByHand() implements CashOutEvent {}

    /** A person has seen that the customer has it already: the carrier refunded as well. */
    record WholeAlready() implements CashOutEvent {}

    record PayBackDeclined(String code) implements CashOutEvent {}

    /** The customer changed their mind in time. */
    record Cancelled() implements CashOutEvent {}

    /** The step's time is over, and what it asked for is known not to have happened. */
    record DeadlinePassed() implements CashOutEvent {}

    /** Nothing has turned up in all the time that it was watched. */
    record NothingCame() implements CashOutEvent {}

    /** Not a change: they are still at it. */
    record StillOpen() implements CashOutEvent {}

    /** Not a change: nobody knows. */
    record NoAnswer() implements CashOutEvent {}

    /** Not a change: they answered about something else than what was asked. */
    record OddAnswer() implements CashOutEvent {}

    /** Not a change yet: they know of it, and it stands as it did before the request. */
    record NotYet() implements CashOutEvent {}

    /** Not a change yet: they know nothing of it. */
    record NotThere() implements CashOutEvent {}

    /** As the journal calls it: {@code charge-declined}. */
    default String type() {
        return type(getClass());
    }

    /** The same, of a kind of event. */
    static String type(Class<? extends CashOutEvent> kind) {
        return kind.getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(java.util.Locale.ROOT);
    }
}
