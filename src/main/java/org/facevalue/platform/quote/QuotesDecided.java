package org.facevalue.platform.quote;

import java.time.Instant;
import java.util.List;
import org.facevalue.platform.jurisdiction.Decided;
import org.springframework.stereotype.Component;

/** The quotes that were offered, as the rule packs were asked about them. */
@Component
class QuotesDecided implements Decided {
    private final QuoteRows rows;
    private final Quotes quotes;

    QuotesDecided(QuoteRows rows, Quotes quotes) {
        this.rows = rows;
        this.quotes = quotes;
    }

    @Override
    public List<Asked> since(Instant since, int atMost) {
        return rows.terms(rows.latest(atMost)).values().stream()
                .filter(terms -> terms.offeredAt().isAfter(since))
                .map(
                        terms ->
                                new Asked(
                                        terms.id(),
                                        terms.offeredAt(),
                                        quotes.route(terms).orElse(null)))
                .toList();
    }
}
