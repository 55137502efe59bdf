package org.facevalue.platform.notification;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.outside.Claim;
import org.facevalue.platform.outside.Job;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/** Reads the journal in the order of places, and writes down what has to be told; both commit together, so that each event is told of once. */
@Component
class FeedJob implements Job, InitializingBean {
    private static final UUID FEED = new UUID(0, 1);
    private static final int PAGE = 200;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private final Messages messages;
    private final Tidings tidings;
    private final Journal journal;
    private final Ledger ledger;
    private final BusinessClock clock;

    FeedJob(
            Messages messages,
            Tidings tidings,
            Journal journal,
            Ledger ledger,
            BusinessClock clock) {
        this.messages = messages;
        this.tidings = tidings;
        this.journal = journal;
        this.ledger = ledger;
        this.clock = clock;
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
        for (var placed : page)
            for (var message : tidings.of(placed.event())) effects.add(messages.add(message));
        // A full page has more behind it.
        effects.add(Messages.read(FEED, from, to, page.size() == PAGE ? now : now.plus(PAUSE)));
        var key = new CommandKey(Cell.FIRST, FEED + "/" + to + "/" + now);
        ledger.commit(new Command(key, List.of(), List.of(), effects, List.of()));
    }
}
