package org.facevalue.platform.outside;

/** A line to each outside party. A port: the {@link Switchboard} in production, a simulated network where a test runs without one. */
@FunctionalInterface
public interface Lines {
    /** The line to {@code party}: its code. */
    Transport to(String party);
}
