package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.DesignatedAccount.AccountId;
import org.facevalue.platform.customer.PhoneLine.LineId;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Account;
import org.facevalue.platform.ledger.AccountKind;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.platform.ledger.MemoryStore;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Claim;
import org.facevalue.platform.outside.Fence;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.outside.OutsideCalls.Intention;
import org.facevalue.platform.outside.Transcript;
import org.facevalue.platform.outside.Transport;
import org.facevalue.platform.quote.FeeLine;
import org.facevalue.platform.quote.QuoteId;
import org.facevalue.platform.quote.Terms;

/**
 * One cash-out with the two jobs that take it and its aftermaths on, and nothing else: the production deciding, books and ledger; database, clock and
 * other side in memory.
 */
final class Alone {
    static final Instant BEGIN = Instant.parse("2026-11-25T03:00:00Z");
    static final Duration LEASE = Duration.ofSeconds(10);
    final MemoryStore store = new MemoryStore(this::effect);
    final List<Intention> intentions = new ArrayList<>();
    final List<Matter> matters = new ArrayList<>();
    final Map<UUID, Aftermath> aftermaths = new LinkedHashMap<>();
    CashOut current = confirmed(CashOutState.CHARGING);
    Instant now = BEGIN;
    private final Cash cash = new Cash();
    private final After after = new After();
    private final StepJob<CashOut> job;
    private final StepJob<Aftermath> afterJob;

    Alone(Parties parties) {
        this(parties, () -> 0);
    }

    /** @param nanos the monotonic clock of the machine it runs on */
    Alone(Parties parties, LongSupplier nanos) {
        job = job("co", cash, parties, nanos);
        afterJob = job("am", after, parties, nanos);
    }

    private <R extends Course<R>> StepJob<R> job(
            String name, CourseQueue<R> queue, Parties parties, LongSupplier nanos) {
        return new StepJob<>(
                name,
                queue,
                MemoryStore.ledger(store),
                parties,
                new Records(),
                UUID::randomUUID,
                () -> now,
                nanos,
                new StepJob.Limits(LEASE, Duration.ofSeconds(3)));
    }

    /** Runs until nothing is due any more, or two months have passed. */
    Alone toTheEnd() {
        var until = BEGIN.plus(Duration.ofDays(60));
        while (now.isBefore(until)) {
            var next = due();
            if (next.isEmpty()) return this;
            if (now.isBefore(next.get())) now = next.get();
            for (var claim : job.claimDue(1)) job.advance(claim);
            for (var claim : afterJob.claimDue(10)) afterJob.advance(claim);
            now = now.plusMillis(10);
        }
        return this;
    }

    /** One claim of the cash-out, as far as it goes now. */
    void once() {
        job.claimDue(1).forEach(job::advance);
    }

    /** Claims it as often as that, each time as if nothing had been recorded. */
    void parkAfter(int failures) {
        job.advance(new Claim(current.cell(), current.subject(), failures));
    }

    /** Whether a payout was returned after its cash-out had been paid. */
    boolean cameBack() {
        return aftermaths.values().stream()
                .anyMatch(a -> a.of() == Aftermath.Of.PAYOUT_RETURN && a.turnedUp());
    }

    private Optional<Instant> due() {
        var all = new ArrayList<Instant>();
        if (current.dueAt() != null) all.add(current.dueAt());
        for (var aftermath : aftermaths.values())
            if (aftermath.dueAt() != null) all.add(aftermath.dueAt());
        return all.stream().min(Instant::compareTo);
    }

    long balance(AccountKind kind, String subject) {
        return store.balance(
                new Account(Cell.FIRST, kind, subject, current.terms().faceValue().currency()));
    }

    Aftermath aftermath(Aftermath.Of of) {
        return aftermaths.values().stream().filter(a -> a.of() == of).findFirst().orElseThrow();
    }

    private void effect(Effect<?> effect) {
        switch (effect.row()) {
            case Moved(CashOut to) -> current = to;
            case Moved(Aftermath to) -> aftermaths.put(to.id(), to);
            case AftermathRows.Begun(var begun) -> aftermaths.put(begun.id(), begun);
            case Intention intention -> intentions.add(intention);
            case Matter matter -> matters.add(matter);
            default -> {}
        }
    }

    private record Moved(Course<?> to) {}

    private record Nothing() {}

    private static Effect<?> moved(Course<?> to) {
        return new Effect<>(
                new EffectKind<>("memory.moved", "memory", "", List.of()), new Moved(to));
    }

    private static Effect<?> nothing() {
        return new Effect<>(
                new EffectKind<>("memory.none", "memory", "", List.of()), new Nothing());
    }

    private final class Cash implements CourseQueue<CashOut> {
        @Override
        public List<Claim> claimDue(Instant at, int atMost) {
            return isDue(current, at) ? List.of(claim(current)) : List.of();
        }

        @Override
        public Optional<CashOut> read(Claim claimed) {
            return Optional.of(current);
        }

        @Override
        public Effect<?> advance(CashOut to, boolean kept) {
            return moved(to);
        }

        @Override
        public Effect<?> park(Claim claimed) {
            return moved(current.waiting(current.attempt(), null));
        }
    }

    private final class After implements CourseQueue<Aftermath> {
        @Override
        public List<Claim> claimDue(Instant at, int atMost) {
            return aftermaths.values().stream()
                    .filter(a -> isDue(a, at))
                    .map(Alone::claim)
                    .toList();
        }

        @Override
        public Optional<Aftermath> read(Claim claimed) {
            return Optional.ofNullable(aftermaths.get(claimed.id()));
        }

        @Override
        public Effect<?> advance(Aftermath to, boolean kept) {
            return moved(to);
        }

        @Override
        public Effect<?> park(Claim claimed) {
            var parked = aftermaths.get(claimed.id());
            return moved(parked.waiting(parked.attempt(), null));
        }
    }

    private static boolean isDue(Course<?> course, Instant at) {
        return course.dueAt() != null && !course.dueAt().isAfter(at);
    }

    private static Claim claim(Course<?> course) {
        return new Claim(course.cell(), course.subject(), 1);
    }

    private static final class Records implements StepJob.CallRecords {
        @Override
        public Intention intention(
                Course<?> course, CashOutStep step, boolean asks, String party, Instant now) {
            return new Intention(
                    course.cell(),
                    UUID.randomUUID(),
                    course.subject(),
                    step.name(),
                    course.calls() + 1,
                    asks,
                    party,
                    "key",
                    now);
        }

        @Override
        public Effect<?> record(
                Intention intention, Answer<?> answer, Transcript transcript, Instant at) {
            return nothing();
        }
    }

    /** Another side that says what it means without a network. */
    abstract static class Other implements Parties {
        abstract CashOutEvent event(Course<?> course, Action action);

        @Override
        public Made make(Course<?> course, Action action, Instant now, Fence fence) {
            if (!fence.holds()) return lost();
            return made(event(course, action));
        }

        /** As a transcript does when the fence does not hold: nothing goes out. */
        private static Made lost() {
            return made(new CashOutEvent.NoAnswer());
        }

        private static Made made(CashOutEvent event) {
            Transport nobody = request -> new Transport.Reply.Nothing("nobody");
            return new Made(
                    event,
                    new Answer.Unknown<>("not kept"),
                    new Transcript(nobody, Fence.none()),
                    List.of());
        }

        @Override
        public String party(Course<?> course, CashOutStep step) {
            return "party";
        }

        @Override
        public Duration lag(Course<?> course, CashOutStep step) {
            return Duration.ofSeconds(2);
        }

        @Override
        public List<Effect<?>> entering(Course<?> next) {
            return List.of();
        }

        @Override
        public Optional<Meant> said(Course<?> course, CashOutStep step, boolean done) {
            return Optional.empty();
        }

        @Override
        public Meant charged(Course<?> course, String paymentId) {
            return new Meant(new CashOutEvent.Charged(), List.of());
        }

        static CashOutStep step(Action action) {
            return action instanceof Action.Ask(var step) ? step : ((Action.Call) action).step();
        }
    }

    static Aftermath aftermath(AftermathState state) {
        var cashOut = confirmed(CashOutState.REFUNDED);
        var begun = Aftermath.watching(cashOut.id(), cashOut.terms(), Aftermath.Of.CHARGE, BEGIN);
        return new Aftermath(
                begun.id(),
                begun.cashOut(),
                begun.terms(),
                begun.of(),
                state,
                begun.version(),
                begun.sequence(),
                begun.calls(),
                BEGIN,
                BEGIN,
                Attempt.NONE,
                BEGIN);
    }

    static CashOut confirmed(CashOutState state) {
        return confirmed(state, UUID.randomUUID(), UUID.randomUUID());
    }

    /** One whose quote and customer have the same number. */
    static CashOut confirmed(CashOutState state, UUID id, UUID quote) {
        return new CashOut(
                new CashOutId(id),
                terms(quote),
                state,
                1,
                1,
                0,
                BEGIN,
                Attempt.NONE,
                0,
                false,
                BEGIN,
                null,
                BEGIN);
    }

    /** The same, confirmed at {@code now}. */
    static CashOut at(CashOut cashOut, Instant now) {
        return new CashOut(
                cashOut.id(),
                cashOut.terms(),
                cashOut.state(),
                1,
                1,
                0,
                now,
                Attempt.NONE,
                0,
                false,
                now,
                null,
                now);
    }

    private static Terms terms(UUID quote) {
        return new Terms(
                new QuoteId(quote),
                Cell.FIRST,
                new CustomerId(quote),
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
                true,
                "ZZ",
                "1",
                List.of("ZZ-01"),
                BEGIN,
                BEGIN.plusSeconds(900));
    }
}
