package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.facevalue.platform.guard.Freezes;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.StepUp;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Condition;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.platform.voucher.Vouchers;
import org.facevalue.platform.wallet.Wallets;
import org.facevalue.verify.SignedDocument;
import org.springframework.stereotype.Component;

/** What a customer may keep where the conversion or the payout cannot be had, with the refund always beside it; and the code of a voucher that was kept. */
@Component
public class Choices {
    private final Ledger ledger;
    private final Facts facts;
    private final CashOutRows rows;
    private final Consequences consequences;
    private final PartyRows kept;
    private final Vouchers vouchers;
    private final Wallets wallets;
    private final Withdrawals withdrawals;
    private final StepUp stepUp;
    private final BusinessClock clock;

    Choices(
            Ledger ledger,
            Facts facts,
            CashOutRows rows,
            Parties parties,
            PartyRows kept,
            Vouchers vouchers,
            Wallets wallets,
            Withdrawals withdrawals,
            StepUp stepUp,
            Ids ids,
            BusinessClock clock) {
        this.ledger = ledger;
        this.facts = facts;
        this.rows = rows;
        this.consequences = new Consequences(parties, ids);
        this.kept = kept;
        this.vouchers = vouchers;
        this.wallets = wallets;
        this.withdrawals = withdrawals;
        this.stepUp = stepUp;
        this.clock = clock;
    }

    /** What a customer can choose. */
    public enum Choice {
        REFUND,
        VOUCHER,
        CASH
    }

    /** What is open now, the refund first; nothing where there is no choice, or its time is over. */
    public List<Choice> open(CashOut cashOut) {
        if (!clock.now().isBefore(cashOut.deadline())) return List.of();
        return switch (cashOut.state()) {
            case VOUCHER_OFFERED -> List.of(Choice.REFUND, Choice.VOUCHER);
            case CASH_OFFERED -> List.of(Choice.REFUND, Choice.CASH);
            default -> List.of();
        };
    }

    /** What the customer has by that choice: off the bill, on the voucher, or in the wallet. */
    public static Money amount(CashOut cashOut, Choice choice) {
        return switch (choice) {
            case REFUND, VOUCHER -> cashOut.terms().faceValue();
            case CASH -> Books.cash(cashOut.terms());
        };
    }

    /** What the customer has, or is to have, by how it stands: paid out, given back, on the voucher, in the wallet, or nothing. */
    public static Money had(CashOut cashOut) {
        return switch (cashOut.state()) {
            case NOT_CHARGED -> Money.zero(cashOut.terms().faceValue().currency());
            case REFUNDED -> amount(cashOut, Choice.REFUND);
            case KEPT_AS_VOUCHER -> amount(cashOut, Choice.VOUCHER);
            case KEPT_AS_CASH -> amount(cashOut, Choice.CASH);
            default -> cashOut.terms().net();
        };
    }

    /** What came of a choice. */
    public enum Chosen {
        TAKEN,
        NOT_OPEN,
        /** Frozen: only the refund can be had. */
        FROZEN
    }

    /** Takes the choice, with its postings; not open where it is too late, or another one was taken before. While frozen nothing can be kept. */
    public Chosen choose(CashOut cashOut, Choice choice) {
        if (!open(cashOut).contains(choice)) return Chosen.NOT_OPEN;
        var now = clock.now();
        var event = event(cashOut, choice);
        var decision = cashOut.after(event, now, Duration.ZERO);
        var next = decision.next();
        var handedOver =
                choice == Choice.VOUCHER
                        ? List.of(Vouchers.became(kept.voucher(cashOut), "HANDED_OVER"))
                        : List.<Effect<?>>of();
        var change = consequences.of(cashOut, decision, rows, false, handedOver, now);
        List<Condition<?>> conditions =
                choice == Choice.REFUND
                        ? List.of()
                        : List.of(Freezes.notFrozen(next.cell(), next.terms().customer()));
        var outcome =
                ledger.commit(
                        new Command(
                                new CommandKey(next.cell(), next.subject() + "/" + next.version()),
                                change.movements(),
                                conditions,
                                change.effects(),
                                change.events()));
        return switch (outcome) {
            case Outcome.Committed c -> Chosen.TAKEN;
            case Outcome.Refused.Unmet u -> Chosen.FROZEN;
            default -> Chosen.NOT_OPEN;
        };
    }

    private CashOutEvent event(CashOut cashOut, Choice choice) {
        return switch (choice) {
            case REFUND -> new CashOutEvent.RefundChosen();
            case VOUCHER -> new CashOutEvent.VoucherKept();
            case CASH -> new CashOutEvent.CashKept(wallets.defaultOf(cashOut.terms().customer()));
        };
    }

    /** What a step-up stands for that shows the code of a kept voucher. */
    public static StepUp.Agreement agreement(CashOut cashOut) {
        var terms = cashOut.terms();
        var what = Map.of("kind", "facevalue voucher code v1", "cash_out", cashOut.id().shown());
        return new StepUp.Agreement(
                terms.cell(),
                SignedDocument.digest(what),
                terms.faceValue().minor(),
                terms.issuer());
    }

    /** What came of asking for the code. */
    public sealed interface Shown {
        /** {@code expiresOn}: the last day is the issuer's. */
        record Code(String code, LocalDate expiresOn) implements Shown {
            @Override
            public String toString() {
                return "a code that is valid until " + expiresOn;
            }
        }

        record NotKept() implements Shown {}

        record StepUpFailed() implements Shown {}

        record ChallengeExpired() implements Shown {}

        record AccountFrozen() implements Shown {}
    }

    /** Whether the customer has the voucher: kept, and not given back since. */
    public boolean hasVoucher(CashOut cashOut) {
        return Withdrawals.isOpen(cashOut)
                && withdrawals
                        .of(cashOut)
                        .filter(given -> given.state() != AftermathState.NOT_TAKEN_BACK)
                        .isEmpty();
    }

    /** Shows the code of a voucher that was kept: with a fresh proof each time, never while frozen, and the journal tells that it was shown. */
    public Shown code(Caller caller, CashOut cashOut, Confirmation.Yes yes) {
        if (!hasVoucher(cashOut)) return new Shown.NotKept();
        return switch (stepUp.check(
                caller, yes.challenge(), agreement(cashOut), yes.deviceKey(), yes.signature())) {
            case StepUp.Proof.Failed f -> new Shown.StepUpFailed();
            case StepUp.Proof.Expired e -> new Shown.ChallengeExpired();
            case StepUp.Proof.Given(var consume) -> code(cashOut, yes, consume);
        };
    }

    private Shown code(CashOut cashOut, Confirmation.Yes yes, Effect<?> consume) {
        var customer = cashOut.terms().customer();
        var fact =
                new Facts.Fact(
                        cashOut.cell(),
                        "cu",
                        customer.value(),
                        "voucher-code-shown",
                        clock.now(),
                        Map.of("cash_out", cashOut.id().shown()));
        var change =
                new Facts.Change(
                        List.of(),
                        List.of(Freezes.notFrozen(cashOut.cell(), customer)),
                        List.of(consume),
                        List.of());
        var outcome = facts.commit(yes.challenge().value() + "/voucher-code", fact, change);
        return switch (outcome) {
            case Outcome.Committed c -> {
                var voucher = kept.voucher(cashOut);
                var expiresOn = voucher.expiresOn();
                if (expiresOn == null)
                    throw new IllegalStateException("no expiry: " + voucher.reference());
                yield new Shown.Code(vouchers.code(voucher), expiresOn);
            }
            case Outcome.Refused.Unmet u -> new Shown.AccountFrozen();
            // The same challenge was used in this moment by another request.
            default -> new Shown.ChallengeExpired();
        };
    }
}
