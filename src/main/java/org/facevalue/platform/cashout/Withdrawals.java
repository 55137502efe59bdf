package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facevalue.platform.cashout.CashOutEvent.WithdrawalAsked;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.time.BusinessClock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Undoes a purchase that was made here and kept as a voucher: the issuer takes the voucher back, and then the charge goes off the bill. */
@Component
public class Withdrawals {
    private final AftermathRows rows;
    private final Ids ids;
    private final BusinessClock clock;

    Withdrawals(AftermathRows rows, Ids ids, BusinessClock clock) {
        this.rows = rows;
        this.ids = ids;
        this.clock = clock;
    }

    /** Whether there is a voucher that the customer can give back. */
    public static boolean isOpen(CashOut cashOut) {
        return cashOut.state() == CashOutState.KEPT_AS_VOUCHER;
    }

    /** What begins it, to be committed together. */
    public record Begun(Effect<?> effect, Event event) {}

    /**
     * Begins it; an issuer that has said no before is asked once more.
     *
     * @param askedAt when the customer asked: what the issuer has said since then is its answer
     * @return empty where there is nothing to give back, it was begun already, or the issuer is not asked any more
     */
    public Optional<Begun> begin(CashOut cashOut, Instant askedAt) {
        if (!isOpen(cashOut)) return Optional.empty();
        var all = rows.of(cashOut);
        var now = clock.now();
        if (one(all, Aftermath.Of.WITHDRAWAL).isEmpty()) {
            var first = Aftermath.withdrawal(cashOut, now);
            return Optional.of(new Begun(AftermathRows.add(first), asked(first, now)));
        }
        return one(all, Aftermath.Of.LATE_WITHDRAWAL)
                .filter(late -> late.state() == AftermathState.WATCHED)
                .filter(late -> saidAt(late).isBefore(askedAt))
                .map(late -> late.after(new WithdrawalAsked(), now, Duration.ZERO).next())
                .map(again -> new Begun(rows.advance(again, false), asked(again, now)));
    }

    private Event asked(Aftermath begun, Instant now) {
        return begun.event(ids.next(), new WithdrawalAsked().type(), now);
    }

    /**
     * How far it is.
     *
     * @param state also where the issuer took the voucher back after it had refused to
     * @param saidAt when the issuer last said so, of a no that it may still take back; null where nothing more is asked
     */
    public record Standing(AftermathState state, @Nullable Instant saidAt) {}

    /** Empty where none was begun. */
    public Optional<Standing> of(CashOut cashOut) {
        var all = rows.of(cashOut);
        var withdrawal = one(all, Aftermath.Of.WITHDRAWAL);
        if (withdrawal.isEmpty()) return Optional.empty();
        var late = one(all, Aftermath.Of.LATE_WITHDRAWAL);
        if (late.isPresent() && late.get().turnedUp())
            return Optional.of(new Standing(late.get().state(), null));
        var saidAt = late.filter(it -> !it.hasEnded()).map(Withdrawals::saidAt).orElse(null);
        return Optional.of(new Standing(withdrawal.get().state(), saidAt));
    }

    private static Optional<Aftermath> one(List<Aftermath> all, Aftermath.Of of) {
        return all.stream().filter(aftermath -> aftermath.of() == of).findFirst();
    }

    /** When an issuer that is still watched said no for the last time. */
    private static Instant saidAt(Aftermath late) {
        var looked = late.attempt().sentAt();
        return looked == null || looked.isBefore(late.stateSince()) ? late.stateSince() : looked;
    }
}
