package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Claim;
import org.facevalue.platform.outside.Fence;
import org.facevalue.platform.outside.Job;
import org.facevalue.platform.outside.OutsideCalls;
import org.facevalue.platform.outside.OutsideCalls.Intention;
import org.facevalue.platform.outside.Transcript;
import org.facevalue.platform.time.BusinessClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes due cash-outs, or due aftermaths, on: intend and commit, call with no transaction open, record and commit. What it decides is in {@link
 * Action} and {@link Decision}; here is only the order of things.
 */
final class StepJob<R extends Course<R>> implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(StepJob.class);

    /** So often a row may be claimed without anything being recorded of it. Killed processes count, so it is more than a few. */
    private static final int MOST_FAILURES = 8;

    private final String name;
    private final CourseQueue<R> queue;
    private final Ledger ledger;
    private final Parties parties;
    private final CallRecords calls;
    private final Consequences consequences;
    private final BusinessClock clock;
    private final LongSupplier nanos;
    private final Limits limits;

    StepJob(
            String name,
            CourseQueue<R> queue,
            Ledger ledger,
            Parties parties,
            CallRecords calls,
            Ids ids,
            BusinessClock clock,
            LongSupplier nanos,
            Limits limits) {
        this.name = name;
        this.queue = queue;
        this.ledger = ledger;
        this.parties = parties;
        this.calls = calls;
        this.consequences = new Consequences(parties, ids);
        this.clock = clock;
        this.nanos = nanos;
        this.limits = limits;
    }

    /**
     * @param lease how long a claimed row is nobody else's
     * @param timeout how long one call may take
     */
    record Limits(Duration lease, Duration timeout) {
        Limits {
            if (lease.compareTo(timeout) <= 0)
                throw new IllegalArgumentException("a lease outlasts a call: " + lease);
        }
    }

    /** Rows of {@code outside_call} as effects. A port beside {@link Parties}: they seal what was said. */
    interface CallRecords {
        Intention intention(
                Course<?> course, CashOutStep step, boolean asks, String party, Instant now);

        Effect<?> record(Intention intention, Answer<?> answer, Transcript transcript, Instant at);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Claim> claimDue(int atMost) {
        return queue.claimDue(clock.now(), atMost);
    }

    @Override
    public void advance(Claim claimed) {
        if (claimed.failures() > MOST_FAILURES) {
            park(claimed);
            return;
        }
        var current = queue.read(claimed);
        while (current.isPresent() && isDue(current.get())) current = once(current.get());
    }

    private boolean isDue(R course) {
        var dueAt = course.dueAt();
        return dueAt != null
                && !dueAt.isAfter(clock.now())
                && !Thread.currentThread().isInterrupted();
    }

    /** One action and what follows from it; empty when somebody else has taken the row on. */
    private Optional<R> once(R course) {
        var now = clock.now();
        return switch (course.next(now)) {
            case Action.Rest rest -> Optional.empty();
            case Action.Happened(var event) -> record(course, event, Duration.ZERO, List.of());
            case Action.Ask ask -> {
                var intention = intention(course, ask.step(), true, now);
                var asked = course.called(course.attempt().asked(), course.version());
                var intend = List.<Effect<?>>of(OutsideCalls.intend(intention));
                yield make(asked, ask, ask.step(), intention, intend, fence());
            }
            case Action.Call call -> {
                var intention = intention(course, call.step(), false, now);
                // From here on the request counts as sent: after a crash it is asked about.
                var intended = course.called(course.attempt().sent(now), course.version() + 1);
                var fence = fence();
                if (!intend(intended, OutsideCalls.intend(intention))) yield Optional.empty();
                yield make(intended, call, call.step(), intention, List.of(), fence);
            }
        };
    }

    private Fence fence() {
        return Fence.of(nanos, limits.lease(), limits.timeout());
    }

    private Optional<R> make(
            R course,
            Action action,
            CashOutStep step,
            Intention intention,
            List<Effect<?>> first,
            Fence fence) {
        var made = parties.make(course, action, clock.now(), fence);
        var effects = new ArrayList<>(first);
        effects.addAll(made.effects());
        effects.add(calls.record(intention, made.answer(), made.transcript(), clock.now()));
        return record(
                course, made.event(), limits.lease().plus(parties.lag(course, step)), effects);
    }

    private Intention intention(R course, CashOutStep step, boolean asks, Instant now) {
        return calls.intention(course, step, asks, parties.party(course, step), now);
    }

    private boolean intend(R to, Effect<?> intention) {
        var effects = List.of(intention, queue.advance(to, true));
        var outcome = ledger.commit(new Command(key(to), List.of(), List.of(), effects, List.of()));
        if (!(outcome instanceof Outcome.Committed))
            LOG.info("{}: not intended: {}", shown(to), outcome);
        return outcome instanceof Outcome.Committed;
    }

    /** Commits what follows from {@code event}; when the row moved meanwhile, nothing is lost: the call counts as sent, and is asked about when the lease ends. */
    private Optional<R> record(
            R course, CashOutEvent event, Duration quiet, List<Effect<?>> effects) {
        var now = clock.now();
        var decision = course.after(event, now, quiet);
        var next = decision.next();
        var dueAt = next.dueAt();
        boolean kept = dueAt != null && !dueAt.isAfter(now);
        var change = consequences.of(course, decision, queue, kept, effects, now);
        var outcome =
                ledger.commit(
                        new Command(
                                key(next),
                                change.movements(),
                                List.of(),
                                change.effects(),
                                change.events()));
        if (outcome instanceof Outcome.Committed) return Optional.of(next);
        LOG.warn(
                "{}: {} was not recorded: {}; the lease ends and it is asked again",
                shown(next),
                event.type(),
                outcome);
        return Optional.empty();
    }

    /** Nothing could be recorded of it again and again: it waits for a person, and the others pass. */
    private void park(Claim claimed) {
        var now = clock.now();
        var key = new CommandKey(claimed.cell(), claimed.id() + "/parked/" + now);
        var matter =
                consequences.matter(claimed.cell(), name, claimed.id(), "cannot-proceed", now, now);
        ledger.commit(
                new Command(
                        key,
                        List.of(),
                        List.of(),
                        List.of(queue.park(claimed), matter),
                        List.of()));
        LOG.error("{} {}: parked: a person has to look", name, claimed.id());
    }

    private CommandKey key(R next) {
        return new CommandKey(next.cell(), next.subject() + "/" + next.version());
    }

    private String shown(R course) {
        return name + " " + course.subject();
    }
}
