package org.facevalue.platform.wayout;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A purchase on its way back. Times are on the business clock.
 *
 * @param version counts every change of the row
 * @param sequence the number of its last event
 * @param calls how many calls there were
 * @param tries how many of them in this state
 * @param said the party's reason for a no, its code; or null
 * @param given what the party has given back, or null
 * @param caseNumber the dispute body's, or null
 * @param dueAt when it is looked at again, or null at an end and where a person has to act
 */
public record WayOut(
        WayOutId id,
        Purchase purchase,
        Kind kind,
        Basis basis,
        WayOutState state,
        long version,
        long sequence,
        int calls,
        int tries,
        Instant createdAt,
        Instant stateSince,
        Until until,
        boolean withheld,
        boolean reminded,
        @Nullable String said,
        @Nullable Money given,
        @Nullable String caseNumber,
        @Nullable Instant dueAt) {
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
    private static final Duration NEW = Duration.ofHours(1);
    private static final int PATIENCE_DAYS = 14;
    static final int REMIND_DAYS = 2;

    /**
     * By when who acts next has to.
     *
     * @param day still in time, in the zone of the served jurisdiction
     * @param law the statute that says so, or empty where it is only the platform's patience
     * @param near from when on it is nearly over: two business days before, where it is somebody's who works on those
     */
    public record Until(LocalDate day, String law, LocalDate near) {
        static Until patience(LocalDate today) {
            var day = today.plusDays(PATIENCE_DAYS);
            return new Until(day, "", day.minusDays(REMIND_DAYS));
        }

        boolean isOver(LocalDate today) {
            return today.isAfter(day);
        }

        boolean isNear(LocalDate today) {
            return !today.isBefore(near());
        }
    }

    static WayOut begun(
            WayOutId id, Purchase purchase, Kind kind, Basis basis, Until until, Instant now) {
        return new WayOut(
                id,
                purchase,
                kind,
                basis,
                WayOutState.ASKING,
                1,
                1,
                0,
                0,
                now,
                now,
                until,
                false,
                false,
                null,
                null,
                null,
                now);
    }

    /** Whether our own books do it. A charge that the customer has not authorised is the carrier's to decide about, wherever it was made. */
    public boolean isCarriedOutHere() {
        return purchase.isMadeHere() && kind != Kind.CORRECTION;
    }

    public Cell cell() {
        return purchase.cell();
    }

    /** What is to be done next. */
    sealed interface Todo {
        record Call(Step step) implements Todo {}

        record Happened(WayOutEvent event) implements Todo {}

        record Rest() implements Todo {}
    }

    Todo next(LocalDate today, Instant now) {
        return switch (state) {
            case ASKING -> new Todo.Call(Step.FILE);
            case ASKED, GRANTED ->
                    new Todo.Call(isToBeReminded(today, now) ? Step.REMIND : Step.LOOK);
            case OVERDUE, NOT_GIVEN -> new Todo.Call(Step.LOOK);
            case TAKING_BACK -> new Todo.Call(Step.TAKE_BACK);
            // What came meanwhile would make the file untrue.
            case REFERRING -> new Todo.Call(tries == 0 ? Step.LOOK : Step.REFER);
            case REFUSED, GIVEN_IN_PART, NOT_TAKEN_UP -> {
                if (until.isOver(today)) yield new Todo.Happened(new WayOutEvent.Lapsed());
                if (!reminded && until.isNear(today))
                    yield new Todo.Happened(new WayOutEvent.ChoiceNearlyOver());
                yield isLookedAtMeanwhile(state) ? new Todo.Call(Step.LOOK) : new Todo.Rest();
            }
            case UNDONE, TAKEN_BACK, LEFT, REFERRED -> new Todo.Rest();
        };
    }

    /** Who was asked a moment ago needs no reminder, however near the end of its term is. */
    private boolean isToBeReminded(LocalDate today, Instant now) {
        return !reminded && until.isNear(today) && now.isAfter(stateSince.plus(NEW));
    }

    /** One call more, about to be made. */
    WayOut called() {
        return changed(state, sequence, calls + 1, tries + 1, stateSince, until, dueAt);
    }

    /** A reminder has gone to the party, or is on its way to the customer. */
    private WayOut withReminder() {
        return told(withheld, true, said, given, caseNumber);
    }

    /** Nothing has happened: when it is looked at again. A day on which a term begins to be near or is over is not slept through. */
    WayOut waiting(Instant now, ZoneId zone) {
        var pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(tries, 15));
        var at = now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        for (var day : new LocalDate[] {until.near(), until.day().plusDays(1)}) {
            var begins = day.atStartOfDay(zone).toInstant();
            if (begins.isAfter(now) && begins.isBefore(at)) at = begins;
        }
        return changed(state, sequence, calls, tries, stateSince, until, at);
    }

    /** A person has to look before it goes on. */
    WayOut stopped() {
        return changed(state, sequence, calls, tries, stateSince, until, null);
    }

    /** How it is after {@code event}; empty when the table has no such edge. */
    Optional<WayOut> after(WayOutEvent event, Instant now, ZoneId zone) {
        return state.after(event).map(to -> moved(event, to, now, zone));
    }

    private WayOut moved(WayOutEvent event, WayOutState to, Instant now, ZoneId zone) {
        boolean near =
                event instanceof WayOutEvent.ChoiceNearlyOver
                        || event instanceof WayOutEvent.Reminded
                        || event instanceof WayOutEvent.Withheld;
        var term =
                switch (event) {
                    case WayOutEvent.Received(var held, var runs) -> runs;
                    default -> near ? until : term(to, LocalDate.ofInstant(now, zone));
                };
        var due = due(to, near ? term.day().plusDays(1) : term.near(), now, zone);
        var next = changed(to, sequence + 1, calls, 0, now, term, due);
        return switch (event) {
            case WayOutEvent.Received(var holdsBack, var runs) ->
                    next.told(holdsBack, false, said, given, caseNumber);
            case WayOutEvent.Refused(var why) -> next.with(why, given, caseNumber);
            case WayOutEvent.Undone(var money) -> next.with(said, money, caseNumber);
            case WayOutEvent.UndoneInPart(var money) -> next.with(said, money, caseNumber);
            case WayOutEvent.Referred(var number) -> next.with(said, given, number);
            case WayOutEvent.ReferralDeclined e -> next;
            case WayOutEvent.Withheld e -> next.told(true, reminded, said, given, caseNumber);
            case WayOutEvent.Granted e -> next;
            case WayOutEvent.TermOver e -> next;
            case WayOutEvent.Lapsed e -> next;
            case WayOutEvent.ChoiceNearlyOver e -> next.withReminder();
            case WayOutEvent.Reminded e -> next.withReminder();
            case WayOutEvent.TakeBackAsked e -> next;
            case WayOutEvent.TakenBack e -> next;
            case WayOutEvent.ReferralAsked e -> next;
            case WayOutEvent.Left e -> next;
        };
    }

    /** A seller has to give back within the same term in which it has to answer; whoever else has agreed, and the customer who decides, have the platform's patience. */
    private Until term(WayOutState to, LocalDate today) {
        return switch (to) {
            case GRANTED -> kind == Kind.WITHDRAWAL ? until : Until.patience(today);
            case REFUSED, GIVEN_IN_PART, NOT_TAKEN_UP -> Until.patience(today);
            default -> until;
        };
    }

    /** @param day when a customer who does not choose is heard of again; what is carried out here is looked at meanwhile */
    private @Nullable Instant due(WayOutState to, LocalDate day, Instant now, ZoneId zone) {
        if (to.isEnd()) return null;
        return to.isForCustomer() && !isLookedAtMeanwhile(to)
                ? day.atStartOfDay(zone).toInstant()
                : now;
    }

    /** Whether there may be news while the customer decides: of what is carried out here, and where a party has not answered or given for good. */
    private boolean isLookedAtMeanwhile(WayOutState then) {
        return isCarriedOutHere() || then == WayOutState.NOT_TAKEN_UP;
    }

    /** The customer decides, and is heard of again when that is nearly over, or is. */
    WayOut resting(ZoneId zone) {
        var day = reminded ? until.day().plusDays(1) : until.near();
        return changed(
                state,
                sequence,
                calls,
                tries,
                stateSince,
                until,
                day.atStartOfDay(zone).toInstant());
    }

    private WayOut changed(
            WayOutState newState,
            long newSequence,
            int newCalls,
            int newTries,
            Instant newStateSince,
            Until newUntil,
            @Nullable Instant newDueAt) {
        boolean same = newState == state;
        return new WayOut(
                id,
                purchase,
                kind,
                basis,
                newState,
                version + 1,
                newSequence,
                newCalls,
                newTries,
                createdAt,
                newStateSince,
                newUntil,
                withheld,
                same && reminded,
                said,
                given,
                caseNumber,
                newDueAt);
    }

    private WayOut with(@Nullable String why, @Nullable Money money, @Nullable String number) {
        return told(withheld, reminded, why, money, number);
    }

    private WayOut told(
            boolean holdsBack,
            boolean hasReminded,
            @Nullable String why,
            @Nullable Money money,
            @Nullable String number) {
        return new WayOut(
                id,
                purchase,
                kind,
                basis,
                state,
                version,
                sequence,
                calls,
                tries,
                createdAt,
                stateSince,
                until,
                holdsBack,
                hasReminded,
                why,
                money,
                number,
                dueAt);
    }

    /** Whether nothing goes on before a person has looked. */
    public boolean standsStill() {
        return dueAt == null && !state.isEnd();
    }

    /** Whether the customer may take the request back: one that is carried out here only before it is. */
    public boolean isRecallable() {
        return isCarriedOutHere()
                ? state == WayOutState.ASKING && calls == 0
                : state.isRecallable();
    }

    /** What the customer may choose now: {@code take-back}, {@code refer}, {@code leave}. */
    public List<String> choices() {
        var choices = new ArrayList<String>();
        if (isRecallable()) choices.add("take-back");
        if (state.isReferable()) choices.add("refer");
        if (state.isForCustomer()) choices.add("leave");
        return choices;
    }

    @Override
    public String toString() {
        return id.shown();
    }
}
