package org.facevalue.platform.cashout;

import java.time.Instant;

/** What is to be done next about a cash-out or its aftermath. Pure, as {@link Decision} is. */
sealed interface Action {
    /** Send the step's request. {@code repeat}: it may have arrived before. */
    record Call(CashOutStep step, boolean repeat) implements Action {}

    /** Ask what became of it. */
    record Ask(CashOutStep step) implements Action {}

    /** Nothing needs to be asked for this to be so. */
    record Happened(CashOutEvent event) implements Action {}

    /** Nothing. */
    record Rest() implements Action {}

    static Action of(CashOut cashOut, Instant now) {
        boolean late = !now.isBefore(cashOut.deadline());
        if (cashOut.state().way() == CashOutState.Way.OFFERED)
            return late ? new Happened(new CashOutEvent.DeadlinePassed()) : new Rest();
        var step = cashOut.state().step();
        if (step.isEmpty()) return new Rest();
        if (cashOut.state() == CashOutState.CODE_WANTED) {
            if (cashOut.cancelAsked()) return new Happened(new CashOutEvent.Cancelled());
            if (late) return new Happened(new CashOutEvent.DeadlinePassed());
            return new Ask(CashOutStep.CHARGE);
        }
        // Whether the issuer has it back decides a claim of ours, and not whether the customer is
        // made
        // whole: nobody waits for it any longer.
        if (cashOut.state() == CashOutState.RETURNING_VOUCHER && late)
            return new Happened(new CashOutEvent.DeadlinePassed());
        if (cashOut.attempt().asking()) return new Ask(step.get());
        // Here nothing of this step is under way: it was never sent, or it is known not to have
        // arrived.
        if (cashOut.cancelAsked() && cashOut.state().cancellable())
            return new Happened(new CashOutEvent.Cancelled());
        if (late && cashOut.state().canBeGivenUp())
            return new Happened(new CashOutEvent.DeadlinePassed());
        return request(step.get(), cashOut.attempt());
    }

    /** The step's request, or where it is under way the question what became of it. */
    static Action request(CashOutStep step, Attempt attempt) {
        return attempt.asking() ? new Ask(step) : new Call(step, attempt.sentAt() != null);
    }
}
