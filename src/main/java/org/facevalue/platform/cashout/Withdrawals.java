package org.facevalue.platform.cashout;

import java.util.Optional;
import org.facevalue.platform.cashout.CashOutEvent.WithdrawalAsked;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.time.BusinessClock;
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

    /** How far it is, also where the issuer took the voucher back after it had refused to; empty where none was begun. */
    public Optional<AftermathState> of(CashOut cashOut) {
        return rows.of(cashOut).stream()
                .filter(
                        aftermath ->
                                aftermath.of() == Aftermath.Of.WITHDRAWAL
                                        || aftermath.of() == Aftermath.Of.LATE_WITHDRAWAL
                                                && aftermath.turnedUp())
                .map(Aftermath::state)
                .reduce((first, later) -> later);
    }
}
