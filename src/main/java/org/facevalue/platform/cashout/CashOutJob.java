package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Job;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.outside.Matters;
import org.facevalue.platform.outside.OutsideCalls;
import org.facevalue.platform.outside.OutsideCalls.Intention;
import org.facevalue.platform.outside.Transcript;
import org.facevalue.platform.time.BusinessClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes due cash-outs on: intend and commit, call with no transaction open, record and commit. What it decides is in {@link Action} and {@link
 * Decision}; here is only the order of things.
 */
final class CashOutJob implements Job<CashOut> {
    private static final Logger LOG = LoggerFactory.getLogger(CashOutJob.class);
    private static final int DAYS_FOR_A_PERSON = 2;
    private final CashOutQueue queue;
    private final Ledger ledger;
    private final Parties parties;
    private final CallRecords calls;
    private final Ids ids;
    private final BusinessClock clock;
    private final Duration lease;

    CashOutJob(
            CashOutQueue queue,
            Ledger ledger,
            Parties parties,
            CallRecords calls,
            Ids ids,
            BusinessClock clock,
            Duration lease) {
        this.queue = queue;
        this.ledger = ledger;
        this.parties = parties;
        this.calls = calls;
        this.ids = ids;
        this.clock = clock;
        this.lease = lease;
    }

    /** Rows of {@code outside_call} as effects. A port beside {@link Parties}: they seal what was said. */
    interface CallRecords {
        Intention intention(
                CashOut cashOut, CashOutStep step, boolean asks, String party, Instant now);

        Effect<?> record(Intention intention, Answer<?> answer, Transcript transcript, Instant at);
    }

    @Override
    public String name() {
        return "cash-out";
    }

    @Override
    public List<CashOut> claimDue(int atMost) {
        return queue.claimDue(clock.now(), atMost);
    }

    @Override
    public void advance(CashOut claimed) {
        var current = Optional.of(claimed);
        while (current.isPresent() && isDue(current.get())) current = once(current.get());
    }

    private boolean isDue(CashOut cashOut) {
        var dueAt = cashOut.dueAt();
        return dueAt != null
                && !dueAt.isAfter(clock.now())
                && !Thread.currentThread().isInterrupted();
    }

    /** One action and what follows from it; empty when somebody else has taken the row on. */
    private Optional<CashOut> once(CashOut cashOut) {
        var now = clock.now();
        return switch (Action.of(cashOut, now)) {
            case Action.Rest rest -> Optional.empty();
            case Action.Happened(var event) -> record(cashOut, event, List.of());
            case Action.Ask ask -> {
                var intention = intention(cashOut, ask.step(), true, now);
                var made = parties.make(cashOut, ask, now);
                var effects = new ArrayList<>(made.effects());
                effects.add(OutsideCalls.intend(intention));
                effects.add(calls.record(intention, made.answer(), made.transcript(), clock.now()));
                yield record(
                        cashOut.called(cashOut.sentAt(), true, cashOut.version()),
                        made.event(),
                        effects);
            }
            case Action.Call call -> {
                var intention = intention(cashOut, call.step(), false, now);
                // From here on the request counts as sent: after a crash it is asked about.
                var intended = cashOut.called(now, true, cashOut.version() + 1);
                if (!commit(intended, List.of(OutsideCalls.intend(intention))))
                    yield Optional.empty();
                var made = parties.make(intended, call, now);
                var effects = new ArrayList<>(made.effects());
                effects.add(calls.record(intention, made.answer(), made.transcript(), clock.now()));
                yield record(intended, made.event(), effects);
            }
        };
    }

    private Intention intention(CashOut cashOut, CashOutStep step, boolean asks, Instant now) {
        return calls.intention(cashOut, step, asks, parties.party(cashOut, step), now);
    }

    private boolean commit(CashOut to, List<Effect<?>> effects) {
        var all = new ArrayList<>(effects);
        all.add(CashOutRows.advance(to, true));
        var outcome = ledger.commit(new Command(key(to), List.of(), List.of(), all, List.of()));
        if (!(outcome instanceof Outcome.Committed))
            LOG.info("{}: not intended: {}", to.id().shown(), outcome);
        return outcome instanceof Outcome.Committed;
    }

    /** Commits what follows from {@code event}; when the row moved meanwhile, nothing is lost: the call counts as sent, and is asked about when the lease ends. */
    private Optional<CashOut> record(CashOut cashOut, CashOutEvent event, List<Effect<?>> effects) {
        var now = clock.now();
        var decision = Decision.of(cashOut, event, now, lease.plus(parties.lag(cashOut)));
        var next = decision.next();
        var dueAt = next.dueAt();
        var all = new ArrayList<>(effects);
        all.add(CashOutRows.advance(next, dueAt != null && !dueAt.isAfter(now)));
        if (decision.matter() != null)
            all.add(Matters.open(matter(cashOut, decision.matter(), now)));
        var events = decision.journalled() ? List.of(event(next, event, now)) : List.<Event>of();
        var outcome =
                ledger.commit(new Command(key(next), decision.movements(), List.of(), all, events));
        if (outcome instanceof Outcome.Committed) return Optional.of(next);
        LOG.warn(
                "{}: {} was not recorded: {}; the lease ends and it is asked again",
                next.id().shown(),
                event.type(),
                outcome);
        return Optional.empty();
    }

    private Matter matter(CashOut cashOut, String reason, Instant now) {
        return new Matter(
                cashOut.cell(),
                ids.next(),
                "co",
                cashOut.id().value(),
                reason,
                "STAFF",
                now,
                LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(DAYS_FOR_A_PERSON));
    }

    private Event event(CashOut next, CashOutEvent event, Instant now) {
        return new Event(
                next.cell(),
                ids.next(),
                "co",
                next.id().value(),
                next.sequence(),
                event.type(),
                now,
                snapshot(next));
    }

    /** The whole state at that moment, so that no reader has to ask back. */
    static Map<String, Object> snapshot(CashOut cashOut) {
        var data = new LinkedHashMap<String, Object>();
        data.put("state", cashOut.state().name());
        data.put("quote", cashOut.terms().id().shown());
        data.put("face_value", cashOut.terms().faceValue().minor());
        data.put("net", cashOut.terms().net().minor());
        data.put("currency", cashOut.terms().faceValue().currency().getCurrencyCode());
        if (cashOut.reason() != null) data.put("reason", cashOut.reason());
        return data;
    }

    private static CommandKey key(CashOut next) {
        return new CommandKey(next.cell(), next.id().value() + "/" + next.version());
    }
}
