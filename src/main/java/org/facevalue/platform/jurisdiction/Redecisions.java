package org.facevalue.platform.jurisdiction;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.jurisdiction.Packs.Shelved;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.stereotype.Component;

/** What another rule pack would have said of what was decided in the last thirty days: for whoever is to let it decide. */
@Component
public class Redecisions {
    /** So many of the latest of each room are looked at. */
    public static final int MOST = 1_000;

    private static final Duration BACK = Duration.ofDays(30);
    private final List<Decided> rooms;
    private final Packs packs;
    private final BusinessClock clock;

    Redecisions(List<Decided> rooms, Packs packs, BusinessClock clock) {
        this.rooms = List.copyOf(rooms);
        this.packs = packs;
        this.clock = clock;
    }

    /** What is decided one way today, and would be another. {@code today} and {@code then}: {@code permitted}, {@code permitted, and held}, or the code it is refused with. */
    public record Otherwise(Id id, Instant at, String today, String then) {}

    /** {@code asked}: how many were decided again; {@code gone}: how many could not be, because a part of theirs is not there any more. Latest first. */
    public record Redecided(int asked, int gone, List<Otherwise> otherwise) {}

    public Redecided with(Shelved instead) {
        var since = clock.now().minus(BACK);
        var otherwise = new ArrayList<Otherwise>();
        int looked = 0;
        int gone = 0;
        for (var room : rooms)
            for (var asked : room.since(since, MOST)) {
                var route = asked.route();
                if (route == null) {
                    gone++;
                    continue;
                }
                looked++;
                var today = said(packs.ask(route));
                var then = said(packs.askWith(instead, route));
                if (!today.equals(then))
                    otherwise.add(new Otherwise(asked.id(), asked.at(), today, then));
            }
        otherwise.sort(Comparator.comparing(Otherwise::at).reversed());
        return new Redecided(looked, gone, otherwise);
    }

    /** The most that comes back by it, where the rules say so. */
    private static String gives(Verdict.Permitted permitted) {
        var most =
                permitted.citations().stream()
                        .map(Verdict.Citation::gives)
                        .filter(Objects::nonNull)
                        .mapToLong(Share::percent)
                        .max();
        return most.isPresent() ? ", " + most.getAsLong() + " %" : "";
    }

    private static String said(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Permitted p ->
                    (p.mayHold() ? "permitted, and held" : "permitted") + gives(p);
            case Verdict.Refused(var code, var part, var citations) -> code;
        };
    }
}
