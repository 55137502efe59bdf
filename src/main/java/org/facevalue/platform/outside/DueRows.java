package org.facevalue.platform.outside;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table as a queue: its columns {@code due_at}, {@code lease_until} and {@code failures} say whose turn it is. {@code due_at} is on the business
 * clock, leases live on the database's own.
 */
public final class DueRows {
    private final JdbcClient db;
    private final Duration lease;
    private final String claim;
    private final EffectKind<Parked> park;
    private final EffectKind<Again> again;

    /** @param table a constant of the room that owns it */
    public DueRows(JdbcClient db, String table, Duration lease) {
        this.db = db;
        this.lease = lease;
        this.claim =
                """
                UPDATE %1$s SET lease_until = clock_timestamp() + make_interval(secs => :lease), failures = failures + 1
                 WHERE (cell, id) IN (SELECT cell, id FROM %1$s
                                       WHERE due_at <= :now AND (lease_until IS NULL OR lease_until < clock_timestamp())
                                       ORDER BY due_at LIMIT :atMost FOR UPDATE SKIP LOCKED)
                RETURNING cell, id, failures
                """
                        .formatted(table);
        this.park =
                new EffectKind<>(
                        table + ".park",
                        table,
                        """
                        UPDATE %s AS r SET due_at = NULL, lease_until = NULL
                          FROM unnest(?::smallint[], ?::uuid[]) AS n(cell, id)
                         WHERE r.cell = n.cell AND r.id = n.id
                        """
                                .formatted(table),
                        List.of(
                                new Column<>("cell", "smallint", p -> p.cell().number()),
                                new Column<>("id", "uuid", Parked::id)));
        this.again =
                new EffectKind<>(
                        table + ".again",
                        table,
                        """
                        UPDATE %s AS r SET due_at = n.now, failures = 0
                          FROM unnest(?::smallint[], ?::uuid[], ?::bigint[], ?::timestamptz[]) AS n(cell, id, version, now)
                         WHERE r.cell = n.cell AND r.id = n.id AND r.version = n.version
                        """
                                .formatted(table),
                        List.of(
                                new Column<>("cell", "smallint", a -> a.cell().number()),
                                new Column<>("id", "uuid", Again::id),
                                new Column<>("version", "bigint", Again::version),
                                new Column<>("now", "timestamptz", Again::now)));
    }

    private record Parked(Cell cell, UUID id) {}

    private record Again(Cell cell, UUID id, long version, Instant now) {}

    /** The lease, as the statements take it. */
    public double seconds() {
        return lease.toMillis() / 1000.0;
    }

    /** Those due at {@code now} on the business clock, oldest first, at most so many; others skip them while the lease lasts. */
    public List<Claim> claim(Instant now, int atMost) {
        return db.sql(claim)
                .param("lease", seconds())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("atMost", atMost)
                .query(
                        (row, n) ->
                                new Claim(
                                        new Cell(row.getShort("cell")),
                                        row.getObject("id", UUID.class),
                                        row.getInt("failures")))
                .list();
    }

    /** Takes a row out of the queue until a person puts it back. */
    public Effect<?> park(Claim claimed) {
        return new Effect<>(park, new Parked(claimed.cell(), claimed.id()));
    }

    /** Puts a row back, or makes it due sooner. Only for one that has something to do; refused when it has moved. */
    public Effect<?> again(Cell cell, UUID id, long version, Instant now) {
        return new Effect<>(again, new Again(cell, id, version, now));
    }
}
