package org.facevalue.platform.cashout;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.outside.Matters;

/** What commits together when a course goes on, whoever takes it on: the job, the customer or a person of the staff. */
final class Consequences {
    /** The matter that closes itself when its row moves on; as old as the row's state is. */
    static final String SLOW = "takes-too-long";

    /** The matter of an answer about something else than what was asked; it closes itself likewise. */
    static final String ODD = "odd-answer";

    private static final int DAYS_FOR_A_PERSON = 2;
    private final Parties parties;
    private final Ids ids;

    Consequences(Parties parties, Ids ids) {
        this.parties = parties;
        this.ids = ids;
    }

    /**
     * The row, its event and its postings, what begins with it, and what a person sees.
     *
     * @param kept whether the same worker goes on with it
     * @param more effects that commit with it
     */
    <R extends Course<R>> Facts.Change of(
            R course,
            Decision<R> decision,
            CourseQueue<R> queue,
            boolean kept,
            List<? extends Effect<?>> more,
            Instant now) {
        var next = decision.next();
        var effects = new ArrayList<Effect<?>>(more);
        effects.add(queue.advance(next, kept));
        var events = new ArrayList<Event>();
        var told = decision.told();
        if (told != null) {
            events.add(next.event(ids.next(), told.type(), now));
            effects.addAll(parties.entering(next));
            effects.add(Matters.settle(course.cell(), course.subject(), SLOW, now));
        }
        if (told != null || course.attempt().isOdd() && !next.attempt().isOdd())
            effects.add(Matters.settle(course.cell(), course.subject(), ODD, now));
        var begun = decision.begun();
        if (begun != null) effects.add(AftermathRows.add(begun));
        var matter = decision.matter();
        if (matter != null) {
            var since = matter.equals(SLOW) ? course.stateSince() : now;
            effects.add(
                    matter(
                            course.cell(),
                            course.subjectKind(),
                            course.subject(),
                            matter,
                            since,
                            now));
        }
        return new Facts.Change(decision.movements(), List.of(), effects, events);
    }

    /** A person has to look. */
    Effect<?> matter(
            Cell cell, String kind, UUID subject, String reason, Instant since, Instant now) {
        var dueOn = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(DAYS_FOR_A_PERSON);
        return Matters.open(
                new Matter(cell, ids.next(), kind, subject, reason, "SUPPORT", since, dueOn));
    }
}
