package org.facevalue.platform.cashout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.facevalue.platform.cashout.CashOutEvent.ChargeDeclined;
import org.facevalue.platform.cashout.CashOutEvent.ChargeRefunded;
import org.facevalue.platform.cashout.CashOutEvent.Charged;
import org.facevalue.platform.cashout.CashOutEvent.CodeWanted;
import org.facevalue.platform.cashout.CashOutEvent.NoAnswer;
import org.facevalue.platform.cashout.CashOutEvent.NotThere;
import org.facevalue.platform.cashout.CashOutEvent.PaidBack;
import org.facevalue.platform.cashout.CashOutEvent.PayoutBooked;
import org.facevalue.platform.cashout.CashOutEvent.PayoutDeclined;
import org.facevalue.platform.cashout.CashOutEvent.Redeemed;
import org.facevalue.platform.cashout.CashOutEvent.RedemptionDeclined;
import org.facevalue.platform.cashout.CashOutEvent.RefundDeclined;
import org.facevalue.platform.cashout.CashOutEvent.Released;
import org.facevalue.platform.cashout.CashOutEvent.Reserved;
import org.facevalue.platform.cashout.CashOutEvent.StillOpen;
import org.facevalue.platform.cashout.CashOutEvent.VoucherDeclined;
import org.facevalue.platform.cashout.CashOutEvent.VoucherIssued;
import org.facevalue.platform.cashout.CashOutEvent.VoucherNotReturned;
import org.facevalue.platform.cashout.CashOutEvent.VoucherReturned;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.DesignatedAccount.AccountId;
import org.facevalue.platform.customer.PhoneLine.LineId;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Account;
import org.facevalue.platform.ledger.AccountKind;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.MemoryStore;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.OutsideCalls.Intention;
import org.facevalue.platform.outside.Transcript;
import org.facevalue.platform.outside.Transport;
import org.facevalue.platform.quote.FeeLine;
import org.facevalue.platform.quote.QuoteId;
import org.facevalue.platform.quote.Terms;
import org.junit.jupiter.api.Test;

/**
 * The job alone: the production deciding, books and ledger, with the database, the clock and the other side in memory. The other side is hostile: it
 * answers by chance, one number repeats a run.
 */
class CashOutJobTest {
    private static final Instant BEGIN = Instant.parse("2026-11-25T03:00:00Z");

    @Property(tries = 1_000)
    void whatever_the_other_side_does_a_cash_out_ends_with_balanced_books_or_waits_for_a_person(
            @ForAll long seed) {
        var run = new Run(new Chance(new Random(seed)));
        run.toTheEnd();

        var state = run.current.state();
        assertThat(run.store.imbalance()).as("seed=%d", seed).isZero();
        if (!state.isEnd()) {
            assertThat(run.current.dueAt()).as("seed=%d waits for a person", seed).isNull();
            return;
        }
        assertThat(run.store.balance(new Books(run.current).own())).as("seed=%d", seed).isZero();
        assertThat(run.store.nothingHeld()).as("seed=%d", seed).isTrue();
        if (state != CashOutState.PAID)
            assertThat(run.balance(AccountKind.FEE_INCOME, "operator"))
                    .as("seed=%d", seed)
                    .isZero();
    }

    @Property(tries = 500)
    void the_journal_tells_every_change_of_state_once_and_each_is_an_edge(@ForAll long seed) {
        var run = new Run(new Chance(new Random(seed)));
        run.toTheEnd();
        var state = CashOutState.CHARGING;
        long sequence = 1;
        for (var command : run.store.committed())
            for (var event : command.events()) {
                assertThat(event.sequence()).isEqualTo(++sequence);
                var from = state;
                var to = CashOutState.valueOf(String.valueOf(event.data().get("state")));
                assertThat(CashOutState.EDGES)
                        .anyMatch(
                                edge ->
                                        edge.from() == from
                                                && edge.to() == to
                                                && type(edge.on()).equals(event.type()));
                state = to;
            }
        assertThat(state).isEqualTo(run.current.state());
    }

    @Test
    void nothing_is_sent_that_was_not_intended_first() {
        var run = new Run(new Chance(new Random(7)));
        run.toTheEnd();
        assertThat(run.unintended).isZero();
    }

    @Test
    void
            a_silent_request_is_asked_about_and_never_repeated_before_it_is_known_not_to_have_arrived() {
        var script =
                new Script(
                        new NoAnswer(), // the charge is sent, and nothing comes back
                        new NotThere(), // asked too early: means nothing
                        new NotThere(),
                        new NotThere(), // twice after the quiet time: it never arrived
                        new Reserved(), // sent again
                        new Charged(),
                        new VoucherIssued(),
                        new Redeemed(),
                        new PayoutBooked());
        var run = new Run(script);
        run.toTheEnd();
        assertThat(run.current.state()).isEqualTo(CashOutState.PAID);
        assertThat(script.done.subList(0, 5))
                .containsExactly(
                        "call CHARGE", "ask CHARGE", "ask CHARGE", "ask CHARGE", "repeat CHARGE");
    }

    @Test
    void when_the_step_s_time_is_over_and_it_is_known_not_to_have_happened_it_goes_back() {
        var script =
                new Script(new Reserved(), new Charged(), new NoAnswer()) {
                    @Override
                    CashOutEvent then(CashOutStep step) {
                        return step == CashOutStep.ORDER_VOUCHER
                                ? new NotThere()
                                : new ChargeRefunded();
                    }
                };
        var run = new Run(script);
        run.toTheEnd();
        assertThat(run.current.state()).isEqualTo(CashOutState.REFUNDED);
        assertThat(run.current.reason()).isEqualTo("deadline-passed");
    }

    private static String type(Class<?> event) {
        return event.getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(java.util.Locale.ROOT);
    }

    /** One cash-out, one job, one clock that only this run moves. */
    private static final class Run implements CashOutQueue {
        private final MemoryStore store = new MemoryStore(this::effect);
        private final CashOutJob job;
        private Instant now = BEGIN;
        private CashOut current = confirmed();
        private int intended;
        private int unintended;

        Run(Parties parties) {
            job =
                    new CashOutJob(
                            this,
                            MemoryStore.ledger(store),
                            watched(parties),
                            new Records(),
                            UUID::randomUUID,
                            () -> now,
                            Duration.ofSeconds(10));
        }

        private Parties watched(Parties parties) {
            return new Parties() {
                @Override
                public Made make(CashOut cashOut, Action action, Instant at) {
                    if (action instanceof Action.Call && intended == 0) unintended++;
                    return parties.make(cashOut, action, at);
                }

                @Override
                public String party(CashOut cashOut, CashOutStep step) {
                    return parties.party(cashOut, step);
                }

                @Override
                public Duration lag(CashOut cashOut) {
                    return parties.lag(cashOut);
                }
            };
        }

        /** Runs until it ends, waits for a person, or a month has passed. */
        void toTheEnd() {
            var until = BEGIN.plus(Duration.ofDays(30));
            while (current.dueAt() != null && now.isBefore(until)) {
                if (now.isBefore(current.dueAt())) now = current.dueAt();
                for (var due : job.claimDue(1)) job.advance(due);
                now = now.plusMillis(10);
            }
        }

        long balance(AccountKind kind, String subject) {
            return store.balance(
                    new Account(Cell.FIRST, kind, subject, current.terms().faceValue().currency()));
        }

        private void effect(Effect<?> effect) {
            if (effect.row() instanceof CashOutRows.Advanced(var to, var kept)) current = to;
            if (effect.row() instanceof Intention) intended++;
        }

        @Override
        public List<CashOut> claimDue(Instant at, int atMost) {
            return current.dueAt() != null && !current.dueAt().isAfter(at)
                    ? List.of(current)
                    : List.of();
        }

        @Override
        public Optional<CashOut> read(CashOutId id) {
            return Optional.of(current);
        }
    }

    private static final class Records implements CashOutJob.CallRecords {
        private record Nothing() {}

        @Override
        public Intention intention(
                CashOut cashOut, CashOutStep step, boolean asks, String party, Instant now) {
            return new Intention(
                    cashOut.cell(),
                    UUID.randomUUID(),
                    cashOut.id().value(),
                    step.name(),
                    cashOut.calls() + 1,
                    asks,
                    party,
                    "key",
                    now);
        }

        @Override
        public Effect<?> record(
                Intention intention, Answer<?> answer, Transcript transcript, Instant at) {
            return new Effect<>(
                    new org.facevalue.platform.ledger.EffectKind<>(
                            "nothing.kept", "nothing", "", List.of()),
                    new Nothing());
        }
    }

    private abstract static class Other implements Parties {
        abstract CashOutEvent event(CashOut cashOut, Action action);

        @Override
        public Made make(CashOut cashOut, Action action, Instant now) {
            Transport nobody = request -> new Transport.Reply.Nothing("nobody");
            return new Made(
                    event(cashOut, action),
                    new Answer.Unknown<>("not kept"),
                    new Transcript(nobody),
                    List.of());
        }

        @Override
        public String party(CashOut cashOut, CashOutStep step) {
            return "party";
        }

        @Override
        public Duration lag(CashOut cashOut) {
            return Duration.ofSeconds(2);
        }
    }

    /** Answers what it was told to, and then what {@link #then} says. */
    private static class Script extends Other {
        private final List<CashOutEvent> events;
        private final List<String> done = new ArrayList<>();

        Script(CashOutEvent... events) {
            this.events = new ArrayList<>(List.of(events));
        }

        CashOutEvent then(CashOutStep step) {
            throw new AssertionError("nothing left to say at " + step);
        }

        @Override
        CashOutEvent event(CashOut cashOut, Action action) {
            done.add(
                    switch (action) {
                        case Action.Call(var step, var repeat) ->
                                (repeat ? "repeat " : "call ") + step;
                        case Action.Ask(var step) -> "ask " + step;
                        default -> throw new AssertionError(action);
                    });
            if (!events.isEmpty()) return events.removeFirst();
            return then(
                    action instanceof Action.Ask(var step) ? step : ((Action.Call) action).step());
        }
    }

    /** Answers by chance, but never what the other side could not say: what it once did stays done. */
    private static final class Chance extends Other {
        private final Random random;
        private CashOutStep arrived;
        private CashOutEvent truth;

        Chance(Random random) {
            this.random = random;
        }

        @Override
        CashOutEvent event(CashOut cashOut, Action action) {
            var step =
                    action instanceof Action.Ask(var asked) ? asked : ((Action.Call) action).step();
            if (action instanceof Action.Call
                    && (arrived != step || truth == null)
                    && random.nextInt(4) > 0) {
                arrived = step;
                truth = decided(step);
            }
            if (cashOut.state() == CashOutState.CODE_WANTED) {
                arrived = CashOutStep.CHARGE;
                truth = random.nextBoolean() ? new Reserved() : new ChargeDeclined("DENIED");
            }
            if (random.nextInt(3) == 0)
                return random.nextBoolean() ? new NoAnswer() : new StillOpen();
            if (arrived != step || truth == null)
                return action instanceof Action.Call ? new NoAnswer() : new NotThere();
            var said = truth;
            arrived = null;
            return said;
        }

        private CashOutEvent decided(CashOutStep step) {
            boolean well = random.nextInt(3) > 0;
            return switch (step) {
                case CHARGE ->
                        well
                                ? new Reserved()
                                : random.nextBoolean()
                                        ? new CodeWanted()
                                        : new ChargeDeclined("NO");
                case CONFIRM -> well ? new Charged() : new ChargeDeclined("NO");
                case ORDER_VOUCHER -> well ? new VoucherIssued() : new VoucherDeclined("NO");
                case REDEEM -> well ? new Redeemed() : new RedemptionDeclined("NO");
                case TRANSFER -> well ? new PayoutBooked() : new PayoutDeclined("NO");
                case CANCEL -> well ? new Released() : new Charged();
                case RETURN_VOUCHER -> well ? new VoucherReturned() : new VoucherNotReturned("NO");
                case REFUND -> well ? new ChargeRefunded() : new RefundDeclined("NO");
                case PAY_BACK -> well ? new PaidBack() : new CashOutEvent.PayBackDeclined("NO");
                case VALIDATE -> new StillOpen();
            };
        }
    }

    private static CashOut confirmed() {
        return confirmed(CashOutState.CHARGING);
    }

    static CashOut confirmed(CashOutState state) {
        var id = new CashOutId(UUID.randomUUID());
        return new CashOut(
                id, terms(), state, 1, 1, 0, 0, BEGIN, null, false, 0, 0, false, BEGIN, null,
                BEGIN);
    }

    private static Terms terms() {
        return new Terms(
                new QuoteId(UUID.randomUUID()),
                Cell.FIRST,
                new CustomerId(UUID.randomUUID()),
                new LineId(UUID.randomUUID()),
                new AccountId(UUID.randomUUID()),
                "noeul",
                "product",
                "joyakdol",
                "eunmorae",
                "deungdae",
                "payee",
                Money.won(50_000),
                List.of(
                        new FeeLine(FeeLine.Kind.CARRIER, "noeul", Money.won(1_500), 300, "rule"),
                        new FeeLine(FeeLine.Kind.ISSUER, "joyakdol", Money.won(500), 100, "rule"),
                        new FeeLine(
                                FeeLine.Kind.PROVIDER, "eunmorae", Money.won(1_600), 320, "rule"),
                        new FeeLine(FeeLine.Kind.OPERATOR, "operator", Money.won(400), 80, "rule"),
                        new FeeLine(FeeLine.Kind.BANK, "deungdae", Money.won(240), 0, "rule")),
                Money.won(45_760),
                20_000,
                LocalDate.of(2026, 12, 21),
                Money.won(1_000),
                "ZZ",
                "1",
                List.of("ZZ-01"),
                BEGIN,
                BEGIN.plusSeconds(900));
    }
}
