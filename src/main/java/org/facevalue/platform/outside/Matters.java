package org.facevalue.platform.outside;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code matter}. */
public final class Matters {
    private final JdbcClient db;

    Matters(JdbcClient db) {
        this.db = db;
    }

    private static final EffectKind<Matter> OPEN =
            new EffectKind<>(
                    "matter.open",
                    "matter",
                    """
                    INSERT INTO matter (cell, id, subject_kind, subject, reason, owner, opened_at, due_on)
                    SELECT * FROM unnest(?::smallint[], ?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::date[])
                    ON CONFLICT (cell, subject, reason) WHERE closed_at IS NULL DO UPDATE SET due_on = matter.due_on
                    """,
                    List.of(
                            new Column<>("cell", "smallint", m -> m.cell().number()),
                            new Column<>("id", "uuid", Matter::id),
                            new Column<>("subject_kind", "text", Matter::subjectKind),
                            new Column<>("subject", "uuid", Matter::subject),
                            new Column<>("reason", "text", Matter::reason),
                            new Column<>("owner", "text", Matter::owner),
                            new Column<>("opened_at", "timestamptz", Matter::openedAt),
                            new Column<>("due_on", "date", Matter::dueOn)));

    /** Opens it; one that is open for the same reason stays as it is. */
    public static Effect<?> open(Matter matter) {
        return new Effect<>(OPEN, matter);
    }

    /** {@code reason}: or null for any. */
    private record Settled(Cell cell, UUID subject, @Nullable String reason, Instant at) {}

    /** Its name comes before {@link #OPEN}'s, by which effects are put in order: what a command settles is settled before what it opens. */
    private static final EffectKind<Settled> SETTLE =
            new EffectKind<>(
                    "matter.close-settled",
                    "matter",
                    """
                    UPDATE matter AS m SET closed_at = n.at
                      FROM unnest(?::smallint[], ?::uuid[], ?::text[], ?::timestamptz[]) AS n(cell, subject, reason, at)
                     WHERE m.cell = n.cell AND m.subject = n.subject AND m.reason = coalesce(n.reason, m.reason) AND m.closed_at IS NULL
                    """,
                    List.of(
                            new Column<>("cell", "smallint", s -> s.cell().number()),
                            new Column<>("subject", "uuid", Settled::subject),
                            new Column<>("reason", "text", Settled::reason),
                            new Column<>("at", "timestamptz", Settled::at)),
                    false);

    /** Closes what has settled itself, if it is open. */
    public static Effect<?> settle(Cell cell, UUID subject, String reason, Instant at) {
        return new Effect<>(SETTLE, new Settled(cell, subject, reason, at));
    }

    /** Closes whatever is open about {@code subject}. */
    public static Effect<?> settleAll(Cell cell, UUID subject, Instant at) {
        return new Effect<>(SETTLE, new Settled(cell, subject, null, at));
    }

    private record Closed(Cell cell, UUID id, Instant at) {}

    private static final EffectKind<Closed> CLOSE =
            new EffectKind<>(
                    "matter.close",
                    "matter",
                    """
                    UPDATE matter AS m SET closed_at = n.at
                      FROM unnest(?::smallint[], ?::uuid[], ?::timestamptz[]) AS n(cell, id, at)
                     WHERE m.cell = n.cell AND m.id = n.id AND m.closed_at IS NULL
                    """,
                    List.of(
                            new Column<>("cell", "smallint", c -> c.cell().number()),
                            new Column<>("id", "uuid", Closed::id),
                            new Column<>("at", "timestamptz", Closed::at)));

    /** Closes it; refuses the command when it is closed already. */
    public static Effect<?> close(Matter matter, Instant at) {
        return new Effect<>(CLOSE, new Closed(matter.cell(), matter.id(), at));
    }

    /** What is open, oldest first. */
    public List<Matter> open() {
        return db.sql("SELECT * FROM matter WHERE closed_at IS NULL ORDER BY opened_at LIMIT 500")
                .query((row, n) -> matter(row))
                .list();
    }

    /** What is open about one of these subjects, oldest first. */
    public List<Matter> open(Cell cell, Collection<UUID> subjects) {
        return db.sql(
                        """
                        SELECT * FROM matter
                         WHERE closed_at IS NULL AND cell = :cell AND subject IN (:subjects) ORDER BY opened_at
                        """)
                .param("cell", cell.number())
                .param("subjects", subjects)
                .query((row, n) -> matter(row))
                .list();
    }

    private static Matter matter(ResultSet row) throws SQLException {
        return new Matter(
                new Cell(row.getShort("cell")),
                row.getObject("id", UUID.class),
                row.getString("subject_kind"),
                row.getObject("subject", UUID.class),
                row.getString("reason"),
                row.getString("owner"),
                row.getTimestamp("opened_at").toInstant(),
                row.getDate("due_on").toLocalDate());
    }
}
