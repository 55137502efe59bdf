package org.facevalue.platform.wayout;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.facevalue.platform.cashout.Withdrawals.Begun;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.ledger.Movement;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Claim;
import org.facevalue.platform.outside.Fence;
import org.facevalue.platform.outside.Job;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.outside.Matters;
import org.facevalue.platform.outside.OutsideCalls;
import org.facevalue.platform.outside.Switchboard;
import org.facevalue.platform.outside.Transcript;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.platform.wayout.UndoRequests.Standing;
import org.facevalue.platform.wayout.WayOut.Todo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Takes due ways out on: intend and commit, say it with no transaction open, record and commit. */
@Component
class WayOutJob implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(WayOutJob.class);
    private static final int MOST_FAILURES = 8;
    private static final int DAYS_FOR_A_PERSON = 2;

    /** So long a party may be out of reach before a person looks. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** So long a party may take to let a request go before it is asked for its answer again. */
    private static final Duration TO_LET_GO = Duration.ofDays(3);

    static final String NOT_LET_GO = "not-let-go";
    static final String NEAR = "term-near";
    static final String OVER = "term-over";
    static final String UNREACHED = "not-reached";
    static final String ODD = "odd-answer";
    static final String NOT_TAKEN_BACK = "not-taken-back";
    static final String NOT_WITHHELD = "not-withheld";

    /** What a party has done by giving nothing. */
    private static final String NOTHING_GIVEN = "NOTHING_GIVEN";

    private final WayOutRows rows;
    private final Ledger ledger;
    private final Switchboard switchboard;
    private final OutsideCalls calls;
    private final Letters letters;
    private final MadeHere madeHere;
    private final Desks desks;
    private final Journal journal;
    private final Ways ways;
    private final Jurisdictions jurisdictions;
    private final Ids ids;
    private final BusinessClock clock;
    private final Duration lease;
    private final Duration timeout;

    WayOutJob(
            WayOutRows rows,
            Ledger ledger,
            Switchboard switchboard,
            OutsideCalls calls,
            Letters letters,
            MadeHere madeHere,
            Desks desks,
            Journal journal,
            Ways ways,
            Jurisdictions jurisdictions,
            Ids ids,
            BusinessClock clock,
            @Value("${facevalue.outside.lease}") Duration lease,
            @Value("${facevalue.outside.timeout}") Duration timeout) {
        this.rows = rows;
        this.ledger = ledger;
        this.switchboard = switchboard;
        this.calls = calls;
        this.letters = letters;
        this.madeHere = madeHere;
        this.desks = desks;
        this.journal = journal;
        this.ways = ways;
        this.jurisdictions = jurisdictions;
        this.ids = ids;
        this.clock = clock;
        this.lease = lease;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "wo";
    }

    @Override
    public List<Claim> claimDue(int atMost) {
        return rows.claimDue(clock.now(), atMost);
    }

    @Override
    public void advance(Claim claimed) {
        if (claimed.failures() > MOST_FAILURES) {
            park(claimed);
            return;
        }
        var current = rows.any(new WayOutId(claimed.id()));
        while (current.isPresent() && isDue(current.get())) current = once(current.get());
    }

    private boolean isDue(WayOut wayOut) {
        var dueAt = wayOut.dueAt();
        return dueAt != null
                && !dueAt.isAfter(clock.now())
                && !Thread.currentThread().isInterrupted();
    }

    private Optional<WayOut> once(WayOut wayOut) {
        return switch (wayOut.next(today(), clock.now())) {
            case Todo.Rest rest ->
                    wayOut.state().isEnd()
                            ? Optional.empty()
                            : commit(wayOut.resting(zone()), null, List.of(), List.of());
            case Todo.Happened(var event) -> record(wayOut, event, List.of(), List.of());
            case Todo.Call(var step) ->
                    wayOut.isCarriedOutHere() && step != Step.REFER
                            ? here(wayOut, step)
                            : call(wayOut, step);
        };
    }

    /**
     * No call to the outside: what has to be said there, the cash-out's own job says. It begins with the intention, or not at all. It is taken back only
     * before it has begun.
     */
    private Optional<WayOut> here(WayOut wayOut, Step step) {
        var intended = wayOut.called();
        var begun = step == Step.FILE ? madeHere.begin(wayOut) : Optional.<Begun>empty();
        if (!intend(
                intended,
                begun.map(Begun::effect).stream().toList(),
                begun.map(Begun::event).stream().toList())) return Optional.empty();
        if (step == Step.TAKE_BACK)
            return record(intended, new WayOutEvent.TakenBack(), List.of(), List.of());
        var standing = madeHere.say(intended);
        return standing.isPresent()
                ? heard(intended, step, standing.get(), List.of())
                : stillOpen(intended, step, List.of());
    }

    private Optional<WayOut> call(WayOut wayOut, Step step) {
        var party = step == Step.REFER ? desks.disputeBody() : desks.named(wayOut.basis().party());
        if (party.isEmpty()) return stop(wayOut, List.of(), UNREACHED);
        var desk = party.get();
        var intended = wayOut.called();
        var intention =
                calls.intention(
                        wayOut.cell(),
                        wayOut.id().value(),
                        step.name(),
                        intended.calls(),
                        step == Step.LOOK,
                        desk.code(),
                        wayOut.id().value() + "/" + step.name().toLowerCase(Locale.ROOT),
                        clock.now());
        var fence = Fence.of(System::nanoTime, lease, timeout);
        if (!intend(intended, List.of(OutsideCalls.intend(intention)), List.of()))
            return Optional.empty();
        var line =
                intended.tries() > 1 || step == Step.LOOK
                        ? switchboard.again(desk.code())
                        : switchboard.to(desk.code());
        var transcript = new Transcript(line, fence);
        if (step == Step.REFER) {
            var answer =
                    UndoRequests.refer(transcript, desk, intended, letters.wholeFile(intended));
            var told = calls.record(intention, answer, transcript, clock.now());
            return answer instanceof Answer.Done<String>(var number)
                    ? record(intended, new WayOutEvent.Referred(number), List.of(told), List.of())
                    : open(intended, step, answer, told);
        }
        var answer = letters.say(transcript, desk, intended, step);
        var told = calls.record(intention, answer, transcript, clock.now());
        // Whoever does not know of it gets it, with an intention of its own.
        boolean unknown = answer instanceof Answer.Absent<Standing>;
        if (unknown
                && (step == Step.LOOK || step == Step.REMIND)
                && wayOut.state() != WayOutState.TAKING_BACK)
            return wait(intended, List.of(told)).flatMap(next -> call(next, Step.FILE));
        if (!(answer instanceof Answer.Done<Standing>(var standing)))
            return open(intended, step, answer, told);
        return heard(intended, step, standing, List.of(told));
    }

    /** What an issuer does not take back here nobody else is asked about, and who is to hold the seller's money back and does not: a person looks why. */
    private static List<String> matters(WayOut wayOut, WayOutEvent event) {
        return switch (event) {
            case WayOutEvent.Refused no when wayOut.isCarriedOutHere() -> List.of(NOT_TAKEN_BACK);
            case WayOutEvent.Received(var withheld, var until)
                    when wayOut.kind() == Kind.CORRECTION && !withheld ->
                    List.of(NOT_WITHHELD);
            default -> List.of();
        };
    }

    private boolean intend(WayOut intended, List<? extends Effect<?>> more, List<Event> events) {
        var effects = new ArrayList<Effect<?>>(more);
        effects.add(rows.intend(intended));
        var command = new Command(key(intended), List.of(), List.of(), effects, events);
        return ledger.commit(command) instanceof Outcome.Committed;
    }

    private Optional<WayOut> heard(
            WayOut wayOut, Step step, Standing standing, List<? extends Effect<?>> told) {
        var event = event(wayOut, standing);
        if (event != null) return record(wayOut, event, told, matters(wayOut, event));
        return stillOpen(wayOut, step, told);
    }

    /** What a desk's word means for where we are; null where it is nothing new. */
    private @Nullable WayOutEvent event(WayOut wayOut, Standing standing) {
        var event =
                switch (standing.status()) {
                    case RECEIVED ->
                            wayOut.state() == WayOutState.ASKED
                                            && standing.withheld()
                                            && !wayOut.withheld()
                                    ? new WayOutEvent.Withheld()
                                    : new WayOutEvent.Received(standing.withheld(), until(wayOut));
                    case GRANTED -> new WayOutEvent.Granted();
                    case REFUSED ->
                            new WayOutEvent.Refused(
                                    standing.reason() == null ? "NO_REASON" : standing.reason());
                    case TAKEN_BACK -> new WayOutEvent.TakenBack();
                    case DONE -> done(wayOut, Objects.requireNonNull(standing.given()));
                };
        boolean toldBefore =
                wayOut.state() == WayOutState.REFERRING
                        || wayOut.state() == WayOutState.NOT_TAKEN_UP;
        if (toldBefore && isKnown(wayOut, event)) return null;
        return wayOut.state().after(event).isPresent() ? event : null;
    }

    /** By when who gets it today has to answer. */
    private WayOut.Until until(WayOut wayOut) {
        return ways.until(wayOut.purchase(), wayOut.kind(), today())
                .orElseGet(() -> WayOut.Until.patience(today()));
    }

    /** Where the issuer's own terms say how much, less than what is left is for the customer to accept. */
    private static WayOutEvent done(WayOut wayOut, Money given) {
        var asked = wayOut.basis().gives();
        if (given.isZero()) return new WayOutEvent.Refused(NOTHING_GIVEN);
        return given.compareTo(asked == null ? wayOut.purchase().refundable(wayOut.kind()) : asked)
                        >= 0
                ? new WayOutEvent.Undone(given)
                : new WayOutEvent.UndoneInPart(given);
    }

    /** Whether the record that is about to be handed over says so already. */
    private boolean isKnown(WayOut wayOut, WayOutEvent event) {
        return switch (event) {
            case WayOutEvent.Refused(var why) -> why.equals(wayOut.said());
            case WayOutEvent.UndoneInPart(var given) -> given.equals(wayOut.given());
            case WayOutEvent.Granted granted ->
                    journal.of(wayOut.cell(), wayOut.id().value()).stream()
                            .anyMatch(told -> told.type().equals(granted.type()));
            default -> false;
        };
    }

    /** The party has it and has not done what it has to. */
    private Optional<WayOut> stillOpen(WayOut wayOut, Step step, List<? extends Effect<?>> told) {
        var effects = new ArrayList<Effect<?>>(told);
        effects.add(Matters.settle(wayOut.cell(), wayOut.id().value(), UNREACHED, clock.now()));
        boolean held =
                wayOut.state() == WayOutState.TAKING_BACK
                        && clock.now().isAfter(wayOut.stateSince().plus(TO_LET_GO));
        if ((hasTerm(wayOut) || held) && wayOut.until().isOver(today()))
            return record(wayOut, new WayOutEvent.TermOver(), effects, List.of(OVER));
        nearUnheard(wayOut).ifPresent(effects::add);
        if (wayOut.state() == WayOutState.TAKING_BACK
                && clock.now().isAfter(wayOut.stateSince().plus(PATIENCE)))
            effects.add(matter(wayOut, NOT_LET_GO));
        if (step == Step.REMIND)
            return record(wayOut, new WayOutEvent.Reminded(), effects, List.of(NEAR));
        return wait(wayOut, effects);
    }

    /** No answer that means anything. It is said again; when that lasts, or the answer is about something else, a person looks. */
    private Optional<WayOut> open(WayOut wayOut, Step step, Answer<?> answer, Effect<?> told) {
        var effects = new ArrayList<Effect<?>>();
        effects.add(told);
        if (hasTerm(wayOut) && wayOut.until().isOver(today()))
            return record(wayOut, new WayOutEvent.TermOver(), effects, List.of(OVER));
        nearUnheard(wayOut).ifPresent(effects::add);
        if (answer instanceof Answer.Declined<?>(var code)) {
            if (step == Step.FILE)
                return record(wayOut, new WayOutEvent.Refused(reason(code)), effects, List.of());
            if (step == Step.REFER)
                return record(
                        wayOut,
                        new WayOutEvent.ReferralDeclined(reason(code)),
                        effects,
                        List.of("declined-refer"));
            var declined = "declined-" + step.name().toLowerCase(Locale.ROOT);
            effects.add(matter(wayOut, declined));
            // Who does not let it be taken back has decided it.
            if (step == Step.TAKE_BACK)
                return wait(wayOut, effects).flatMap(next -> call(next, Step.LOOK));
            return step == Step.REMIND
                    ? record(wayOut, new WayOutEvent.Reminded(), effects, List.of(NEAR, declined))
                    : commit(wayOut.stopped(), null, List.of(), effects);
        }
        if (answer instanceof Answer.Odd<?>) effects.add(matter(wayOut, ODD));
        else if (clock.now().isAfter(wayOut.stateSince().plus(PATIENCE)))
            effects.add(matter(wayOut, UNREACHED));
        return wait(wayOut, effects);
    }

    /** Whether the party has a term that runs. What has not reached it yet is our business; an issuer that is asked here has it from the first call. */
    private static boolean hasTerm(WayOut wayOut) {
        return switch (wayOut.state()) {
            case ASKING -> wayOut.isCarriedOutHere();
            case ASKED, GRANTED -> true;
            default -> false;
        };
    }

    /** A day that matters is near, and nobody has said a word yet: there is nobody to be reminded, so a person looks. */
    private Optional<Effect<?>> nearUnheard(WayOut wayOut) {
        return wayOut.state() == WayOutState.ASKING && wayOut.until().isNear(today())
                ? Optional.of(matter(wayOut, NEAR))
                : Optional.empty();
    }

    private static String reason(String code) {
        return code.matches("[A-Z][A-Z_]{0,39}") ? code : "NO_REASON";
    }

    private Optional<WayOut> wait(WayOut wayOut, List<? extends Effect<?>> effects) {
        return commit(wayOut.waiting(clock.now(), zone()), null, List.of(), effects);
    }

    private Optional<WayOut> stop(WayOut wayOut, List<? extends Effect<?>> effects, String reason) {
        var all = new ArrayList<Effect<?>>(effects);
        all.add(matter(wayOut, reason));
        return commit(wayOut.stopped(), null, List.of(), all);
    }

    private Optional<WayOut> record(
            WayOut wayOut,
            WayOutEvent event,
            List<? extends Effect<?>> effects,
            List<String> matters) {
        var next = wayOut.after(event, clock.now(), zone());
        if (next.isEmpty()) return stop(wayOut, effects, "stray-" + event.type());
        var all = new ArrayList<Effect<?>>(effects);
        all.add(Matters.settleAll(wayOut.cell(), wayOut.id().value(), clock.now()));
        matters.forEach(reason -> all.add(matter(wayOut, reason)));
        return commit(next.get(), event, madeHere.booked(wayOut, next.get()), all);
    }

    private Optional<WayOut> commit(
            WayOut next,
            @Nullable WayOutEvent event,
            List<Movement> movements,
            List<? extends Effect<?>> effects) {
        var dueAt = next.dueAt();
        boolean kept = dueAt != null && !dueAt.isAfter(clock.now());
        var all = new ArrayList<Effect<?>>(effects);
        all.add(rows.advance(next, kept));
        var events =
                event == null
                        ? List.<Event>of()
                        : List.of(Telling.of(next, event, ids, clock.now()));
        var outcome = ledger.commit(new Command(key(next), movements, List.of(), all, events));
        if (outcome instanceof Outcome.Committed) return Optional.of(next);
        LOG.warn("{}: not recorded: {}; the lease ends and it is asked again", next, outcome);
        return Optional.empty();
    }

    private void park(Claim claimed) {
        var now = clock.now();
        var key = new CommandKey(claimed.cell(), claimed.id() + "/parked/" + now);
        var matter =
                matter(
                        claimed.cell(),
                        new WayOutId(claimed.id()),
                        "cannot-proceed",
                        today().plusDays(DAYS_FOR_A_PERSON));
        ledger.commit(
                new Command(
                        key, List.of(), List.of(), List.of(rows.park(claimed), matter), List.of()));
        LOG.error("wo {}: parked: a person has to look", claimed.id());
    }

    private Effect<?> matter(WayOut wayOut, String reason) {
        var day = wayOut.until().day();
        var soon = today().plusDays(DAYS_FOR_A_PERSON);
        // Before the term is over, where it is not.
        boolean runs = hasTerm(wayOut) || wayOut.state() == WayOutState.ASKING;
        boolean sooner = runs && day.isBefore(soon) && !day.isBefore(today());
        return matter(wayOut.cell(), wayOut.id(), reason, sooner ? day : soon);
    }

    private Effect<?> matter(Cell cell, WayOutId id, String reason, LocalDate dueOn) {
        return Matters.open(
                new Matter(
                        cell, ids.next(), "wo", id.value(), reason, "SUPPORT", clock.now(), dueOn));
    }

    static CommandKey key(WayOut next) {
        return new CommandKey(next.cell(), next.id().value() + "/" + next.version());
    }

    private ZoneId zone() {
        return jurisdictions.zone();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.now(), zone());
    }
}
