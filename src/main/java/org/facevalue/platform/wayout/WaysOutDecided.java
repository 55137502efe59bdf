package org.facevalue.platform.wayout;

import java.time.Instant;
import java.util.List;
import org.facevalue.platform.jurisdiction.Decided;
import org.springframework.stereotype.Component;

/** The ways out that were asked for, as the rule packs were asked about them. */
@Component
class WaysOutDecided implements Decided {
    private final WayOutRows rows;
    private final Ways ways;

    WaysOutDecided(WayOutRows rows, Ways ways) {
        this.rows = rows;
        this.ways = ways;
    }

    @Override
    public List<Asked> since(Instant since, int atMost) {
        return rows.latest(since, atMost).stream()
                .map(
                        wayOut ->
                                new Asked(
                                        wayOut.id(),
                                        wayOut.createdAt(),
                                        ways.route(wayOut).orElse(null)))
                .toList();
    }
}
