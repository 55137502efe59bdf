package org.facevalue.platform.jurisdiction;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks every pack that a route touches. A port: where no jurisdiction is configured everything is refused. */
public interface Jurisdictions {

    Verdict ask(Route route);

    /**
     * Whether this platform may show anything of cash-outs, before a route is known.
     *
     * @param residences where the reader lives, ISO 3166-1 alpha-2; empty where nobody knows
     */
    Verdict show(Set<String> residences);

    /** The same, to anybody. */
    default Verdict show() {
        return show(Set.of());
    }

    /** What the served pack permits today where its conditions are met, by its own cases: the word of each activity, with the rules that permit it. */
    Map<String, List<Verdict.Citation>> permits();

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
