package org.facevalue.platform.outside;

/** A line to each outside party. A port: the {@link Switchboard} in production, a simulated network where a test runs without one. */
@FunctionalInterface
public interface Lines {
    /** The line to {@code party}: its code. */
    Transport to(String party);

    /** The same for what was said before: a repeat, or a question about it. There are so many of those, so that a party in trouble is not asked to death. */
    default Transport again(String party) {
        return to(party);
    }
}
