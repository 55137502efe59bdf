package org.facevalue.platform.outside;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Until when a worker may send: its lease has to outlast the call. A process that was stopped in between, for whatever reason, sends nothing when it
 * wakes, because somebody else may have taken its row on. The clock is the monotonic one, which no operator moves.
 *
 * @param nanos that clock, as {@link System#nanoTime()}
 */
public record Fence(LongSupplier nanos, long untilNanos) {

    /** Of a lease that is begun now, for calls of at most {@code timeout}. */
    public static Fence of(LongSupplier nanos, Duration lease, Duration timeout) {
        return new Fence(nanos, nanos.getAsLong() + lease.minus(timeout).toNanos());
    }

    /** Where nobody else can take the work on. */
    public static Fence none() {
        return new Fence(() -> 0, 1);
    }

    public boolean holds() {
        return untilNanos - nanos.getAsLong() > 0;
    }
}
