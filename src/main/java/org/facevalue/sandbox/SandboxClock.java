package org.facevalue.sandbox;

import java.time.Clock;
import java.time.Instant;

/** The business clock of the outside parties: the system's, moved forward by what one row says. */
final class SandboxClock {
    private final Db db;
    private final Clock clock;

    SandboxClock(Db db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    Instant now() {
        long ahead =
                db.one("SELECT ahead_seconds FROM scenario_clock", row -> row.getLong(1))
                        .orElse(0L);
        return clock.instant().plusSeconds(ahead);
    }

    void forward(long seconds) {
        db.update("UPDATE scenario_clock SET ahead_seconds = ahead_seconds + ?", seconds);
    }
}
