package org.facevalue.platform.identity;

/** What a login may be. One login has one role. */
public enum Role {
    CUSTOMER,
    STAFF,
    /** The sandbox's own client: makes customers and moves the clock. There is none outside the sandbox. */
    SANDBOX,
    /** Reads the metrics. */
    METRICS;

    String authority() {
        return "ROLE_" + name();
    }
}
