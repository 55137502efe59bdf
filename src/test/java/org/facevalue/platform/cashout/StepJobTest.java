package org.facevalue.platform.cashout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.facevalue.platform.cashout.Alone.Other;
import org.facevalue.platform.cashout.CashOutEvent.ChargeDeclined;
import org.facevalue.platform.cashout.CashOutEvent.ChargeRefunded;
import org.facevalue.platform.cashout.CashOutEvent.Charged;
import org.facevalue.platform.cashout.CashOutEvent.CodeWanted;
import org.facevalue.platform.cashout.CashOutEvent.NoAnswer;
import org.facevalue.platform.cashout.CashOutEvent.NotThere;
import org.facevalue.platform.cashout.CashOutEvent.PaidBack;
import org.facevalue.platform.cashout.CashOutEvent.PayBackDeclined;
import org.facevalue.platform.cashout.CashOutEvent.PayoutBooked;
import org.facevalue.platform.cashout.CashOutEvent.PayoutDeclined;
import org.facevalue.platform.cashout.CashOutEvent.PayoutReturned;
import org.facevalue.platform.cashout.CashOutEvent.RecallDeclined;
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
import org.facevalue.platform.ledger.AccountKind;
import org.junit.jupiter.api.Test;

/** The job alone. Its other side is hostile: it answers by chance, one number repeats a run. */
class StepJobTest {
    @Property(tries = 1_000)
    void whatever_the_other_side_does_a_cash_out_ends_with_balanced_books_or_waits_for_a_person(
            @ForAll long seed) {
        var run = new Alone(new Chance(new Random(seed))).toTheEnd();

        var state = run.current.state();
        assertThat(run.store.imbalance()).as("seed=%d", seed).isZero();
        if (!state.isEnd()) {
            assertThat(run.current.dueAt()).as("seed=%d waits for a person", seed).isNull();
            assertThat(run.matters).as("seed=%d has a reason", seed).isNotEmpty();
            return;
        }
        boolean owed =
                run.aftermaths.values().stream()
                        .anyMatch(a -> !a.state().isEnd() || a.state() == AftermathState.OWED);
        if (owed) {
            assertThat(run.matters).as("seed=%d has a reason", seed).isNotEmpty();
            return;
        }
        assertThat(run.store.balance(new Books(run.current).own())).as("seed=%d", seed).isZero();
        assertThat(run.store.nothingHeld()).as("seed=%d", seed).isTrue();
        boolean earned = state == CashOutState.PAID && !run.cameBack();
        if (!earned)
            assertThat(run.balance(AccountKind.FEE_INCOME, "operator"))
                    .as("seed=%d", seed)
                    .isZero();
    }

    @Property(tries = 500)
    void the_journal_tells_every_change_of_state_once_and_each_is_an_edge(@ForAll long seed) {
        var run = new Alone(new Chance(new Random(seed))).toTheEnd();
        Map<Object, String> states = new HashMap<>();
        Map<Object, Long> sequences = new HashMap<>();
        for (var command : run.store.committed())
            for (var event : command.events()) {
                boolean main = event.subjectKind().equals("co");
                long before = sequences.getOrDefault(event.subject(), main ? 1L : 0L);
                assertThat(event.sequence()).isEqualTo(before + 1);
                var from = states.getOrDefault(event.subject(), main ? "CHARGING" : "WATCHED");
                var to = String.valueOf(event.data().get("state"));
                assertThat(edges(main)).contains(from + " " + event.type() + " " + to);
                states.put(event.subject(), to);
                sequences.put(event.subject(), event.sequence());
            }
        assertThat(states.getOrDefault(run.current.subject(), "CHARGING"))
                .isEqualTo(run.current.state().name());
    }

    private static List<String> edges(boolean main) {
        List<? extends Edge<?>> edges = main ? CashOutState.EDGES : AftermathState.EDGES;
        return edges.stream().map(e -> e.from() + " " + e.event() + " " + e.to()).toList();
    }

    @Property(tries = 200)
    void nothing_is_sent_that_was_not_intended_first(@ForAll long seed) {
        var chance = new Chance(new Random(seed));
        var run = new Alone(chance).toTheEnd();
        assertThat(run.intentions).hasSize(chance.made);
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
        var run = new Alone(script).toTheEnd();
        assertThat(run.current.state()).isEqualTo(CashOutState.PAID);
        assertThat(script.done.subList(0, 5))
                .containsExactly(
                        "call CHARGE", "ask CHARGE", "ask CHARGE", "ask CHARGE", "repeat CHARGE");
    }

    @Test
    void when_the_step_s_time_is_over_and_it_is_known_not_to_have_happened_it_goes_back() {
        var run = new Alone(voucherNever()).toTheEnd();
        assertThat(run.current.state()).isEqualTo(CashOutState.REFUNDED);
        assertThat(run.current.reason()).isEqualTo("deadline-passed");
        assertThat(run.aftermath(Aftermath.Of.VOUCHER).state())
                .isEqualTo(AftermathState.NOTHING_CAME);
    }

    private static Script voucherNever() {
        return new Script(new Reserved(), new Charged(), new NoAnswer()) {
            @Override
            CashOutEvent then(CashOutStep step) {
                return step == CashOutStep.ORDER_VOUCHER ? new NotThere() : new ChargeRefunded();
            }
        };
    }

    @Test
    void a_refund_that_never_arrives_becomes_a_transfer_of_the_full_face_value() {
        var script =
                new Script(
                        new Reserved(), new Charged(), new VoucherDeclined("NO"), new NoAnswer()) {
                    @Override
                    CashOutEvent then(CashOutStep step) {
                        return step == CashOutStep.REFUND ? new NotThere() : new PaidBack();
                    }
                };
        var run = new Alone(script).toTheEnd();
        assertThat(run.current.state()).isEqualTo(CashOutState.REFUNDED);
        assertThat(run.balance(AccountKind.OPERATOR_LOSS, "operator")).isEqualTo(1_740);
    }

    /** The node was stopped between its intention and the call, and somebody else has taken the row on meanwhile. */
    @Test
    void a_worker_that_was_paused_after_its_intention_sends_nothing() {
        var clock = new AtomicLong();
        var script = new Script();
        // Each look at the monotonic clock finds eight seconds gone: three more, and the lease of
        // ten would end during the call.
        var run = new Alone(script, () -> clock.getAndAdd(Duration.ofSeconds(8).toNanos()));
        run.once();
        assertThat(script.done).isEmpty();
        assertThat(run.current.attempt().asking()).isTrue();
        assertThat(run.intentions).hasSize(1);
    }

    @Test
    void a_row_of_which_nothing_can_be_recorded_is_parked_and_shown() {
        var run = new Alone(new Script());
        run.parkAfter(9);
        assertThat(run.current.dueAt()).isNull();
        assertThat(run.matters).extracting("reason").containsExactly("cannot-proceed");
    }

    /** Answers what it was told to, and then what {@link #then} says. */
    private static class Script extends Other {
        private final List<CashOutEvent> events;
        private final List<String> done = new ArrayList<>();

        Script(CashOutEvent... events) {
            this.events = new ArrayList<>(List.of(events));
        }

        CashOutEvent then(CashOutStep step) {
            if (step == CashOutStep.TRANSFER) return new PayoutBooked();
            throw new AssertionError("nothing left to say at " + step);
        }

        @Override
        CashOutEvent event(Course<?> course, Action action) {
            done.add(
                    switch (action) {
                        case Action.Call(var step, var repeat) ->
                                (repeat ? "repeat " : "call ") + step;
                        case Action.Ask(var step) -> "ask " + step;
                        default -> throw new AssertionError(action);
                    });
            return events.isEmpty() ? then(step(action)) : events.removeFirst();
        }
    }

    /** Answers by chance, but never what the other side could not say: what it once did stays done, until it is undone. */
    private static final class Chance extends Other {
        private final Random random;
        private final Map<CashOutStep, CashOutEvent> truths = new HashMap<>();
        private int made;

        Chance(Random random) {
            this.random = random;
        }

        @Override
        CashOutEvent event(Course<?> course, Action action) {
            made++;
            var step = step(action);
            boolean calls = action instanceof Action.Call;
            // A request arrives, or does not; one that was given up may still arrive later.
            boolean late = course instanceof Aftermath && random.nextInt(3) == 0;
            if (!truths.containsKey(step) && (calls && random.nextInt(4) > 0 || late))
                truths.put(step, decided(step));
            if (course instanceof CashOut c && c.state() == CashOutState.CODE_WANTED)
                truths.put(
                        CashOutStep.CHARGE,
                        random.nextBoolean() ? new Reserved() : new ChargeDeclined("DENIED"));
            if (course instanceof Aftermath a && a.of().isReturn() && random.nextInt(8) == 0)
                truths.replace(step, returned(step));
            if (random.nextInt(3) == 0)
                return random.nextBoolean() ? new NoAnswer() : new StillOpen();
            var truth = truths.get(step);
            if (truth == null) return calls ? new NoAnswer() : new NotThere();
            return truth;
        }

        private static CashOutEvent returned(CashOutStep step) {
            return switch (step) {
                case PAY_BACK -> new PayBackDeclined("RETURNED");
                case RECALL -> new PayoutReturned();
                default -> new PayoutDeclined("RETURNED");
            };
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
                case PAY_BACK -> well ? new PaidBack() : new PayBackDeclined("NO");
                case RECALL -> well ? new PayoutReturned() : new RecallDeclined("NO");
                case VALIDATE -> new StillOpen();
            };
        }
    }
}
