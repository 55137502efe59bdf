package org.facevalue.platform.identifier;

import java.util.UUID;

/** Where new identifiers come from. A port, so that a run can be repeated identifier for identifier. */
@FunctionalInterface
public interface Ids {
    /** A UUID of version 7 (RFC 9562, section 5.7): ordered by time, not guessable. */
    UUID next();
}
