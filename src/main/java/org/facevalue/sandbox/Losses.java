package org.facevalue.sandbox;

/** Remembers which requests were lost on purpose: each only once, so that the next try arrives. */
final class Losses {
    private final Db db;

    Losses(Db db) {
        this.db = db;
    }

    /** Whether this is the first request of {@code reference} under {@code scenario}. */
    boolean first(Scenario scenario, String reference) {
        return db.update(
                        "INSERT INTO lost VALUES (?, ?) ON CONFLICT DO NOTHING",
                        scenario.name(),
                        reference)
                == 1;
    }
}
