package org.facevalue.platform.wayout;

import org.facevalue.platform.money.Money;

/** What can happen to a way out. */
public sealed interface WayOutEvent {
    /**
     * The party has the request, and its term runs.
     *
     * @param withheld whether it holds back what the seller would get
     * @param until counted from now: nobody is late with what they have not got
     */
    record Received(boolean withheld, WayOut.Until until) implements WayOutEvent {}

    /** It holds back what the seller would get, and did not say so at first. */
    record Withheld() implements WayOutEvent {}

    record Granted() implements WayOutEvent {}

    /** {@code why}: the party's code. */
    record Refused(String why) implements WayOutEvent {}

    /** The party has given back all that was asked for, or more. */
    record Undone(Money given) implements WayOutEvent {}

    /** It has given back less. */
    record UndoneInPart(Money given) implements WayOutEvent {}

    /** The party's time is nearly over, and it is reminded. */
    record Reminded() implements WayOutEvent {}

    /** The day by which something was to happen is over. */
    record TermOver() implements WayOutEvent {}

    /** The customer has decided nothing in time. */
    record Lapsed() implements WayOutEvent {}

    /** The customer's time to choose is nearly over. */
    record ChoiceNearlyOver() implements WayOutEvent {}

    /** The customer wants the request back. */
    record TakeBackAsked() implements WayOutEvent {}

    record TakenBack() implements WayOutEvent {}

    /** The customer wants the dispute body to decide. */
    record ReferralAsked() implements WayOutEvent {}

    /** The dispute body has the whole file. {@code caseNumber}: theirs. */
    record Referred(String caseNumber) implements WayOutEvent {}

    /** The dispute body does not take the case. {@code why}: its code. */
    record ReferralDeclined(String why) implements WayOutEvent {}

    /** The customer leaves it at that. */
    record Left() implements WayOutEvent {}

    /** As the journal tells it: {@code undone-in-part}. */
    static String type(Class<? extends WayOutEvent> event) {
        return event.getSimpleName()
                .replaceAll("([a-z])([A-Z])", "$1-$2")
                .toLowerCase(java.util.Locale.ROOT);
    }

    default String type() {
        return type(getClass());
    }
}
