package org.facevalue.platform.cashout.web;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.facevalue.platform.cashout.CashOut;
import org.facevalue.platform.cashout.CashOutState;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Server-sent events of one cash-out until its end: its events of the journal, read on a thread of their own. */
@Component
class LiveEvents {
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final int MOST_READERS = 500;
    private final Semaphore room = new Semaphore(MOST_READERS);
    private final Journal journal;
    private final Clock clock;

    LiveEvents(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    SseEmitter follow(CashOut cashOut, Duration atMost) {
        if (!room.tryAcquire()) throw new Problem(ProblemCode.UNAVAILABLE).retry("after");
        var emitter = new SseEmitter(atMost.toMillis());
        var until = clock.instant().plus(atMost);
        Thread.ofVirtual()
                .name("events of " + cashOut.id().shown())
                .start(
                        () -> {
                            try {
                                long seen = 0;
                                while (clock.instant().isBefore(until)) {
                                    for (var event :
                                            journal.of(cashOut.cell(), cashOut.id().value())) {
                                        if (event.sequence() <= seen) continue;
                                        send(emitter, event);
                                        seen = event.sequence();
                                        if (isEnd(event)) {
                                            emitter.complete();
                                            return;
                                        }
                                    }
                                    Thread.sleep(EVERY);
                                }
                                emitter.complete();
                            } catch (IOException | RuntimeException e) {
                                // The reader has gone, or the journal cannot be read: the page asks
                                // again by itself.
                                emitter.complete();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                                emitter.complete();
                            } finally {
                                room.release();
                            }
                        });
        return emitter;
    }

    private static void send(SseEmitter emitter, Event event) throws IOException {
        emitter.send(
                SseEmitter.event()
                        .id(String.valueOf(event.sequence()))
                        .name("cash-out")
                        .data(
                                Map.of(
                                        "event",
                                        event.type(),
                                        "at",
                                        event.at().toString(),
                                        "state",
                                        state(event).name())));
    }

    private static boolean isEnd(Event event) {
        return state(event).isEnd();
    }

    private static CashOutState state(Event event) {
        return CashOutState.valueOf(String.valueOf(event.data().get("state")));
    }
}
