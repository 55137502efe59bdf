package org.facevalue.platform.cashout;

import java.time.Instant;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.quote.Terms;
import org.jspecify.annotations.Nullable;

/**
 * One run from a confirmed quote to its end. Times are on the business clock.
 *
 * @param version counts its changes; guards every one
 * @param sequence the number of its last event in the journal
 * @param calls how many calls and questions there were, all together
 * @param tries how many of them in this state: the pause between them grows with it
 * @param sentAt when the step's request was last sent; empty when it was not
 * @param asking whether the outcome of that request is open: then it is asked about, never repeated
 * @param absent how often in a row the other side knew nothing of it
 * @param codeTries how many wrong codes the customer gave
 * @param dueAt when it is looked at again; empty when nothing is to be done
 * @param reason why it goes back, or ended without being paid: a code
 */
public record CashOut(
        CashOutId id,
        Terms terms,
        CashOutState state,
        long version,
        long sequence,
        int calls,
        int tries,
        Instant stateSince,
        @Nullable Instant sentAt,
        boolean asking,
        int absent,
        int codeTries,
        boolean cancelAsked,
        @Nullable Instant dueAt,
        @Nullable String reason,
        Instant confirmedAt) {

    public Cell cell() {
        return terms.cell();
    }

    /** Until when its state's step may take. */
    public Instant deadline() {
        return stateSince.plus(state.patience());
    }

    /** Whether the customer may still say no: the provider was not asked yet, and no person has it. */
    public boolean cancellable() {
        return state.cancellable()
                && dueAt != null
                && (state != CashOutState.VOUCHER_HELD || sentAt == null);
    }

    /** As it is with one call or question more. */
    CashOut called(@Nullable Instant sent, boolean isAsking, long newVersion) {
        return new CashOut(
                id,
                terms,
                state,
                newVersion,
                sequence,
                calls + 1,
                tries + 1,
                stateSince,
                sent,
                isAsking,
                absent,
                codeTries,
                cancelAsked,
                dueAt,
                reason,
                confirmedAt);
    }
}
