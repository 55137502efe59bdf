package org.facevalue.platform.jurisdiction;

import java.time.Instant;
import java.util.List;
import org.facevalue.platform.identifier.Id;
import org.jspecify.annotations.Nullable;

/** What rule packs have decided for a room. A port: every room that asks them has its own. */
public interface Decided {

    /** Those from {@code since} on, at most so many of the latest. */
    List<Asked> since(Instant since, int atMost);

    /** One of them. {@code route}: as it was asked about then; null where a part of it is not there any more. */
    record Asked(Id id, Instant at, @Nullable Route route) {}
}
