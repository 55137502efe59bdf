package org.facevalue.platform.time;

import java.time.Instant;

/** What time it is for business. A port: tests turn it by hand. */
@FunctionalInterface
public interface BusinessClock {
    /** In UTC, cut to whole microseconds, which is what the database keeps. */
    Instant now();
}
