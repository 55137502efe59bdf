package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.facevalue.platform.ledger.Movement;
import org.jspecify.annotations.Nullable;

/**
 * What follows from what happened.
 *
 * @param next how it is afterwards; version and sequence already counted
 * @param movements what commits with it
 * @param told what the journal tells: every change of state, and nothing else
 * @param matter why a person has to look, or null
 * @param begun what is watched from now on, because it may still turn up; or null
 */
record Decision<R>(
        R next,
        List<Movement> movements,
        @Nullable CashOutEvent told,
        @Nullable String matter,
        @Nullable Aftermath begun) {

    /** Nothing is settled: it is looked at again later. */
    static <R extends Course<R>> Decision<R> open(
            R course, CashOutEvent event, Instant now, Duration quiet, @Nullable String matter) {
        int seed = course.subject().hashCode() * 31 + course.calls();
        var then = course.attempt().after(event, now, quiet, seed);
        return unmoved(course.waiting(then.attempt(), then.dueAt()), matter);
    }

    /** It stops here, and a person looks. */
    static <R extends Course<R>> Decision<R> stopped(R course, String matter) {
        return unmoved(course.waiting(course.attempt(), null), matter.toLowerCase(Locale.ROOT));
    }

    private static <R> Decision<R> unmoved(R next, @Nullable String matter) {
        return new Decision<>(next, List.of(), null, matter, null);
    }
}
