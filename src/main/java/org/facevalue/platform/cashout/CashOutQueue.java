package org.facevalue.platform.cashout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which cash-outs are due. A port: the table in production, memory where a test runs the job alone. */
interface CashOutQueue {
    /** Those due at {@code now} on the business clock, oldest first, leased to the caller. Leases live on the queue's own clock. */
    List<CashOut> claimDue(Instant now, int atMost);

    Optional<CashOut> read(CashOutId id);
}
