package org.facevalue.platform.cashout;

import java.util.List;
import java.util.function.Function;
import org.facevalue.platform.carrier.Charge;
import org.facevalue.platform.carrier.Charges;
import org.facevalue.platform.cashout.CashOutEvent.ChargeDeclined;
import org.facevalue.platform.cashout.CashOutEvent.ChargeRefunded;
import org.facevalue.platform.cashout.CashOutEvent.Charged;
import org.facevalue.platform.cashout.CashOutEvent.CodeWanted;
import org.facevalue.platform.cashout.CashOutEvent.NoAnswer;
import org.facevalue.platform.cashout.CashOutEvent.NotThere;
import org.facevalue.platform.cashout.CashOutEvent.NotYet;
import org.facevalue.platform.cashout.CashOutEvent.OddAnswer;
import org.facevalue.platform.cashout.CashOutEvent.PaidBack;
import org.facevalue.platform.cashout.CashOutEvent.PayBackDeclined;
import org.facevalue.platform.cashout.CashOutEvent.PayoutBooked;
import org.facevalue.platform.cashout.CashOutEvent.PayoutDeclined;
import org.facevalue.platform.cashout.CashOutEvent.PayoutReturned;
import org.facevalue.platform.cashout.CashOutEvent.RecallDeclined;
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
import org.facevalue.platform.cashout.Parties.Meant;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.payout.Payouts;
import org.facevalue.platform.redemption.Redemptions;
import org.facevalue.platform.voucher.Voucher;
import org.facevalue.platform.voucher.Vouchers;
import org.jspecify.annotations.Nullable;

/** What each party's answer means for a cash-out, and the rows that keep what was told. */
final class Meaning {
    private Meaning() {}

    /** What the carrier says of a charge means the same whatever was asked, but for a payment that still stands as it did before the request. */
    static Meant ofCharge(Charge charge, Answer<Charge.Fact> answer, CashOutStep step) {
        var kept =
                answer instanceof Answer.Done<Charge.Fact>(var fact)
                        ? Charges.tell(charge, fact)
                        : null;
        return made(answer, fact -> ofFact(charge, fact, step), ChargeDeclined::new, kept, null);
    }

    private static CashOutEvent ofFact(Charge charge, Charge.Fact fact, CashOutStep step) {
        boolean second = step == CashOutStep.CONFIRM || step == CashOutStep.CANCEL;
        boolean cancelled = step == CashOutStep.CANCEL;
        return switch (fact.status()) {
            case PROCESSING -> new StillOpen();
            // Confirming or cancelling has not arrived: it is still only reserved, or still waits
            // for the code.
            case RESERVED -> second ? new NotYet() : new Reserved();
            case PENDING_VALIDATION -> {
                if (second) yield new NotYet();
                boolean known = charge.status() == Charge.Status.PENDING_VALIDATION;
                yield known ? new StillOpen() : new CodeWanted();
            }
            case SUCCEEDED -> new Charged();
            case DENIED -> cancelled ? new Released() : new ChargeDeclined("DENIED");
            case CANCELLED -> cancelled ? new Released() : new ChargeDeclined("CANCELLED");
        };
    }

    static Meant ofRefund(Answer<String> answer) {
        return made(answer, done -> new ChargeRefunded(), RefundDeclined::new, null, null);
    }

    static Meant ofOrder(Vouchers vouchers, Voucher voucher, Answer<Voucher.Issued> answer) {
        var kept =
                answer instanceof Answer.Done<Voucher.Issued>(var issued)
                        ? vouchers.issued(voucher, issued)
                        : null;
        return made(
                answer,
                done -> new VoucherIssued(),
                VoucherDeclined::new,
                kept,
                Vouchers.became(voucher, "DECLINED"));
    }

    static Meant ofReturn(Voucher voucher, Answer<String> answer) {
        return made(
                answer,
                done -> new VoucherReturned(),
                VoucherNotReturned::new,
                Vouchers.became(voucher, "RETURNED"),
                // What the customer was handed is the customer's, as before.
                voucher.status().equals("HANDED_OVER")
                        ? null
                        : Vouchers.became(voucher, "NOT_RETURNED"));
    }

    static Meant ofRedemption(Voucher voucher, Answer<String> answer) {
        var cell = voucher.cell();
        var caller = voucher.caller();
        var made =
                made(
                        answer,
                        done -> new Redeemed(),
                        RedemptionDeclined::new,
                        Redemptions.became(cell, caller, "ACCEPTED"),
                        Redemptions.became(cell, caller, "DECLINED"));
        return answer instanceof Answer.Done
                ? made.and(Vouchers.became(voucher, "REDEEMED"))
                : made;
    }

    static Meant ofPayout(Payouts.Payout payout, Answer<String> answer) {
        boolean back = payout.purpose().equals("BACK");
        return made(
                answer,
                done -> back ? new PaidBack() : new PayoutBooked(),
                code -> back ? new PayBackDeclined(code) : new PayoutDeclined(code),
                Payouts.became(payout, "BOOKED"),
                Payouts.became(payout, "DECLINED"));
    }

    static Meant ofRecall(Payouts.Payout payout, Answer<String> answer) {
        return made(
                answer,
                done -> new PayoutReturned(),
                RecallDeclined::new,
                Payouts.became(payout, "RETURNED"),
                null);
    }

    private static <T> Meant made(
            Answer<T> answer,
            Function<T, CashOutEvent> done,
            Function<String, CashOutEvent> declined,
            @Nullable Effect<?> whenDone,
            @Nullable Effect<?> whenDeclined) {
        return switch (answer) {
            case Answer.Done<T>(var value) -> new Meant(done.apply(value), maybe(whenDone));
            case Answer.Declined<T>(var code) ->
                    new Meant(declined.apply(code), maybe(whenDeclined));
            case Answer.Pending<T> p -> new Meant(new StillOpen(), List.of());
            case Answer.Absent<T> a -> new Meant(new NotThere(), List.of());
            case Answer.Unknown<T> u -> new Meant(new NoAnswer(), List.of());
            case Answer.Odd<T> o -> new Meant(new OddAnswer(), List.of());
        };
    }

    private static List<Effect<?>> maybe(@Nullable Effect<?> effect) {
        return effect == null ? List.of() : List.of(effect);
    }
}
