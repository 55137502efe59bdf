package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import org.facevalue.platform.cashout.CashOutEvent.NotThere;
import org.facevalue.platform.cashout.CashOutEvent.NotYet;
import org.facevalue.platform.cashout.CashOutEvent.OddAnswer;
import org.facevalue.platform.cashout.CashOutEvent.StillOpen;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with the request of the present step.
 *
 * @param tries how many calls and questions there were in this state: the pause between them grows with it
 * @param sentAt when the request was last sent, on the business clock; empty when it was not
 * @param asking whether its outcome is open: then it is asked about, never repeated
 * @param repeated whether an earlier request of this step was given up for lost and sent again: it may still arrive
 * @param absent how often in a row the other side knew nothing of it; {@link #ODD} once it has answered about something else: what it knows means
 *     nothing then, and nothing is given up or repeated on its word
 */
public record Attempt(
        int tries, @Nullable Instant sentAt, boolean repeated, boolean asking, int absent) {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration RAREST = Duration.ofMinutes(10);
    private static final int PATIENT = 20;
    private static final int SURE = 2;
    private static final int ODD = -1;

    /** Nothing was sent yet. */
    static final Attempt NONE = new Attempt(0, null, false, false, 0);

    Attempt sent(Instant at) {
        return new Attempt(tries + 1, at, sentAt != null, true, absent);
    }

    Attempt asked() {
        return new Attempt(tries + 1, sentAt, repeated, true, absent);
    }

    /** A person has taken the party's word for an answer. */
    Attempt given() {
        return new Attempt(tries, sentAt, repeated, false, 0);
    }

    /** The other side has answered about something else: what it knows means nothing from now on. */
    Attempt odd() {
        return new Attempt(tries, sentAt, repeated, true, ODD);
    }

    /** One call more that is not this request's: the customer's code. */
    Attempt counted() {
        return new Attempt(tries + 1, sentAt, repeated, asking, absent);
    }

    /** Whether it was sent and has not been seen to arrive, this time or an earlier one. */
    boolean lost() {
        return sentAt != null && !asking || repeated;
    }

    /** Whether the other side has answered about something else. */
    boolean isOdd() {
        return absent == ODD;
    }

    /** How it stands afterwards, and when to look again. */
    record Next(Attempt attempt, Instant dueAt) {}

    /**
     * What an answer that settles nothing means for the request.
     *
     * @param quiet how long after a request its absence means nothing: the sender's lease and the other side's stated lag
     * @param seed from which the jitter is drawn, so that a run can be repeated
     */
    Next after(CashOutEvent open, Instant now, Duration quiet, int seed) {
        return switch (open) {
            case StillOpen still ->
                    new Next(
                            new Attempt(tries, sentAt, repeated, true, isOdd() ? ODD : 0),
                            now.plus(pause(seed)));
            case NotThere not when isOdd() -> new Next(odd(), now.plus(pause(seed)));
            case NotThere not -> notThere(now, quiet, seed);
            // Said to a person: nothing more is asked, and the request goes out again.
            case NotYet not when !asking -> new Next(this, now);
            // Of what they know of they say more than that they do not know it.
            case NotYet not -> notThere(now, quiet, seed);
            case OddAnswer odd -> new Next(odd(), now.plus(pause(seed)));
            default ->
                    new Next(
                            new Attempt(tries, sentAt, repeated, true, absent),
                            now.plus(pause(seed)));
        };
    }

    /** That is a no only when the quiet time is over, and said twice; then the same request may go out again. */
    private Next notThere(Instant now, Duration quiet, int seed) {
        if (sentAt == null)
            return new Next(new Attempt(tries, null, repeated, false, 0), now.plus(pause(seed)));
        var quietUntil = sentAt.plus(quiet);
        if (now.isBefore(quietUntil))
            return new Next(new Attempt(tries, sentAt, repeated, true, 0), quietUntil);
        int before = Math.max(0, absent);
        if (before + 1 < SURE)
            return new Next(
                    new Attempt(tries, sentAt, repeated, true, before + 1), now.plus(pause(seed)));
        return new Next(new Attempt(tries, sentAt, repeated, false, 0), now);
    }

    private static Duration doubled(Duration first, int times, Duration most) {
        var wait = first.multipliedBy(1L << Math.min(times, 10));
        return wait.compareTo(most) > 0 ? most : wait;
    }

    /** Doubles with every call of the state, with up to a quarter of jitter; after some minutes of silence it is asked ever more rarely. */
    Duration pause(int seed) {
        var pause = doubled(SHORTEST_WAIT, tries, LONGEST_WAIT);
        if (tries > PATIENT) pause = doubled(LONGEST_WAIT, tries - PATIENT, RAREST);
        int jitter = Math.floorMod(seed, 25);
        return pause.plus(pause.multipliedBy(jitter).dividedBy(100));
    }
}
