package org.facevalue.platform.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.journal.Journal;

/** Commits rows together with the one event that tells of them, for subjects whose events nobody else numbers. */
public final class Facts {
    private static final int TRIES = 10;
    private final Ledger ledger;
    private final Journal journal;
    private final Ids ids;

    Facts(Ledger ledger, Journal journal, Ids ids) {
        this.ledger = ledger;
        this.journal = journal;
        this.ids = ids;
    }

    /**
     * What is so from now on.
     *
     * @param subjectKind the prefix of the subject's identifier
     * @param type kebab-case, in the past
     * @param data no name, number, code or other personal or secret thing ever
     */
    public record Fact(
            Cell cell,
            String subjectKind,
            UUID subject,
            String type,
            Instant at,
            Map<String, Object> data) {}

    /**
     * Commits {@code effects} and the event of {@code fact}, which gets the subject's next number.
     *
     * @param key within the cell; the same again is a replay
     */
    public Outcome commit(String key, Fact fact, List<Effect<?>> effects) {
        return commit(key, fact, new Change(List.of(), List.of(), effects, List.of()));
    }

    /** What commits with a fact. {@code events}: further ones, numbered already. */
    public record Change(
            List<Movement> movements,
            List<Condition<?>> conditions,
            List<Effect<?>> effects,
            List<Event> events) {}

    /** As above, with movements, conditions and further events. */
    public Outcome commit(String key, Fact fact, Change change) {
        for (int tried = 1; ; tried++) {
            var sequence = journal.nextSequence(fact.cell(), fact.subject());
            var event =
                    new Event(
                            fact.cell(),
                            ids.next(),
                            fact.subjectKind(),
                            fact.subject(),
                            sequence,
                            fact.type(),
                            fact.at(),
                            fact.data());
            var events = new ArrayList<>(change.events());
            events.add(event);
            var outcome =
                    ledger.commit(
                            new Command(
                                    new CommandKey(fact.cell(), key),
                                    change.movements(),
                                    change.conditions(),
                                    change.effects(),
                                    events));
            // Another event of this subject was written meanwhile: take the next number. Where a
            // further event's number is taken, that one's subject has moved.
            boolean taken =
                    change.events().isEmpty()
                            && outcome instanceof Outcome.Refused.Moved(var what)
                            && what.equals("event");
            if (!taken || tried == TRIES) return outcome;
        }
    }
}
