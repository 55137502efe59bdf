package org.facevalue.platform.jurisdiction;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** Asks every pack that a route touches. A port: where no jurisdiction is configured everything is refused. */
public interface Jurisdictions {

    Verdict ask(Route route);

    /** Whether this platform may show anything of cash-outs to anybody, before a route is known. */
    Verdict show();

    /** Whether the served pack knows this number, E.164, as a line that may be added. */
    boolean isLine(String number);

    /** Whether the served pack knows this number as an account that may be added. */
    boolean isAccount(String number);

    /** Whether the pack of the jurisdiction that is served decides. */
    boolean decides();

    /**
     * When a statutory term of the served pack ends.
     *
     * @param id as the pack names it
     * @param from the day whose next one is the first that counts, in the zone of the pack
     * @return empty where the pack has no such term, or its calendar does not reach so far
     */
    Optional<Term> term(String id, LocalDate from);

    /** So many business days before {@code day}, by the calendar of the served pack; by days alone where none decides. */
    LocalDate businessDaysBefore(LocalDate day, int count);

    /** Forgets what was seen last: somebody has met a pack that decides no more. */
    void lookAgain();

    /** The code of the jurisdiction that is served; empty when none is. */
    String served();

    /** The zone that days are counted in, of the jurisdiction that is served; UTC when none is. */
    ZoneId zone();
}
