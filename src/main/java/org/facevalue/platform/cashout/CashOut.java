package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.quote.Terms;
import org.jspecify.annotations.Nullable;

/**
 * One run from a confirmed quote to its end. Times are on the business clock.
 *
 * @param version counts its changes; guards every one
 * @param sequence the number of its last event in the journal
 * @param calls how many calls and questions there were, all together
 * @param attempt how it stands with the request of its state's step
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
        Instant stateSince,
        Attempt attempt,
        int codeTries,
        boolean cancelAsked,
        @Nullable Instant dueAt,
        @Nullable String reason,
        Instant confirmedAt)
        implements Course<CashOut> {

    @Override
    public CashOutId cashOut() {
        return id;
    }

    @Override
    public UUID subject() {
        return id.value();
    }

    @Override
    public String subjectKind() {
        return "co";
    }

    @Override
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
                && (state != CashOutState.VOUCHER_HELD || attempt.sentAt() == null);
    }

    @Override
    public Action next(Instant now) {
        return Action.of(this, now);
    }

    @Override
    public CashOut called(Attempt newAttempt, long newVersion) {
        return changed(newVersion, calls + 1, newAttempt, dueAt);
    }

    @Override
    public CashOut waiting(Attempt newAttempt, @Nullable Instant newDueAt) {
        return changed(version + 1, calls, newAttempt, newDueAt);
    }

    @Override
    public CashOut with(Attempt other) {
        return changed(version, calls, other, dueAt);
    }

    @Override
    public boolean hasEnded() {
        return state.isEnd();
    }

    @Override
    public Optional<CashOutStep> pending() {
        return state.step();
    }

    @Override
    public boolean isUnclear(Instant now) {
        boolean late = attempt.asking() && now.isAfter(deadline());
        return state != CashOutState.CODE_WANTED && (attempt.isOdd() || late);
    }

    private CashOut changed(
            long newVersion, int newCalls, Attempt newAttempt, @Nullable Instant newDueAt) {
        return new CashOut(
                id,
                terms,
                state,
                newVersion,
                sequence,
                newCalls,
                stateSince,
                newAttempt,
                codeTries,
                cancelAsked,
                newDueAt,
                reason,
                confirmedAt);
    }

    @Override
    public Decision<CashOut> after(CashOutEvent event, Instant now, Duration quiet) {
        return CashOutDecision.of(this, event, now, quiet);
    }

    @Override
    public Map<String, Object> snapshot() {
        var data = new LinkedHashMap<String, Object>();
        data.put("state", state.name());
        data.put("quote", terms.id().shown());
        data.put("face_value", terms.faceValue().minor());
        data.put("net", terms.net().minor());
        data.put("currency", terms.faceValue().currency().getCurrencyCode());
        if (reason != null) data.put("reason", reason);
        return data;
    }
}
