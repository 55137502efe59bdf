package org.facevalue.platform.ledger;

/** What came of a command. "Unknown" is not among them: the ledger finds out before it answers. */
public sealed interface Outcome {
    /** It is so now, durably. */
    record Committed(CommandKey key) implements Outcome {}

    /** It was so already: this key has committed before, and nothing happened this time. */
    record Replayed(CommandKey key) implements Outcome {}

    /** The expected no; nothing has changed. */
    sealed interface Refused extends Outcome {
        /** The account would go below its floor. {@code available}, in minor units on its own side, is what could be taken. */
        record NotEnough(Account account, long available) implements Refused {}

        /** Somebody changed the row, or the hold, first. */
        record Moved(String what) implements Refused {}

        /** A condition does not hold: frozen, suspended, consumed. */
        record Unmet(ConditionKind<?> kind) implements Refused {}
    }
}
