package org.facevalue.platform.cashout;

import java.time.Instant;
import java.util.List;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Transcript;

/** The other side of every step. A port: the outside parties in production, a script where a test runs the job alone. */
interface Parties {

    /** Carries the action out: one call or one question. */
    Made make(CashOut cashOut, Action action, Instant now);

    /** Who is asked in this step: a code. */
    String party(CashOut cashOut, CashOutStep step);

    /** How long after a request its absence means nothing, beyond the sender's lease. */
    java.time.Duration lag(CashOut cashOut);

    /**
     * What came of it.
     *
     * @param effects rows of the party's room that keep what was told
     */
    record Made(
            CashOutEvent event, Answer<?> answer, Transcript transcript, List<Effect<?>> effects) {}
}
