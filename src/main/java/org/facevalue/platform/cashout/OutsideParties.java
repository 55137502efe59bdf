package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.facevalue.platform.carrier.CarrierBilling;
import org.facevalue.platform.carrier.Charge;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Fence;
import org.facevalue.platform.outside.Lines;
import org.facevalue.platform.outside.Transcript;
import org.facevalue.platform.payout.Payouts;
import org.facevalue.platform.quote.FeeLine;
import org.facevalue.platform.redemption.Redemptions;
import org.facevalue.platform.voucher.Vouchers;
import org.springframework.stereotype.Component;

/** Each step as a call of the room whose party it is, and each answer as what it means for a cash-out. */
@Component
class OutsideParties implements Parties {
    private final Lines lines;
    private final PartyRows rows;
    private final CarrierBilling billing;
    private final Vouchers vouchers;
    private final Redemptions redemptions;
    private final Payouts payouts;

    OutsideParties(
            Lines lines,
            PartyRows rows,
            CarrierBilling billing,
            Vouchers vouchers,
            Redemptions redemptions,
            Payouts payouts) {
        this.lines = lines;
        this.rows = rows;
        this.billing = billing;
        this.vouchers = vouchers;
        this.redemptions = redemptions;
        this.payouts = payouts;
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
            case CHARGE, VALIDATE, CONFIRM, CANCEL, REFUND ->
                    rows.carrier(rows.charge(course)).lag();
            case ORDER_VOUCHER, RETURN_VOUCHER -> rows.issuer(rows.voucher(course)).lag();
            case REDEEM -> rows.provider(course).lag();
            case TRANSFER, PAY_BACK, RECALL -> rows.bank().lag();
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
                    call(course, step, repeat, line(course, step, repeat, fence), now);
            case Action.Ask(var step) -> ask(course, step, line(course, step, true, fence), now);
            case Action.Happened h -> throw new IllegalArgumentException("nobody to call");
            case Action.Rest r -> throw new IllegalArgumentException("nobody to call");
        };
    }

    private Transcript line(Course<?> course, CashOutStep step, boolean again, Fence fence) {
        var party = party(course, step);
        return new Transcript(again ? lines.again(party) : lines.to(party), fence);
    }

    private Made call(
            Course<?> course, CashOutStep step, boolean repeat, Transcript line, Instant now) {
        var caller = course.cashOut().value();
        return switch (step) {
            case CHARGE -> {
                var charge = rows.charge(course);
                var answer = billing.charge(line, rows.carrier(charge), charge, repeat);
                yield Meaning.ofCharge(charge, ours(charge, answer), line, step);
            }
            case CONFIRM -> {
                var charge = rows.charge(course);
                var answer = billing.confirm(line, rows.carrier(charge), charge);
                yield Meaning.ofCharge(charge, answer, line, step);
            }
            case CANCEL -> {
                var charge = rows.charge(course);
                var answer = billing.cancel(line, rows.carrier(charge), charge);
                yield Meaning.ofCharge(charge, answer, line, step);
            }
            case REFUND -> {
                var charge = rows.charge(course);
                var key = refundKey(course);
                yield Meaning.ofRefund(
                        billing.refund(line, rows.carrier(charge), charge, key, repeat), line);
            }
            case ORDER_VOUCHER -> {
                var voucher = rows.voucher(course);
                var answer = vouchers.order(line, rows.issuer(voucher), voucher, day(now));
                yield Meaning.ofOrder(vouchers, voucher, answer, line);
            }
            case RETURN_VOUCHER -> {
                var voucher = rows.voucher(course);
                var answer = vouchers.giveBack(line, rows.issuer(voucher), voucher);
                yield Meaning.ofReturn(voucher, answer, line);
            }
            case REDEEM -> {
                var voucher = rows.voucher(course);
                var answer =
                        redemptions.redeem(
                                line,
                                rows.provider(course),
                                caller,
                                vouchers.code(voucher),
                                course.terms().faceValue(),
                                course.terms().fee(FeeLine.Kind.PROVIDER));
                yield Meaning.ofRedemption(voucher, answer, line);
            }
            case TRANSFER, PAY_BACK -> {
                var payout = payout(course, step);
                yield Meaning.ofPayout(payout, payouts.transfer(line, rows.bank(), payout), line);
            }
            case RECALL -> {
                var payout = payout(course, step);
                yield Meaning.ofRecall(payout, payouts.recall(line, rows.bank(), payout), line);
            }
            case VALIDATE ->
                    throw new IllegalArgumentException(
                            "the customer's code is sent when the customer gives it");
        };
    }

    private Made ask(Course<?> course, CashOutStep step, Transcript line, Instant now) {
        return switch (step) {
            case CHARGE, CONFIRM, CANCEL, VALIDATE -> {
                var charge = rows.charge(course);
                var answer =
                        billing.ask(line, rows.carrier(charge), charge, since(course, charge), now);
                yield Meaning.ofCharge(charge, ours(charge, answer), line, step);
            }
            case REFUND -> {
                var charge = rows.charge(course);
                var answer =
                        billing.askRefund(line, rows.carrier(charge), charge, refundKey(course));
                yield Meaning.ofRefund(answer, line);
            }
            case ORDER_VOUCHER -> {
                var voucher = rows.voucher(course);
                var answer = vouchers.ask(line, rows.issuer(voucher), voucher, day(now));
                yield Meaning.ofOrder(vouchers, voucher, answer, line);
            }
            case RETURN_VOUCHER -> {
                var voucher = rows.voucher(course);
                var answer = vouchers.askGivenBack(line, rows.issuer(voucher), voucher);
                yield Meaning.ofReturn(voucher, answer, line);
            }
            case REDEEM -> {
                var answer =
                        redemptions.ask(
                                line,
                                rows.provider(course),
                                course.cashOut().value(),
                                course.terms().faceValue(),
                                course.terms().fee(FeeLine.Kind.PROVIDER));
                yield Meaning.ofRedemption(rows.voucher(course), answer, line);
            }
            case TRANSFER, PAY_BACK -> {
                var payout = payout(course, step);
                yield Meaning.ofPayout(payout, payouts.ask(line, rows.bank(), payout), line);
            }
            case RECALL -> {
                var payout = payout(course, step);
                yield Meaning.ofRecall(
                        payout, payouts.askRecalled(line, rows.bank(), payout), line);
            }
        };
    }

    /** What is said under an identifier that another charge has is not ours: a confirmation would go to somebody else's payment. */
    private Answer<Charge.Fact> ours(Charge charge, Answer<Charge.Fact> answer) {
        if (!(answer instanceof Answer.Done<Charge.Fact>(var fact))) return answer;
        boolean other =
                !fact.paymentId().equals(charge.paymentId())
                        && rows.isAnothers(charge, fact.paymentId());
        return other ? new Answer.Odd<>("another payment's identifier") : answer;
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

    private Payouts.Payout payout(Course<?> course, CashOutStep step) {
        return rows.payout(course, step == CashOutStep.PAY_BACK ? "BACK" : "NET");
    }
}
