package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.facevalue.platform.carrier.CarrierBilling;
import org.facevalue.platform.carrier.CarrierProfile;
import org.facevalue.platform.carrier.Carriers;
import org.facevalue.platform.carrier.Charge;
import org.facevalue.platform.carrier.Charges;
import org.facevalue.platform.cashout.CashOutEvent.ChargeDeclined;
import org.facevalue.platform.cashout.CashOutEvent.ChargeRefunded;
import org.facevalue.platform.cashout.CashOutEvent.Charged;
import org.facevalue.platform.cashout.CashOutEvent.CodeWanted;
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
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Transcript;
import org.facevalue.platform.outside.Transport;
import org.facevalue.platform.payout.Bank;
import org.facevalue.platform.payout.Banks;
import org.facevalue.platform.payout.Payouts;
import org.facevalue.platform.provider.Provider;
import org.facevalue.platform.provider.Providers;
import org.facevalue.platform.quote.FeeLine;
import org.facevalue.platform.redemption.Redemptions;
import org.facevalue.platform.voucher.Issuer;
import org.facevalue.platform.voucher.Issuers;
import org.facevalue.platform.voucher.Voucher;
import org.facevalue.platform.voucher.Vouchers;
import org.springframework.stereotype.Component;

/** Each step as a call of the room whose party it is, and each answer as what it means for a cash-out. */
@Component
class OutsideParties implements Parties {
    private final Transport transport;
    private final CarrierBilling billing;
    private final Carriers carriers;
    private final Charges charges;
    private final Vouchers vouchers;
    private final Issuers issuers;
    private final Redemptions redemptions;
    private final Providers providers;
    private final Payouts payouts;
    private final Banks banks;

    OutsideParties(
            Transport transport,
            CarrierBilling billing,
            Carriers carriers,
            Charges charges,
            Vouchers vouchers,
            Issuers issuers,
            Redemptions redemptions,
            Providers providers,
            Payouts payouts,
            Banks banks) {
        this.transport = transport;
        this.billing = billing;
        this.carriers = carriers;
        this.charges = charges;
        this.vouchers = vouchers;
        this.issuers = issuers;
        this.redemptions = redemptions;
        this.providers = providers;
        this.payouts = payouts;
        this.banks = banks;
    }

    @Override
    public String party(CashOut cashOut, CashOutStep step) {
        return switch (step) {
            case CHARGE, VALIDATE, CONFIRM, CANCEL, REFUND -> cashOut.terms().carrier();
            case ORDER_VOUCHER, RETURN_VOUCHER -> cashOut.terms().issuer();
            case REDEEM -> cashOut.terms().provider();
            case TRANSFER, PAY_BACK -> cashOut.terms().bank();
        };
    }

    @Override
    public Duration lag(CashOut cashOut) {
        return profile(charge(cashOut)).lag();
    }

    @Override
    public Made make(CashOut cashOut, Action action, Instant now) {
        var line = new Transcript(transport);
        return switch (action) {
            case Action.Call(var step, var repeat) -> call(cashOut, step, repeat, line, now);
            case Action.Ask(var step) -> ask(cashOut, step, line, now);
            case Action.Happened h -> throw new IllegalArgumentException("nobody to call");
            case Action.Rest r -> throw new IllegalArgumentException("nobody to call");
        };
    }

    private Made call(
            CashOut cashOut, CashOutStep step, boolean repeat, Transcript line, Instant now) {
        var caller = cashOut.id().value();
        return switch (step) {
            case CHARGE -> {
                var charge = charge(cashOut);
                yield charge(charge, billing.charge(line, profile(charge), charge, repeat), line);
            }
            case CONFIRM -> {
                var charge = charge(cashOut);
                yield charge(charge, billing.confirm(line, profile(charge), charge), line);
            }
            case CANCEL -> {
                var charge = charge(cashOut);
                yield charge(charge, billing.cancel(line, profile(charge), charge), line);
            }
            case REFUND -> {
                var charge = charge(cashOut);
                yield refund(
                        cashOut,
                        billing.refund(line, profile(charge), charge, refundKey(cashOut), repeat),
                        line);
            }
            case ORDER_VOUCHER -> {
                var voucher = voucher(cashOut);
                yield ordered(voucher, vouchers.order(line, issuer(voucher), voucher), line);
            }
            case RETURN_VOUCHER -> {
                var voucher = voucher(cashOut);
                yield returned(voucher, vouchers.giveBack(line, issuer(voucher), voucher), line);
            }
            case REDEEM -> {
                var voucher = voucher(cashOut);
                var fee = cashOut.terms().fee(FeeLine.Kind.PROVIDER);
                yield redeemed(
                        cashOut,
                        redemptions.redeem(
                                line,
                                provider(cashOut),
                                caller,
                                vouchers.code(voucher),
                                cashOut.terms().faceValue(),
                                fee),
                        line);
            }
            case TRANSFER -> {
                var payout = payout(cashOut, "NET");
                yield paid(payout, payouts.transfer(line, bank(), payout), line);
            }
            case PAY_BACK -> {
                var payout = payout(cashOut, "BACK");
                yield paidBack(payout, payouts.transfer(line, bank(), payout), line);
            }
            case VALIDATE ->
                    throw new IllegalArgumentException(
                            "the customer's code is sent when the customer gives it");
        };
    }

    private Made ask(CashOut cashOut, CashOutStep step, Transcript line, Instant now) {
        var caller = cashOut.id().value();
        return switch (step) {
            case CHARGE, CONFIRM, CANCEL, VALIDATE -> {
                var charge = charge(cashOut);
                yield charge(charge, billing.ask(line, profile(charge), charge, now), line, step);
            }
            case REFUND -> {
                var charge = charge(cashOut);
                yield refund(
                        cashOut,
                        billing.askRefund(line, profile(charge), charge, refundKey(cashOut)),
                        line);
            }
            case ORDER_VOUCHER -> {
                var voucher = voucher(cashOut);
                yield ordered(voucher, vouchers.ask(line, issuer(voucher), voucher), line);
            }
            case RETURN_VOUCHER -> {
                var voucher = voucher(cashOut);
                yield returned(
                        voucher, vouchers.askGivenBack(line, issuer(voucher), voucher), line);
            }
            case REDEEM -> {
                var fee = cashOut.terms().fee(FeeLine.Kind.PROVIDER);
                yield redeemed(
                        cashOut,
                        redemptions.ask(
                                line, provider(cashOut), caller, cashOut.terms().faceValue(), fee),
                        line);
            }
            case TRANSFER -> {
                var payout = payout(cashOut, "NET");
                yield paid(payout, payouts.ask(line, bank(), payout), line);
            }
            case PAY_BACK -> {
                var payout = payout(cashOut, "BACK");
                yield paidBack(payout, payouts.ask(line, bank(), payout), line);
            }
        };
    }

    private Made charge(Charge charge, Answer<Charge.Fact> answer, Transcript line) {
        return charge(charge, answer, line, CashOutStep.CHARGE);
    }

    /** What the carrier says of a charge means the same whatever was asked, but for a payment that still stands as it did before the request. */
    private Made charge(
            Charge charge, Answer<Charge.Fact> answer, Transcript line, CashOutStep asked) {
        var effects = new ArrayList<Effect<?>>();
        if (answer instanceof Answer.Done<Charge.Fact>(var fact))
            effects.add(Charges.tell(charge, fact));
        CashOutEvent event =
                switch (answer) {
                    case Answer.Done<Charge.Fact>(var fact) ->
                            switch (fact.status()) {
                                case PROCESSING -> new StillOpen();
                                // Confirming or cancelling has not arrived: it is still only
                                // reserved, or still waits for the code.
                                case RESERVED ->
                                        asked == CashOutStep.CHARGE
                                                ? new Reserved()
                                                : new NotThere();
                                case PENDING_VALIDATION ->
                                        asked != CashOutStep.CHARGE
                                                ? new NotThere()
                                                : charge.status()
                                                                == Charge.Status.PENDING_VALIDATION
                                                        ? new StillOpen()
                                                        : new CodeWanted();
                                case SUCCEEDED -> new Charged();
                                case DENIED ->
                                        asked == CashOutStep.CANCEL
                                                ? new Released()
                                                : new ChargeDeclined("DENIED");
                                case CANCELLED ->
                                        asked == CashOutStep.CANCEL
                                                ? new Released()
                                                : new ChargeDeclined("CANCELLED");
                            };
                    case Answer.Declined<Charge.Fact>(var code) -> new ChargeDeclined(code);
                    case Answer.Pending<Charge.Fact> p -> new StillOpen();
                    case Answer.Unknown<Charge.Fact> u -> new NoAnswer();
                    case Answer.Absent<Charge.Fact> a -> new NotThere();
                };
        return new Made(event, answer, line, effects);
    }

    private Made ordered(Voucher voucher, Answer<Voucher.Issued> answer, Transcript line) {
        return switch (answer) {
            case Answer.Done<Voucher.Issued>(var issued) ->
                    new Made(
                            new VoucherIssued(),
                            answer,
                            line,
                            List.of(vouchers.issued(voucher, issued)));
            case Answer.Declined<Voucher.Issued>(var code) ->
                    new Made(
                            new VoucherDeclined(code),
                            answer,
                            line,
                            List.of(Vouchers.became(voucher, "DECLINED")));
            default -> open(answer, line);
        };
    }

    private static Made returned(Voucher voucher, Answer<String> answer, Transcript line) {
        return made(
                answer,
                line,
                done -> new VoucherReturned(),
                VoucherNotReturned::new,
                Vouchers.became(voucher, "RETURNED"),
                Vouchers.became(voucher, "NOT_RETURNED"));
    }

    private static Made redeemed(CashOut cashOut, Answer<String> answer, Transcript line) {
        var caller = cashOut.id().value();
        return made(
                answer,
                line,
                done -> new Redeemed(),
                RedemptionDeclined::new,
                Redemptions.became(cashOut.cell(), caller, "ACCEPTED"),
                Redemptions.became(cashOut.cell(), caller, "DECLINED"));
    }

    private static Made paid(Payouts.Payout payout, Answer<String> answer, Transcript line) {
        return made(
                answer,
                line,
                done -> new PayoutBooked(),
                PayoutDeclined::new,
                Payouts.became(payout, "BOOKED"),
                Payouts.became(payout, "DECLINED"));
    }

    private static Made paidBack(Payouts.Payout payout, Answer<String> answer, Transcript line) {
        return made(
                answer,
                line,
                done -> new PaidBack(),
                PayBackDeclined::new,
                Payouts.became(payout, "BOOKED"),
                Payouts.became(payout, "DECLINED"));
    }

    /** Where the carrier will not, the bank is next: the payout of the full face value gets its row. */
    private Made refund(CashOut cashOut, Answer<String> answer, Transcript line) {
        return switch (answer) {
            case Answer.Done<String> d -> new Made(new ChargeRefunded(), answer, line, List.of());
            case Answer.Declined<String>(var code) -> {
                var net = payout(cashOut, "NET");
                var back =
                        new Payouts.Payout(
                                net.cell(),
                                net.caller(),
                                "BACK",
                                net.account(),
                                cashOut.terms().faceValue());
                yield new Made(new RefundDeclined(code), answer, line, List.of(payouts.open(back)));
            }
            default -> open(answer, line);
        };
    }

    private static Made made(
            Answer<String> answer,
            Transcript line,
            Function<String, CashOutEvent> done,
            Function<String, CashOutEvent> declined,
            Effect<?> whenDone,
            Effect<?> whenDeclined) {
        return switch (answer) {
            case Answer.Done<String>(var value) ->
                    new Made(done.apply(value), answer, line, List.of(whenDone));
            case Answer.Declined<String>(var code) ->
                    new Made(declined.apply(code), answer, line, List.of(whenDeclined));
            default -> open(answer, line);
        };
    }

    private static Made open(Answer<?> answer, Transcript line) {
        CashOutEvent event =
                switch (answer) {
                    case Answer.Pending<?> p -> new StillOpen();
                    case Answer.Absent<?> a -> new NotThere();
                    case Answer.Unknown<?> u -> new NoAnswer();
                    case Answer.Done<?> d -> throw new IllegalArgumentException("not open");
                    case Answer.Declined<?> d -> throw new IllegalArgumentException("not open");
                };
        return new Made(event, answer, line, List.of());
    }

    private static String refundKey(CashOut cashOut) {
        return cashOut.id().value() + "-refund";
    }

    private Charge charge(CashOut cashOut) {
        return charges.of(cashOut.cell(), cashOut.id().value()).orElseThrow();
    }

    private CarrierProfile profile(Charge charge) {
        return carriers.of(charge.number()).orElseThrow();
    }

    private Voucher voucher(CashOut cashOut) {
        return vouchers.of(cashOut.cell(), cashOut.id().value()).orElseThrow();
    }

    private Issuer issuer(Voucher voucher) {
        return issuers.ofProduct(voucher.product()).orElseThrow();
    }

    private Provider provider(CashOut cashOut) {
        return providers.provider(cashOut.terms().provider()).orElseThrow();
    }

    private Bank bank() {
        return banks.bank().orElseThrow();
    }

    private Payouts.Payout payout(CashOut cashOut, String purpose) {
        return payouts.of(cashOut.cell(), cashOut.id().value(), purpose).orElseThrow();
    }
}
