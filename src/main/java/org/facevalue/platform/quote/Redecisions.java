package org.facevalue.platform.quote;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.facevalue.platform.jurisdiction.Packs;
import org.facevalue.platform.jurisdiction.Packs.Shelved;
import org.facevalue.platform.jurisdiction.Verdict;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.stereotype.Component;

/** What another rule pack would have said of the quotes of the last thirty days: for whoever is to let it decide. */
@Component
public class Redecisions {
    /** So many of the latest are looked at. */
    public static final int MOST = 1_000;

    private static final Duration BACK = Duration.ofDays(30);
    private final QuoteRows rows;
    private final Quotes quotes;
    private final Packs packs;
    private final BusinessClock clock;

    Redecisions(QuoteRows rows, Quotes quotes, Packs packs, BusinessClock clock) {
        this.rows = rows;
        this.quotes = quotes;
        this.packs = packs;
        this.clock = clock;
    }

    /** A quote that is decided one way today, and would be another. {@code today} and {@code then}: {@code permitted}, {@code permitted, and held}, or the code it is refused with. */
    public record Otherwise(QuoteId quote, Instant at, String today, String then) {}

    /** {@code asked}: how many quotes were looked at. Latest first. */
    public record Redecided(int asked, List<Otherwise> otherwise) {}

    public Redecided with(Shelved instead) {
        var since = clock.now().minus(BACK);
        var terms =
                rows.terms(rows.latest(MOST)).values().stream()
                        .filter(each -> each.offeredAt().isAfter(since))
                        .sorted(Comparator.comparing(Terms::offeredAt).reversed())
                        .toList();
        var otherwise = new ArrayList<Otherwise>();
        int asked = 0;
        for (var each : terms) {
            var route = quotes.route(each);
            if (route.isEmpty()) continue;
            asked++;
            var today = said(packs.ask(route.get()));
            var then = said(packs.askWith(instead, route.get()));
            if (!today.equals(then))
                otherwise.add(new Otherwise(each.id(), each.offeredAt(), today, then));
        }
        return new Redecided(asked, otherwise);
    }

    private static String said(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Permitted p -> p.mayHold() ? "permitted, and held" : "permitted";
            case Verdict.Refused(var code, var part, var citations) -> code;
        };
    }
}
