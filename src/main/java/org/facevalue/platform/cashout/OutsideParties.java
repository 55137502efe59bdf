package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
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
    /** The code of an answer that a person has heard. */
    private static final String SAID = "SAID_TO_STAFF";

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
                var answer =
                        ours(charge, billing.charge(line, rows.carrier(charge), charge, repeat));
                yield made(Meaning.ofCharge(charge, answer, step), answer, line);
            }
            case CONFIRM -> {
                var charge = rows.charge(course);
                var answer = billing.confirm(line, rows.carrier(charge), charge);
                yield made(Meaning.ofCharge(charge, answer, step), answer, line);
            }
            case CANCEL -> {
                var charge = rows.charge(course);
                var answer = billing.cancel(line, rows.carrier(charge), charge);
                yield made(Meaning.ofCharge(charge, answer, step), answer, line);
            }
            case REFUND -> {
                var charge = rows.charge(course);
                var key = refundKey(course);
                var answer = billing.refund(line, rows.carrier(charge), charge, key, repeat);
                yield made(Meaning.ofRefund(answer), answer, line);
            }
            case ORDER_VOUCHER -> {
                var voucher = rows.voucher(course);
                var answer = vouchers.order(line, rows.issuer(voucher), voucher, day(now));
                yield made(Meaning.ofOrder(vouchers, voucher, answer), answer, line);
            }
            case RETURN_VOUCHER -> {
                var voucher = rows.voucher(course);
                var answer =
                        vouchers.giveBack(line, rows.issuer(voucher), voucher, returnKey(course));
                yield made(Meaning.ofReturn(voucher, answer), answer, line);
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
                yield made(Meaning.ofRedemption(voucher, answer), answer, line);
            }
            case TRANSFER, PAY_BACK -> {
                var payout = payout(course, step);
                var answer = payouts.transfer(line, rows.bank(), payout);
                yield made(Meaning.ofPayout(payout, answer), answer, line);
            }
            case RECALL -> {
                var payout = payout(course, step);
                var answer = payouts.recall(line, rows.bank(), payout);
                yield made(Meaning.ofRecall(payout, answer), answer, line);
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
                        ours(
                                charge,
                                billing.ask(
                                        line,
                                        rows.carrier(charge),
                                        charge,
                                        since(course, charge),
                                        now));
                yield made(Meaning.ofCharge(charge, answer, step), answer, line);
            }
            case REFUND -> {
                var charge = rows.charge(course);
                var answer =
                        billing.askRefund(line, rows.carrier(charge), charge, refundKey(course));
                yield made(Meaning.ofRefund(answer), answer, line);
            }
            case ORDER_VOUCHER -> {
                var voucher = rows.voucher(course);
                var answer = vouchers.ask(line, rows.issuer(voucher), voucher, day(now));
                yield made(Meaning.ofOrder(vouchers, voucher, answer), answer, line);
            }
            case RETURN_VOUCHER -> {
                var voucher = rows.voucher(course);
                var answer = vouchers.askGivenBack(line, rows.issuer(voucher), voucher);
                yield made(Meaning.ofReturn(voucher, answer), answer, line);
            }
            case REDEEM -> {
                var answer =
                        redemptions.ask(
                                line,
                                rows.provider(course),
                                course.cashOut().value(),
                                course.terms().faceValue(),
                                course.terms().fee(FeeLine.Kind.PROVIDER));
                yield made(Meaning.ofRedemption(rows.voucher(course), answer), answer, line);
            }
            case TRANSFER, PAY_BACK -> {
                var payout = payout(course, step);
                var answer = payouts.ask(line, rows.bank(), payout);
                yield made(Meaning.ofPayout(payout, answer), answer, line);
            }
            case RECALL -> {
                var payout = payout(course, step);
                var answer = payouts.askRecalled(line, rows.bank(), payout);
                yield made(Meaning.ofRecall(payout, answer), answer, line);
            }
        };
    }

    private static Made made(Meant meant, Answer<?> answer, Transcript line) {
        return new Made(meant.event(), answer, line, meant.effects());
    }

    @Override
    public Optional<Meant> said(Course<?> course, CashOutStep step, boolean done) {
        return switch (step) {
            // Without the carrier's identifier a charge cannot be confirmed or refunded later.
            case CHARGE ->
                    done ? Optional.empty() : charge(course, step, new Answer.Declined<>(SAID));
            case CONFIRM -> done ? became(course, step, Charge.Status.SUCCEEDED) : notYet();
            case CANCEL -> done ? became(course, step, Charge.Status.CANCELLED) : notYet();
            case REFUND -> Optional.of(Meaning.ofRefund(word(done)));
            // Nor a voucher be redeemed without its code.
            case ORDER_VOUCHER ->
                    done
                            ? Optional.empty()
                            : Optional.of(
                                    Meaning.ofOrder(
                                            vouchers,
                                            rows.voucher(course),
                                            new Answer.Declined<>(SAID)));
            case RETURN_VOUCHER -> Optional.of(Meaning.ofReturn(rows.voucher(course), word(done)));
            case REDEEM -> Optional.of(Meaning.ofRedemption(rows.voucher(course), word(done)));
            case TRANSFER, PAY_BACK ->
                    Optional.of(Meaning.ofPayout(payout(course, step), word(done)));
            case RECALL -> Optional.of(Meaning.ofRecall(payout(course, step), word(done)));
            case VALIDATE -> Optional.empty();
        };
    }

    @Override
    public Meant charged(Course<?> course, String paymentId) {
        var fact = new Charge.Fact(paymentId, Charge.Status.SUCCEEDED, null);
        return Meaning.ofCharge(rows.charge(course), new Answer.Done<>(fact), CashOutStep.CHARGE);
    }

    private static Answer<String> word(boolean done) {
        return done ? new Answer.Done<>(SAID) : new Answer.Declined<>(SAID);
    }

    private Optional<Meant> charge(Course<?> course, CashOutStep step, Answer<Charge.Fact> answer) {
        return Optional.of(Meaning.ofCharge(rows.charge(course), answer, step));
    }

    /** The payment stands as it did before: the request goes out again. */
    private static Optional<Meant> notYet() {
        return Optional.of(new Meant(new CashOutEvent.NotYet(), List.of()));
    }

    /** The payment that is reserved, or waits for its code, has become so. */
    private Optional<Meant> became(Course<?> course, CashOutStep step, Charge.Status status) {
        return Optional.ofNullable(rows.charge(course).paymentId())
                .map(id -> new Answer.Done<>(new Charge.Fact(id, status, null)))
                .flatMap(answer -> charge(course, step, answer));
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

    /** Asked once more after a no, it is another request: under the old key the old answer would come again. */
    private static String returnKey(Course<?> course) {
        var key = course.cashOut().value() + "/refund";
        return course instanceof Aftermath late && late.of() == Aftermath.Of.LATE_WITHDRAWAL
                ? key + "/" + late.sequence()
                : key;
    }

    private static String refundKey(Course<?> course) {
        return course.cashOut().value() + "-refund";
    }

    private Payouts.Payout payout(Course<?> course, CashOutStep step) {
        return rows.payout(course, step == CashOutStep.PAY_BACK ? "BACK" : "NET");
    }
}
