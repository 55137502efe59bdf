package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.facevalue.platform.carrier.CarrierBilling;
import org.facevalue.platform.carrier.CarrierProfile;
import org.facevalue.platform.carrier.Carriers;
import org.facevalue.platform.carrier.Charge;
import org.facevalue.platform.carrier.Charges;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.outside.Fence;
import org.facevalue.platform.outside.Switchboard;
import org.facevalue.platform.outside.Transcript;
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
    private final Switchboard switchboard;
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
            Switchboard switchboard,
            CarrierBilling billing,
            Carriers carriers,
            Charges charges,
            Vouchers vouchers,
            Issuers issuers,
            Redemptions redemptions,
            Providers providers,
            Payouts payouts,
            Banks banks) {
        this.switchboard = switchboard;
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
    public String party(Course<?> course, CashOutStep step) {
        return switch (step) {
            case CHARGE, VALIDATE, CONFIRM, CANCEL, REFUND -> course.terms().carrier();
            case ORDER_VOUCHER, RETURN_VOUCHER -> course.terms().issuer();
            case REDEEM -> course.terms().provider();
            case TRANSFER, PAY_BACK, RECALL -> course.terms().bank();
        };
    }

    @Override
    public Duration lag(Course<?> course, CashOutStep step) {
        return switch (step) {
            case CHARGE, VALIDATE, CONFIRM, CANCEL, REFUND -> profile(charge(course)).lag();
            case ORDER_VOUCHER, RETURN_VOUCHER -> issuer(voucher(course)).lag();
            case REDEEM -> provider(course).lag();
            case TRANSFER, PAY_BACK, RECALL -> bank().lag();
        };
    }

    @Override
    public List<Effect<?>> entering(Course<?> next) {
        boolean paysBack =
                switch (next) {
                    case CashOut c -> c.state() == CashOutState.PAYING_BACK;
                    case Aftermath a -> a.state() == AftermathState.PAYING_BACK;
                };
        if (!paysBack) return List.of();
        var net = payout(next, CashOutStep.TRANSFER);
        return List.of(
                payouts.open(
                        new Payouts.Payout(
                                net.cell(),
                                net.caller(),
                                "BACK",
                                net.account(),
                                next.terms().faceValue())));
    }

    @Override
    public Made make(Course<?> course, Action action, Instant now, Fence fence) {
        return switch (action) {
            case Action.Call(var step, var repeat) ->
                    call(course, step, repeat, line(course, step, fence), now);
            case Action.Ask(var step) -> ask(course, step, line(course, step, fence), now);
            case Action.Happened h -> throw new IllegalArgumentException("nobody to call");
            case Action.Rest r -> throw new IllegalArgumentException("nobody to call");
        };
    }

    private Transcript line(Course<?> course, CashOutStep step, Fence fence) {
        return new Transcript(switchboard.to(party(course, step)), fence);
    }

    private Made call(
            Course<?> course, CashOutStep step, boolean repeat, Transcript line, Instant now) {
        var caller = course.cashOut().value();
        return switch (step) {
            case CHARGE -> {
                var charge = charge(course);
                var answer = billing.charge(line, profile(charge), charge, repeat);
                yield Meaning.ofCharge(charge, answer, line, step);
            }
            case CONFIRM -> {
                var charge = charge(course);
                var answer = billing.confirm(line, profile(charge), charge);
                yield Meaning.ofCharge(charge, answer, line, step);
            }
            case CANCEL -> {
                var charge = charge(course);
                var answer = billing.cancel(line, profile(charge), charge);
                yield Meaning.ofCharge(charge, answer, line, step);
            }
            case REFUND -> {
                var charge = charge(course);
                var key = refundKey(course);
                yield Meaning.ofRefund(
                        billing.refund(line, profile(charge), charge, key, repeat), line);
            }
            case ORDER_VOUCHER -> {
                var voucher = voucher(course);
                var answer = vouchers.order(line, issuer(voucher), voucher, day(now));
                yield Meaning.ofOrder(vouchers, voucher, answer, line);
            }
            case RETURN_VOUCHER -> {
                var voucher = voucher(course);
                var answer = vouchers.giveBack(line, issuer(voucher), voucher);
                yield Meaning.ofReturn(voucher, answer, line);
            }
            case REDEEM -> {
                var voucher = voucher(course);
                var answer =
                        redemptions.redeem(
                                line,
                                provider(course),
                                caller,
                                vouchers.code(voucher),
                                course.terms().faceValue(),
                                course.terms().fee(FeeLine.Kind.PROVIDER));
                yield Meaning.ofRedemption(voucher, answer, line);
            }
            case TRANSFER, PAY_BACK -> {
                var payout = payout(course, step);
                yield Meaning.ofPayout(payout, payouts.transfer(line, bank(), payout), line);
            }
            case RECALL -> {
                var payout = payout(course, step);
                yield Meaning.ofRecall(payout, payouts.recall(line, bank(), payout), line);
            }
            case VALIDATE ->
                    throw new IllegalArgumentException(
                            "the customer's code is sent when the customer gives it");
        };
    }

    private Made ask(Course<?> course, CashOutStep step, Transcript line, Instant now) {
        return switch (step) {
            case CHARGE, CONFIRM, CANCEL, VALIDATE -> {
                var charge = charge(course);
                var answer = billing.ask(line, profile(charge), charge, since(course, charge), now);
                yield Meaning.ofCharge(charge, answer, line, step);
            }
            case REFUND -> {
                var charge = charge(course);
                var answer = billing.askRefund(line, profile(charge), charge, refundKey(course));
                yield Meaning.ofRefund(answer, line);
            }
            case ORDER_VOUCHER -> {
                var voucher = voucher(course);
                var answer = vouchers.ask(line, issuer(voucher), voucher, day(now));
                yield Meaning.ofOrder(vouchers, voucher, answer, line);
            }
            case RETURN_VOUCHER -> {
                var voucher = voucher(course);
                var answer = vouchers.askGivenBack(line, issuer(voucher), voucher);
                yield Meaning.ofReturn(voucher, answer, line);
            }
            case REDEEM -> {
                var answer =
                        redemptions.ask(
                                line,
                                provider(course),
                                course.cashOut().value(),
                                course.terms().faceValue(),
                                course.terms().fee(FeeLine.Kind.PROVIDER));
                yield Meaning.ofRedemption(voucher(course), answer, line);
            }
            case TRANSFER, PAY_BACK -> {
                var payout = payout(course, step);
                yield Meaning.ofPayout(payout, payouts.ask(line, bank(), payout), line);
            }
            case RECALL -> {
                var payout = payout(course, step);
                yield Meaning.ofRecall(payout, payouts.askRecalled(line, bank(), payout), line);
            }
        };
    }

    /** From when on a payment may have been made: an aftermath has looked through what came before its last look. */
    private static Instant since(Course<?> course, Charge charge) {
        var lastLook = course instanceof Aftermath a ? a.attempt().sentAt() : null;
        return lastLook == null ? charge.openedAt() : lastLook;
    }

    private static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private static String refundKey(Course<?> course) {
        return course.cashOut().value() + "-refund";
    }

    private Charge charge(Course<?> course) {
        return charges.of(course.cell(), course.cashOut().value()).orElseThrow();
    }

    private CarrierProfile profile(Charge charge) {
        return carriers.of(charge.number()).orElseThrow();
    }

    private Voucher voucher(Course<?> course) {
        return vouchers.of(course.cell(), course.cashOut().value()).orElseThrow();
    }

    private Issuer issuer(Voucher voucher) {
        return issuers.ofProduct(voucher.product()).orElseThrow();
    }

    private Provider provider(Course<?> course) {
        return providers.provider(course.terms().provider()).orElseThrow();
    }

    private Bank bank() {
        return banks.bank().orElseThrow();
    }

    private Payouts.Payout payout(Course<?> course, CashOutStep step) {
        var purpose = step == CashOutStep.PAY_BACK ? "BACK" : "NET";
        return payouts.of(course.cell(), course.cashOut().value(), purpose).orElseThrow();
    }
}
