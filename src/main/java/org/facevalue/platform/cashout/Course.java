package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.quote.Terms;
import org.jspecify.annotations.Nullable;

/** What goes from step to step with outside parties: a cash-out, or the aftermath of one. A value; {@link StepJob} takes it on. */
sealed interface Course<R extends Course<R>> permits CashOut, Aftermath {
    /** The cash-out's identifier, by which every outside party knows it. */
    CashOutId cashOut();

    Terms terms();

    /** Its own identifier, of its events, calls and commands, with the prefix of its kind. */
    UUID subject();

    String subjectKind();

    long version();

    long sequence();

    /** How many calls and questions there were, all together. */
    int calls();

    Instant stateSince();

    Attempt attempt();

    @Nullable Instant dueAt();

    /** What is to be done next. */
    Action next(Instant now);

    /** As it is with one call or question more. */
    R called(Attempt attempt, long version);

    /** The same with another attempt; no change of its own. */
    R with(Attempt attempt);

    /** The step whose request is under way, or was given up and is watched; empty where nothing is asked of anybody. */
    Optional<CashOutStep> pending();

    boolean hasEnded();

    /** Whether the answer to its request is odd, or has been waited for too long: a person may ask by other means. */
    boolean isUnclear(Instant now);

    /** As it is when nothing was settled: one version on, due again at {@code dueAt}. */
    R waiting(Attempt attempt, @Nullable Instant dueAt);

    /**
     * What follows from what happened. Pure: no clock, no chance, no database, no network.
     *
     * @param quiet how long after a request its absence means nothing
     */
    Decision<R> after(CashOutEvent event, Instant now, Duration quiet);

    /** The whole state at this moment, so that no reader of an event has to ask back. */
    Map<String, Object> snapshot();

    /** The event by which it became what it is. */
    default Event event(UUID id, String type, Instant at) {
        return new Event(cell(), id, subjectKind(), subject(), sequence(), type, at, snapshot());
    }

    default Cell cell() {
        return terms().cell();
    }
}
