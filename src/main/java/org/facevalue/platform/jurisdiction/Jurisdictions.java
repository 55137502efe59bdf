package org.facevalue.platform.jurisdiction;

import java.time.ZoneId;
import java.util.Optional;

/** Asks every pack that a route touches. A port: outside the sandbox nothing is loaded yet, and everything is refused. */
public interface Jurisdictions {

    Verdict ask(Route route);

    /** Whether the pack in force knows this number, E.164, as a line of its own. */
    boolean isLine(String number);

    /** Whether the pack in force knows this number as an account of its own. */
    boolean isAccount(String number);

    /** The zone that days are counted in, of the jurisdiction that is served; empty when none is. */
    Optional<ZoneId> zone();
}
