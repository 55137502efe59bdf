package org.facevalue.platform.cashout;

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

    /** Begins it; empty where there is nothing to give back, or it was begun before. */
    public Optional<Begun> begin(CashOut cashOut) {
        if (!isOpen(cashOut) || of(cashOut).isPresent()) return Optional.empty();
        var now = clock.now();
        var begun = Aftermath.withdrawal(cashOut, now);
        var event = begun.event(ids.next(), new WithdrawalAsked().type(), now);
        return Optional.of(new Begun(AftermathRows.add(begun), event));
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
        var late = one(all, Aftermath.Of.LATE_WITHDRAWAL);
        return one(all, Aftermath.Of.WITHDRAWAL)
                .map(
                        withdrawal ->
                                late.filter(Aftermath::turnedUp)
                                        .map(it -> new Standing(it.state(), null))
                                        .orElseGet(
                                                () ->
                                                        new Standing(
                                                                withdrawal.state(),
                                                                late.map(Withdrawals::saidAt)
                                                                        .orElse(null))));
    }

    private static Optional<Aftermath> one(List<Aftermath> all, Aftermath.Of of) {
        return all.stream().filter(aftermath -> aftermath.of() == of).findFirst();
    }

    /** When an issuer said no for the last time; null where nobody asks it any more. */
    private static @Nullable Instant saidAt(Aftermath late) {
        if (late.hasEnded()) return null;
        var looked = late.attempt().sentAt();
        return looked == null ? late.since() : looked;
    }

    /** The issuer that has said no is asked at once whether it still does. */
    public void askAgain(CashOut cashOut) {
        rows.hasten(
                cashOut.cell(),
                cashOut.id().value(),
                List.of(Aftermath.Of.LATE_WITHDRAWAL),
                clock.now());
    }
}
