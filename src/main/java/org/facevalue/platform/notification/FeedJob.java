package org.facevalue.platform.notification;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.outside.Claim;
import org.facevalue.platform.outside.Job;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.outside.Matters;
import org.facevalue.platform.time.BusinessClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/** Reads the journal in the order of places, and writes down what has to be told; both commit together, so that each event is told of once. */
@Component
class FeedJob implements Job, InitializingBean {
    private static final UUID FEED = new UUID(0, 1);
    private static final int PAGE = 200;
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** So often a page is read in vain before what cannot be told of it is left to a person. */
    private static final int PATIENCE = 3;

    private static final int DAYS_FOR_A_PERSON = 2;
    private static final Logger LOG = LoggerFactory.getLogger(FeedJob.class);
    private final Messages messages;
    private final Tidings tidings;
    private final Journal journal;
    private final Ledger ledger;
    private final BusinessClock clock;
    private final Ids ids;

    FeedJob(
            Messages messages,
            Tidings tidings,
            Journal journal,
            Ledger ledger,
            BusinessClock clock,
            Ids ids) {
        this.messages = messages;
        this.tidings = tidings;
        this.journal = journal;
        this.ledger = ledger;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public void afterPropertiesSet() {
        messages.begin(FEED, clock.now());
    }

    @Override
    public String name() {
        return "mf";
    }

    @Override
    public List<Claim> claimDue(int atMost) {
        return messages.claimFeed(clock.now());
    }

    @Override
    public void advance(Claim claimed) {
        long from = messages.place(FEED);
        var page = journal.after(from, PAGE);
        var now = clock.now();
        if (page.isEmpty()) {
            messages.pause(FEED, now.plus(PAUSE));
            return;
        }
        long to = page.getLast().place();
        var effects = new ArrayList<Effect<?>>();
        boolean patient = claimed.failures() <= PATIENCE;
        for (var placed : page) effects.addAll(told(placed.event(), patient));
        // A full page has more behind it.
        effects.add(Messages.read(FEED, from, to, page.size() == PAGE ? now : now.plus(PAUSE)));
        var key = new CommandKey(Cell.FIRST, FEED + "/" + to + "/" + now);
        ledger.commit(new Command(key, List.of(), List.of(), effects, List.of()));
    }

    /** @param patient whether the whole page is read again when something of it cannot be told: the trouble may pass */
    private List<Effect<?>> told(Event event, boolean patient) {
        var effects = new ArrayList<Effect<?>>();
        try {
            for (var message : tidings.of(event)) effects.add(messages.add(message));
        } catch (RuntimeException e) {
            if (patient) throw e;
            LOG.error("{} {} cannot be told", event.subjectKind(), event.type(), e);
            var now = clock.now();
            effects.clear();
            // Of what has no page at the desk the log is all there is.
            if (!event.subjectKind().equals("wo")) return effects;
            effects.add(
                    Matters.open(
                            new Matter(
                                    event.cell(),
                                    ids.next(),
                                    event.subjectKind(),
                                    event.subject(),
                                    "cannot-be-told",
                                    "SUPPORT",
                                    now,
                                    LocalDate.ofInstant(now, ZoneOffset.UTC)
                                            .plusDays(DAYS_FOR_A_PERSON))));
        }
        return effects;
    }
}
