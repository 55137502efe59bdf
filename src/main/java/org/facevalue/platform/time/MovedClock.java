package org.facevalue.platform.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The sandbox's business clock: the system's, moved forward by what one row says, which all nodes read every second. */
@Component
@Profile("sandbox")
public class MovedClock implements BusinessClock {
    private final Clock clock;
    private final JdbcClient db;
    private volatile long aheadSeconds;

    MovedClock(Clock clock, JdbcClient db) {
        this.clock = clock;
        this.db = db;
        read();
    }

    @Override
    public Instant now() {
        return clock.instant().plusSeconds(aheadSeconds).truncatedTo(ChronoUnit.MICROS);
    }

    /** Moves business time on for everybody; there is no way back. */
    public Instant forward(Duration by) {
        if (by.isNegative())
            throw new IllegalArgumentException("the clock goes forward only: " + by);
        db.sql("UPDATE business_clock SET ahead_seconds = ahead_seconds + :by WHERE id = 1")
                .param("by", by.toSeconds())
                .update();
        read();
        return now();
    }

    @Scheduled(fixedDelay = 1_000)
    final void read() {
        aheadSeconds =
                db.sql("SELECT ahead_seconds FROM business_clock WHERE id = 1")
                        .query(Long.class)
                        .single();
    }
}
