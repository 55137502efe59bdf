package org.facevalue.platform.cashout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.outside.Claim;

/** Which cash-outs, or which aftermaths, are due. A port: the table in production, memory where a test runs the job alone. */
interface CourseQueue<R> {
    /** Those due at {@code now} on the business clock, oldest first, leased to the caller. */
    List<Claim> claimDue(Instant now, int atMost);

    /** As it stands now. */
    Optional<R> read(Claim claimed);

    /** Moves the row from the version before; {@code kept} begins the lease anew, so that the same worker can go on. */
    Effect<?> advance(R to, boolean kept);

    /** Takes it out of the queue until a person puts it back. */
    Effect<?> park(Claim claimed);
}
