package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Fence;
import org.facevalue.platform.outside.Transcript;

/** The other side of every step. A port: the outside parties in production, a script where a test runs the job alone. */
interface Parties {

    /** Carries the action out: one call or one question, which is not sent any more when {@code fence} does not hold. */
    Made make(Course<?> course, Action action, Instant now, Fence fence);

    /** Who is asked in this step: a code. */
    String party(Course<?> course, CashOutStep step);

    /** How long after that step's request its absence means nothing, beyond the sender's lease: what the party has stated. */
    Duration lag(Course<?> course, CashOutStep step);

    /** Rows that the step needs which begins now. */
    List<Effect<?>> entering(Course<?> next);

    /** What it means when the party's word to a person is that the step was done, or was not; empty where a word does not suffice. */
    Optional<Meant> said(Course<?> course, CashOutStep step, boolean done);

    /** What it means that the carrier has charged under this identifier of its own. */
    Meant charged(Course<?> course, String paymentId);

    /**
     * What an answer means.
     *
     * @param effects rows of the party's room that keep what was told
     */
    record Meant(CashOutEvent event, List<Effect<?>> effects) {
        Meant and(Effect<?> more) {
            var all = new ArrayList<>(effects);
            all.add(more);
            return new Meant(event, all);
        }
    }

    /**
     * What came of it.
     *
     * @param effects rows of the party's room that keep what was told
     */
    record Made(
            CashOutEvent event, Answer<?> answer, Transcript transcript, List<Effect<?>> effects) {}
}
