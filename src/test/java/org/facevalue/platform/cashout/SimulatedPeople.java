package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.facevalue.platform.carrier.BareCarrier;
import org.facevalue.platform.cashout.Choices.Choice;
import org.facevalue.platform.guard.Freezes;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.payout.BarePayouts;
import org.facevalue.platform.payout.Payouts;
import org.facevalue.platform.redemption.BareRedemptions;
import org.facevalue.platform.voucher.Vouchers;

/** The customers and the staff of a simulated run. */
final class SimulatedPeople {
    private final Simulation run;

    SimulatedPeople(Simulation run) {
        this.run = run;
    }

    /** From the confirmation to the end, as this customer is: patient or not, attentive or not. */
    void customer(CashOut cashOut, Random dice) {
        confirm(cashOut);
        int patience = dice.nextInt(5) == 0 ? dice.nextInt(40) : Integer.MAX_VALUE;
        boolean ignores = dice.nextInt(6) == 0;
        for (int looks = 0; looks < 400; looks++) {
            run.turns.pause("a customer looks", Duration.ofMillis(300 + dice.nextInt(2_000)));
            var row = run.store.row("cash_out", cashOut.id().value());
            var state = CashOutState.valueOf((String) row.get("state"));
            if (state.isEnd()) {
                if (state == CashOutState.KEPT_AS_VOUCHER) holds(cashOut, dice);
                return;
            }
            if (looks == patience)
                run.here(() -> run.rows.cash.read(cashOut.id()).ifPresent(run.cashOuts::cancel));
            if (dice.nextInt(4) == 0) hint(cashOut);
            if (ignores) continue;
            if (state == CashOutState.CODE_WANTED && dice.nextInt(3) == 0) {
                var code = run.others.codeOnPhone(cashOut.id().value().toString());
                var given = dice.nextInt(3) == 0 || code.isEmpty() ? "000000" : code;
                run.here(() -> run.codes.give(cashOut.id(), given));
            }
            if (state.way() == CashOutState.Way.OFFERED && dice.nextInt(3) == 0) {
                // Some make up their minds in the last second, or after it.
                if (dice.nextInt(4) == 0)
                    run.turns.pause(
                            "a customer thinks it over",
                            state.patience().minusMillis(dice.nextInt(20_000) - 4_000L));
                var choice = Choice.values()[dice.nextInt(Choice.values().length)];
                run.here(
                        () ->
                                run.rows
                                        .cash
                                        .read(cashOut.id())
                                        .ifPresent(now -> run.choices.choose(now, choice)));
            }
        }
    }

    /** Uses the voucher, or gives it back, or both, in any order. */
    private void holds(CashOut cashOut, Random dice) {
        for (int deeds = dice.nextInt(3); deeds > 0; deeds--) {
            run.turns.pause("a customer thinks it over", Duration.ofMinutes(dice.nextInt(90)));
            if (dice.nextInt(3) == 0) run.others.use(cashOut.id().value().toString());
            else run.here(() -> givesBack(cashOut));
        }
    }

    private void givesBack(CashOut cashOut) {
        run.rows
                .cash
                .read(cashOut.id())
                .flatMap(kept -> run.withdrawals.begin(kept, run.now()))
                .ifPresent(
                        begun ->
                                run.ledger.commit(
                                        new Command(
                                                new CommandKey(
                                                        Cell.FIRST,
                                                        begun.event().subject()
                                                                + "/begun/"
                                                                + begun.event().sequence()),
                                                List.of(),
                                                List.of(),
                                                List.of(begun.effect()),
                                                List.of(begun.event()))));
    }

    /** Confirms until it is acknowledged: the same request again is the same yes. */
    private void confirm(CashOut cashOut) {
        run.rows.agreed(cashOut.terms());
        while (!run.acknowledged.contains(cashOut.id().value())) {
            run.here(
                    () -> {
                        var now = run.now();
                        var outcome = run.ledger.commit(confirmation(cashOut, now));
                        if (outcome instanceof Outcome.Committed
                                || outcome instanceof Outcome.Replayed)
                            run.acknowledged.add(cashOut.id().value());
                    });
            run.turns.pause("a customer confirms", Duration.ofSeconds(5));
        }
    }

    private Command confirmation(CashOut cashOut, Instant now) {
        var id = cashOut.id().value();
        var terms = cashOut.terms();
        var effects = new ArrayList<Effect<?>>();
        effects.add(CashOutRows.add(Alone.at(cashOut, now), new byte[0]));
        effects.addAll(
                BareCarrier.charges()
                        .open(
                                Cell.FIRST,
                                id,
                                terms.carrier(),
                                SimulatedRows.LINE,
                                terms.faceValue(),
                                now));
        effects.add(Freezes.open(Cell.FIRST, terms.customer()));
        effects.add(Vouchers.open(Cell.FIRST, id, terms.product(), terms.faceValue()));
        effects.addAll(
                BareRedemptions.redemptions()
                        .open(Cell.FIRST, id, terms.provider(), terms.faceValue()));
        effects.add(
                BarePayouts.payouts()
                        .open(new Payouts.Payout(Cell.FIRST, id, "NET", "account", terms.net())));
        return new Command(
                new CommandKey(Cell.FIRST, terms.id().value() + "/confirm"),
                List.of(),
                List.of(),
                effects,
                List.of(Alone.at(cashOut, now).event(run.nextId(), "confirmed", now)));
    }

    /** A callback, which may come at any time and as often as it likes. */
    private void hint(CashOut cashOut) {
        run.store.hasten("cash_out", cashOut.id().value(), run.now());
        for (var aftermath : run.store.rows("aftermath"))
            if (aftermath.get("cash_out").equals(cashOut.id().value()))
                run.store.hasten("aftermath", (UUID) aftermath.get("id"), run.now());
        run.turns.wake(Simulation.IDLE);
    }

    /** A person takes on what no machine can. */
    void staff() {
        for (var row : List.copyOf(run.store.rows("cash_out"))) {
            var cashOut = run.rows.cash.read(new CashOutId((UUID) row.get("id"))).orElseThrow();
            for (var owed : run.byHand.owed(cashOut)) settle(cashOut, owed);
            for (var open : run.byHand.unclear(cashOut, run.now())) said(cashOut, open);
            again(cashOut, cashOut.subject());
            for (var aftermath : run.rows.after.of(cashOut)) again(cashOut, aftermath.subject());
        }
        run.follow();
    }

    private void settle(CashOut cashOut, UUID owed) {
        // Of a customer who has it already by a late refund, the bank's return is nobody's loss.
        boolean whole =
                run.others.count("refunds", cashOut.id().value().toString(), "succeeded") > 0;
        var how = whole ? ByHand.Whole.ALREADY : ByHand.Whole.PAID;
        var change =
                run.byHand
                        .whole(cashOut, owed, how, run.now())
                        .or(() -> run.byHand.whole(cashOut, owed, ByHand.Whole.PAID, run.now()));
        if (change.isEmpty()) return;
        var all = change.get();
        run.count("by hand " + all.events().getFirst().type());
        run.ledger.commit(
                new Command(
                        new CommandKey(Cell.FIRST, owed + "/hand/" + run.nextId()),
                        all.movements(),
                        List.of(),
                        all.effects(),
                        all.events()));
    }

    /** Whoever is asked on the phone looks it up in the books, and says what stands there. */
    private void said(CashOut cashOut, ByHand.Unclear unclear) {
        var id = cashOut.id().value().toString();
        var booked = unclear.comesBack() ? "RETURNED" : "BOOKED";
        long done =
                switch (unclear.step()) {
                    case REDEEM -> run.others.count("redemptions", id, "ACCEPTED");
                    case TRANSFER -> run.others.transfers(id, "-net", booked);
                    case PAY_BACK -> run.others.transfers(id, "-back", booked);
                    case RECALL -> run.others.transfers(id, "-net", "RETURNED");
                    case REFUND -> run.others.count("refunds", id, "succeeded");
                    case RETURN_VOUCHER -> run.others.count("orders", id, "REFUNDED");
                    case CONFIRM, CHARGE -> run.others.count("payments", id, "succeeded");
                    case CANCEL -> run.others.count("payments", id, "cancelled", "denied");
                    case ORDER_VOUCHER ->
                            run.others.count("orders", id, "ISSUED", "REDEEMED", "REFUNDED");
                    case VALIDATE -> 0;
                };
        var said = done > 0 ? ByHand.Said.DONE : ByHand.Said.NOT_DONE;
        if (!unclear.open().contains(said)) return;
        run.count("said " + said + " of " + unclear.step() + (unclear.comesBack() ? " back" : ""));
        run.byHand
                .said(cashOut, unclear.course(), said, run.now())
                .ifPresent(
                        all ->
                                run.ledger.commit(
                                        new Command(
                                                new CommandKey(
                                                        Cell.FIRST,
                                                        unclear.course() + "/said/" + run.nextId()),
                                                all.movements(),
                                                List.of(),
                                                all.effects(),
                                                all.events())));
    }

    private void again(CashOut cashOut, UUID course) {
        var current = run.rows.cash.read(cashOut.id()).orElseThrow();
        var table = course.equals(cashOut.subject()) ? "cash_out" : "aftermath";
        if (run.store.row(table, course).get("due_at") != null) return;
        run.byHand
                .askAgain(current, course, run.now())
                .ifPresent(
                        effect -> {
                            run.count("asked again " + run.store.row(table, course).get("state"));
                            run.ledger.commit(
                                    new Command(
                                            new CommandKey(
                                                    Cell.FIRST, course + "/again/" + run.nextId()),
                                            List.of(),
                                            List.of(),
                                            List.of(effect),
                                            List.of()));
                        });
    }
}
