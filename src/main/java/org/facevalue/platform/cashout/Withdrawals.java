package org.facevalue.platform.cashout;

import java.util.List;
import java.util.Optional;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.stereotype.Component;

/** Undoes a purchase that was made here and kept as a voucher: the issuer takes the voucher back, and then the charge goes off the bill. */
@Component
public class Withdrawals {
    private final Ledger ledger;
    private final AftermathRows rows;
    private final Ids ids;
    private final BusinessClock clock;

    Withdrawals(Ledger ledger, AftermathRows rows, Ids ids, BusinessClock clock) {
        this.ledger = ledger;
        this.rows = rows;
        this.ids = ids;
        this.clock = clock;
    }

    /** Whether there is a voucher that the customer can give back. */
    public static boolean isOpen(CashOut cashOut) {
        return cashOut.state() == CashOutState.KEPT_AS_VOUCHER;
    }

    /** Begins it, once however often it is called. */
    public void begin(CashOut cashOut) {
        if (!isOpen(cashOut) || of(cashOut).isPresent()) return;
        var now = clock.now();
        var begun = Aftermath.withdrawal(cashOut, now);

        ledger.commit(
                new Command(
                        new CommandKey(cashOut.cell(), begun.next().subject() + "/begun"),
                        List.of(),
                        List.of(),
                        List.of(AftermathRows.add(begun.next())),
                        List.of(begun.next().event(ids.next(), "withdrawal-asked", now))));
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
