package org.facevalue.platform.cashout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.facevalue.platform.carrier.CarrierBilling;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Fence;
import org.facevalue.platform.outside.Lines;
import org.facevalue.platform.outside.OutsideCalls;
import org.facevalue.platform.outside.Transcript;
import org.facevalue.platform.time.BusinessClock;

/** The code that a carrier sends to the customer's phone and wants back: sent on here and now, because the customer waits for the answer. */
public class CustomerCodes {
    static final int TRIES = 3;
    private static final int INTENTION_TRIES = 5;
    private final Ledger ledger;
    private final PartyRows parties;
    private final CarrierBilling billing;
    private final Lines lines;
    private final CashOutSetup.Records records;
    private final CashOutRows rows;
    private final Ids ids;
    private final BusinessClock clock;
    private final LongSupplier nanos;
    private final StepJob.Limits limits;

    CustomerCodes(
            Ledger ledger,
            PartyRows parties,
            CarrierBilling billing,
            Lines lines,
            OutsideCalls calls,
            CashOutRows rows,
            Ids ids,
            BusinessClock clock,
            LongSupplier nanos,
            StepJob.Limits limits) {
        this.ledger = ledger;
        this.parties = parties;
        this.billing = billing;
        this.lines = lines;
        this.records = new CashOutSetup.Records(calls);
        this.rows = rows;
        this.ids = ids;
        this.clock = clock;
        this.nanos = nanos;
        this.limits = limits;
    }

    /** What came of a customer's code. */
    public sealed interface Given {
        record Taken() implements Given {}

        record Wrong(int triesLeft) implements Given {}

        /** It cannot be one: nobody was asked, and no try is gone. */
        record NoCode() implements Given {}

        /** No answer: it is being found out. */
        record Unknown() implements Given {}

        record NotWanted() implements Given {}
    }

    /** How many tries there are left. */
    public static int left(CashOut cashOut) {
        return Math.max(0, TRIES - cashOut.codeTries());
    }

    /** Sends {@code code} to the carrier. Each try is counted before it is sent, so that there are never more than three. */
    public Given give(CashOutId id, String code) {
        if (!code.matches("[0-9A-Za-z]{4,10}")) return new Given.NoCode();
        // The job may look at the same row in this moment: then the intention is refused, and is
        // made anew from where the row stands.
        for (int tries = 0; tries < INTENTION_TRIES; tries++) {
            var cashOut = rows.read(id).orElseThrow();
            if (cashOut.state() != CashOutState.CODE_WANTED) return new Given.NotWanted();
            if (cashOut.codeTries() >= TRIES) return new Given.Wrong(0);
            var given = give(cashOut, code);
            if (given.isPresent()) return given.get();
        }
        return new Given.Unknown();
    }

    private Optional<Given> give(CashOut cashOut, String code) {
        var carrier = cashOut.terms().carrier();
        var intention =
                records.intention(cashOut, CashOutStep.VALIDATE, false, carrier, clock.now());
        var intended = cashOut.called(cashOut.attempt().counted(), cashOut.version() + 1);
        var effects =
                List.of(
                        OutsideCalls.intend(intention),
                        rows.advance(intended, false),
                        CashOutRows.countCode(cashOut));
        // Nobody else would send it, but held up for too long it is no longer what the customer
        // means.
        var fence = Fence.of(nanos, limits.lease(), limits.timeout());
        if (!commit(intended, "", effects, List.of())) return Optional.empty();
        var charge = parties.charge(cashOut);
        var profile = parties.carrier(charge);
        var line = new Transcript(lines.to(carrier), fence);
        var answer = billing.validate(line, profile, charge, code);
        var record = records.record(intention, answer, line, clock.now());
        return Optional.of(
                switch (answer) {
                    case Answer.Done<String> done -> accepted(intended, record);
                    case Answer.Declined<String> declined -> {
                        commit(intended, "/wrong", List.of(record), List.of());
                        yield new Given.Wrong(TRIES - cashOut.codeTries() - 1);
                    }
                    default -> {
                        commit(intended, "/open", List.of(record), List.of());
                        yield new Given.Unknown();
                    }
                });
    }

    private Given accepted(CashOut intended, Effect<?> record) {
        var now = clock.now();
        var event = new CashOutEvent.CodeAccepted();
        var next = intended.after(event, now, Duration.ZERO).next();
        var effects = new ArrayList<Effect<?>>(List.of(record, rows.advance(next, false)));
        var told = next.event(ids.next(), event.type(), now);
        return commit(next, "", effects, List.of(told)) ? new Given.Taken() : new Given.Unknown();
    }

    private boolean commit(CashOut to, String suffix, List<Effect<?>> effects, List<Event> events) {
        var key = new CommandKey(to.cell(), to.id().value() + "/code/" + to.version() + suffix);
        return ledger.commit(new Command(key, List.of(), List.of(), effects, events))
                instanceof Outcome.Committed;
    }
}
