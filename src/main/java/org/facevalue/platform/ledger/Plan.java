package org.facevalue.platform.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.facevalue.platform.ledger.AccountKind.Side;
import org.facevalue.platform.ledger.Movement.Hold;
import org.facevalue.platform.ledger.Movement.Posting;
import org.facevalue.platform.ledger.Movement.Release;
import org.facevalue.platform.ledger.Movement.Settle;
import org.facevalue.platform.ledger.Outcome.Refused;
import org.facevalue.platform.money.Money;

/** What the movements of a command do to the accounts and holds that were locked. A pure function: no clock, no database, no threads. */
sealed interface Plan {

    /** To be written: each posting with the balances it leaves, the accounts as they then stand, the holds that open and close. */
    record Write(
            List<Line> lines, Map<UUID, Balance> accounts, List<Hold> opened, List<Closed> closed)
            implements Plan {}

    record No(Refused refusal) implements Plan {}

    record Line(Account from, Account to, Money amount, Balance fromAfter, Balance toAfter) {}

    /** @param how {@code SETTLED} or {@code RELEASED} */
    record Closed(UUID hold, String how) {}

    /**
     * @param accounts every account that the movements name, by its id
     * @param openHolds the amounts of the holds they name, as far as these are still open
     */
    static Plan of(
            List<Movement> movements, Map<UUID, Balance> accounts, Map<UUID, Long> openHolds) {
        var now = new TreeMap<>(accounts);
        var lines = new ArrayList<Line>();
        var opened = new ArrayList<Hold>();
        var closed = new ArrayList<Closed>();
        for (var movement : movements) {
            switch (movement) {
                case Posting p -> lines.add(post(now, p.from(), p.to(), p.amount()));
                case Hold hold -> {
                    change(now, hold.account(), b -> b.holding(hold.amount().minor()));
                    opened.add(hold);
                }
                case Settle settle -> {
                    if (!isOpen(openHolds, settle.hold(), settle.amount()))
                        return new No(new Refused.Moved("hold " + settle.hold()));
                    change(now, settle.account(), b -> b.holding(-settle.amount().minor()));
                    lines.add(post(now, settle.account(), settle.to(), settle.amount()));
                    closed.add(new Closed(settle.hold(), "SETTLED"));
                }
                case Release release -> {
                    if (!isOpen(openHolds, release.hold(), release.amount()))
                        return new No(new Refused.Moved("hold " + release.hold()));
                    change(now, release.account(), b -> b.holding(-release.amount().minor()));
                    closed.add(new Closed(release.hold(), "RELEASED"));
                }
            }
        }
        for (var balance : now.values())
            if (balance.belowFloor())
                return new No(
                        new Refused.NotEnough(
                                balance.account(), before(accounts, balance).available()));
        return new Write(lines, now, opened, closed);
    }

    private static Line post(Map<UUID, Balance> now, Account from, Account to, Money amount) {
        var fromAfter = change(now, from, b -> b.moved(Side.DEBIT, amount.minor()));
        var toAfter = change(now, to, b -> b.moved(Side.CREDIT, amount.minor()));
        return new Line(from, to, amount, fromAfter, toAfter);
    }

    private static Balance change(
            Map<UUID, Balance> now,
            Account account,
            java.util.function.UnaryOperator<Balance> how) {
        var before = now.get(account.id());
        if (before == null) throw new IllegalStateException("not locked: " + account);
        var after = how.apply(before);
        now.put(account.id(), after);
        return after;
    }

    private static Balance before(Map<UUID, Balance> accounts, Balance after) {
        var before = accounts.get(after.account().id());
        return before == null ? Balance.opened(after.account()) : before;
    }

    private static boolean isOpen(Map<UUID, Long> openHolds, UUID hold, Money amount) {
        var open = openHolds.get(hold);
        return open != null && open == amount.minor();
    }
}
