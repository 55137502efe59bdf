package org.facevalue.platform.journal;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives events their places. A reader that asked for "identifier greater than the last" would lose every transaction that commits later than one
 * that began after it; so places are given to what can be seen, by one integrator at a time (test: an_event_that_commits_late_still_gets_a_place).
 */
@Component
class Integrator {
    private static final int AT_MOST = 1_000;
    private final JdbcClient db;
    private final TransactionTemplate transactions;

    Integrator(JdbcClient db, TransactionTemplate transactions) {
        this.db = db;
        this.transactions = transactions;
    }

    /** Places up to a thousand pending events and says how many. The row lock on {@code log_head} lets one integrator through at a time. */
    @Scheduled(fixedDelayString = "${facevalue.journal.every:200ms}")
    int integrate() {
        return transactions.execute(
                status -> {
                    long next =
                            db.sql("SELECT next FROM log_head WHERE id = 1 FOR UPDATE")
                                    .query(Long.class)
                                    .single();
                    int placed =
                            db.sql(
                                            """
                                            WITH taken AS (
                                                DELETE FROM event_pending WHERE (cell, id) IN
                                                       (SELECT cell, id FROM event_pending ORDER BY id LIMIT :atMost)
                                                RETURNING cell, id)
                                            INSERT INTO log_place (place, cell, event)
                                            SELECT :next + row_number() OVER (ORDER BY id) - 1, cell, id FROM taken
                                            """)
                                    .param("atMost", AT_MOST)
                                    .param("next", next)
                                    .update();
                    if (placed > 0)
                        db.sql("UPDATE log_head SET next = next + :placed WHERE id = 1")
                                .param("placed", placed)
                                .update();
                    return placed;
                });
    }
}
