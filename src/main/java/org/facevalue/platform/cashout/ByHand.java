package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.outside.Matters;
import org.facevalue.platform.problem.MoneyState;
import org.springframework.stereotype.Component;

/**
 * What a person of the staff can settle where no machine can, as changes for the caller to commit with a reason. Each is an event of the state machine,
 * with its postings; there is no posting by hand. A course is the cash-out itself or one of its aftermaths.
 */
@Component
public class ByHand {
    private final CashOutRows rows;
    private final AftermathRows aftermaths;
    private final Parties parties;
    private final Consequences consequences;

    ByHand(CashOutRows rows, AftermathRows aftermaths, Parties parties, Ids ids) {
        this.rows = rows;
        this.aftermaths = aftermaths;
        this.parties = parties;
        this.consequences = new Consequences(parties, ids);
    }

    /** How the customer has been made whole. */
    public enum Whole {
        /** A person has paid the full face value in another way. */
        PAID(new CashOutEvent.PaidByHand()),
        /** The carrier had refunded as well. */
        ALREADY(new CashOutEvent.WholeAlready());

        private final CashOutEvent event;

        Whole(CashOutEvent event) {
            this.event = event;
        }
    }

    /** How a cash-out that has not ended can be turned round. */
    public enum Back {
        /** Nothing is charged: what is set aside on the bill is let go. */
        RELEASE,
        /** It is charged: the customer gets everything back. */
        REFUND
    }

    /** What a party has said to a person who asked it by other means, because its answers could not be understood or did not come. */
    public enum Said {
        DONE,
        NOT_DONE
    }

    /**
     * A course whose request has no clear outcome.
     *
     * @param step what the party was asked for
     * @param comesBack whether it is booked, and the question is whether the money has come back: that is what is done or not done then
     * @param open what can be recorded of it
     */
    public record Unclear(
            UUID course, CashOutStep step, String party, boolean comesBack, List<Said> open) {}

    /** The effect that lets the job look now; empty when that course has come to its end, or the customer chooses. */
    public Optional<Effect<?>> askAgain(CashOut cashOut, UUID course, Instant now) {
        if (course.equals(cashOut.id().value()))
            return cashOut.state().step().map(step -> rows.again(cashOut, now));
        return aftermaths.of(cashOut).stream()
                .filter(a -> a.id().equals(course) && !a.state().isEnd())
                .<Effect<?>>map(a -> aftermaths.again(a, now))
                .findFirst();
    }

    /** The courses by which the customer is owed money that no party pays any more. */
    public List<UUID> owed(CashOut cashOut) {
        return courses(cashOut)
                .filter(course -> waitsFor(course, Whole.PAID.event))
                .map(course -> course.subject())
                .toList();
    }

    /** What settles it; empty where nothing waits for that. */
    public Optional<Facts.Change> whole(CashOut cashOut, UUID subject, Whole how, Instant now) {
        return course(cashOut, subject)
                .filter(course -> waitsFor(course, how.event))
                .map(
                        course ->
                                follows(
                                        course,
                                        how.event,
                                        List.of(
                                                Matters.settleAll(
                                                        course.cell(), course.subject(), now)),
                                        now));
    }

    /** Which of them is open: while the provider was not asked, or the customer has a choice. */
    public Optional<Back> back(CashOut cashOut) {
        if (cashOut.state().way() == CashOutState.Way.OFFERED) return Optional.of(Back.REFUND);
        if (!cashOut.cancellable() || cashOut.cancelAsked()) return Optional.empty();
        boolean charged = Progress.of(cashOut).money() == MoneyState.CHARGED;
        return Optional.of(charged ? Back.REFUND : Back.RELEASE);
    }

    /** What turns it round: the customer's own change of mind, asked for by a person; empty where it is too late. */
    public Optional<Facts.Change> turnedRound(CashOut cashOut, Back how, Instant now) {
        if (!back(cashOut).equals(Optional.of(how))) return Optional.empty();
        if (cashOut.state().way() == CashOutState.Way.OFFERED)
            return Optional.of(follows(cashOut, new CashOutEvent.RefundChosen(), List.of(), now));
        return Optional.of(
                new Facts.Change(
                        List.of(),
                        List.of(),
                        List.of(CashOutRows.cancel(cashOut, now)),
                        List.of()));
    }

    /** The courses that wait for an answer which is odd, or does not come in time. */
    public List<Unclear> unclear(CashOut cashOut, Instant now) {
        return courses(cashOut)
                .filter(course -> course.isUnclear(now))
                .flatMap(course -> unclear(course).stream())
                .toList();
    }

    private Optional<Unclear> unclear(Course<?> course) {
        return course.pending()
                .map(
                        step ->
                                new Unclear(
                                        course.subject(),
                                        step,
                                        parties.party(course, step),
                                        comesBack(course),
                                        Stream.of(Said.values())
                                                .filter(
                                                        said ->
                                                                meant(course, step, said)
                                                                        .isPresent())
                                                .toList()))
                .filter(unclear -> !unclear.open().isEmpty());
    }

    /** What follows from the party's word to a person, which counts as its answer would; what it says has not happened is watched all the same. */
    public Optional<Facts.Change> said(CashOut cashOut, UUID subject, Said said, Instant now) {
        var course = course(cashOut, subject).filter(c -> c.isUnclear(now));
        if (course.isEmpty()) return Optional.empty();
        return course.get()
                .pending()
                .flatMap(step -> meant(course.get(), step, said))
                .map(meant -> follows(course.get(), meant.event(), meant.effects(), now));
    }

    /**
     * What follows where the carrier tells a person under which identifier it has charged, though not as it was asked: it is taken off the bill, however
     * much it is. Empty where no charge is unclear.
     */
    public Optional<Facts.Change> chargedOtherwise(
            CashOut cashOut, UUID subject, String paymentId, Instant now) {
        return course(cashOut, subject)
                .filter(course -> course.isUnclear(now))
                .filter(course -> course.pending().equals(Optional.of(CashOutStep.CHARGE)))
                .map(course -> takenOff(course, parties.charged(course, paymentId), now));
    }

    private Facts.Change takenOff(Course<?> course, Parties.Meant charged, Instant now) {
        var change = follows(course, charged.event(), charged.effects(), now);
        if (!(course instanceof CashOut cashOut)) return change;
        // An aftermath goes back by itself; a cash-out goes back as if its customer had cancelled.
        // Effects on one table are applied in the order of their names: it moves on, then this.
        var effects = new ArrayList<>(change.effects());
        effects.add(CashOutRows.cancel(cashOut, now));
        return new Facts.Change(change.movements(), List.of(), effects, change.events());
    }

    private Optional<Parties.Meant> meant(Course<?> course, CashOutStep step, Said said) {
        boolean done = said == Said.DONE;
        // What has not come yet may still come: the watch goes on.
        if (isWatched(course) && !done)
            return Optional.of(new Parties.Meant(new CashOutEvent.NotThere(), List.of()));
        // A transfer that came back is one that the bank has not made; a recall that it has.
        if (comesBack(course)) return parties.said(course, step, step == CashOutStep.RECALL);
        // It would be paid by hand then, and nobody would look whether the bank has after all.
        if (step == CashOutStep.PAY_BACK && !done) return Optional.empty();
        return parties.said(course, step, done);
    }

    private static boolean isWatched(Course<?> course) {
        return course instanceof Aftermath a && a.state() == AftermathState.WATCHED;
    }

    private static boolean comesBack(Course<?> course) {
        return isWatched(course) && course instanceof Aftermath a && a.of().isReturn();
    }

    /** Whether that course stands still, and nothing would show it if its matter were closed. */
    public boolean standsStill(CashOut cashOut, UUID subject) {
        return course(cashOut, subject)
                .filter(course -> !course.hasEnded() && course.dueAt() == null)
                .isPresent();
    }

    private Stream<Course<?>> courses(CashOut cashOut) {
        return Stream.concat(Stream.of(cashOut), aftermaths.of(cashOut).stream());
    }

    private Optional<Course<?>> course(CashOut cashOut, UUID subject) {
        return courses(cashOut).filter(course -> course.subject().equals(subject)).findFirst();
    }

    /** Nothing is under way, no answer is waited for, and the state machine has that edge. */
    private static boolean waitsFor(Course<?> course, CashOutEvent event) {
        boolean edge =
                switch (course) {
                    case CashOut c -> c.state().after(event).isPresent();
                    case Aftermath a -> a.state().after(event).isPresent();
                };
        return edge && course.dueAt() == null && !course.attempt().asking();
    }

    private Facts.Change follows(
            Course<?> course, CashOutEvent event, List<? extends Effect<?>> more, Instant now) {
        return switch (course) {
            case CashOut c -> follows(c, rows, event, more, now);
            case Aftermath a -> follows(a, aftermaths, event, more, now);
        };
    }

    private <R extends Course<R>> Facts.Change follows(
            R course,
            CourseQueue<R> queue,
            CashOutEvent event,
            List<? extends Effect<?>> more,
            Instant now) {
        // Nothing waits for its answer any more: what it said may be wrong, and is watched.
        var given = course.with(course.attempt().given());
        var decision = given.after(event, now, Duration.ZERO);
        return consequences.of(course, decision, queue, false, more, now);
    }
}
