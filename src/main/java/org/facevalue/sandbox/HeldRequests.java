package org.facevalue.sandbox;

import java.net.URI;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests that are on their way for two hours of the business clock, long after whoever sent them has given them up. */
final class HeldRequests implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeldRequests.class);
    private static final long SECONDS = 7_200;
    private static final long LOOK_MILLIS = 200;
    private final Db db;
    private final SandboxClock clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    HeldRequests(Db db, SandboxClock clock) {
        this.db = db;
        this.clock = clock;
    }

    void keep(String method, URI uri, String body) {
        db.update(
                "INSERT INTO held_request (method, uri, body, due_at) VALUES (?, ?, ?, ?)",
                method,
                uri.toString(),
                body,
                clock.now().plusSeconds(SECONDS));
    }

    private record Held(long id, String method, URI uri, String body) {}

    /** Lets what is due arrive at {@code server}, in the order it was sent, from now on. */
    void deliverTo(Server server) {
        thread.scheduleWithFixedDelay(
                () -> deliver(server), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void deliver(Server server) {
        try {
            var due =
                    db.list(
                            "SELECT * FROM held_request WHERE due_at <= ? ORDER BY id",
                            row ->
                                    new Held(
                                            row.getLong("id"),
                                            row.getString("method"),
                                            URI.create(row.getString("uri")),
                                            row.getString("body")),
                            clock.now());
            for (var held : due) {
                server.arrive(held.method(), held.uri(), held.body());
                db.update("DELETE FROM held_request WHERE id = ?", held.id());
            }
        } catch (RuntimeException e) {
            LOG.warn("a held request waits on", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
