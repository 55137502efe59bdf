package org.facevalue.platform.wayout;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.journal.Event;

/** What the journal is told of a way out: where it stands, until when, and what the party has said or given with it. */
final class Telling {
    private Telling() {}

    static Event of(WayOut next, WayOutEvent event, Ids ids, Instant now) {
        return new Event(
                next.cell(),
                ids.next(),
                "wo",
                next.id().value(),
                next.sequence(),
                event.type(),
                now,
                data(next, event));
    }

    private static Map<String, Object> data(WayOut next, WayOutEvent event) {
        var data = new LinkedHashMap<String, Object>();
        data.put("state", next.state().name());
        data.put("kind", next.kind().name());
        data.put("until", next.until().day().toString());
        data.put("law", next.until().law());
        switch (event) {
            case WayOutEvent.Received(var withheld, var until) -> data.put("withheld", withheld);
            case WayOutEvent.Refused(var why) -> data.put("why", why);
            case WayOutEvent.ReferralDeclined(var why) -> data.put("why", why);
            case WayOutEvent.Undone(var given) -> data.put("given", given.minor());
            case WayOutEvent.UndoneInPart(var given) -> data.put("given", given.minor());
            default -> {}
        }
        return data;
    }
}
