package org.facevalue.platform.outside;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code outside_call}: written before a call, completed by the command that records its answer. Bodies are sealed. */
public final class OutsideCalls {
    private static final String REQUEST = "outside_call.request";
    private static final String REPLY = "outside_call.reply";
    private final JdbcClient db;
    private final Vault vault;
    private final Ids ids;

    OutsideCalls(JdbcClient db, Vault vault, Ids ids) {
        this.db = db;
        this.vault = vault;
        this.ids = ids;
    }

    /** What will be sent, to be committed before it is. */
    public record Intention(
            Cell cell,
            UUID id,
            UUID subject,
            String step,
            int attempt,
            boolean asks,
            String party,
            String key,
            Instant at) {}

    private record Recorded(
            Cell cell, UUID id, Instant at, String outcome, byte[] request, byte[] reply) {}

    public static final EffectKind<Intention> INTEND =
            EffectKind.insert(
                    "outside_call.intend",
                    "outside_call",
                    List.of(
                            new Column<>("cell", "smallint", i -> i.cell().number()),
                            new Column<>("id", "uuid", Intention::id),
                            new Column<>("subject", "uuid", Intention::subject),
                            new Column<>("step", "text", Intention::step),
                            new Column<>("attempt", "int4", Intention::attempt),
                            new Column<>("asks", "bool", Intention::asks),
                            new Column<>("party", "text", Intention::party),
                            new Column<>("key", "text", Intention::key),
                            new Column<>("intended_at", "timestamptz", Intention::at)));

    private static final EffectKind<Recorded> RECORD =
            new EffectKind<>(
                    "outside_call.record",
                    "outside_call",
                    """
                    UPDATE outside_call AS o
                       SET answered_at = n.at, outcome = n.outcome, request = n.request, reply = n.reply
                      FROM unnest(?::smallint[], ?::uuid[], ?::timestamptz[], ?::text[], ?::bytea[], ?::bytea[])
                           AS n(cell, id, at, outcome, request, reply)
                     WHERE o.cell = n.cell AND o.id = n.id AND o.answered_at IS NULL
                    """,
                    List.of(
                            new Column<>("cell", "smallint", r -> r.cell().number()),
                            new Column<>("id", "uuid", Recorded::id),
                            new Column<>("answered_at", "timestamptz", Recorded::at),
                            new Column<>("outcome", "text", Recorded::outcome),
                            new Column<>("request", "bytea", Recorded::request),
                            new Column<>("reply", "bytea", Recorded::reply)));

    public Intention intention(
            Cell cell,
            UUID subject,
            String step,
            int attempt,
            boolean asks,
            String party,
            String key,
            Instant at) {
        return new Intention(cell, ids.next(), subject, step, attempt, asks, party, key, at);
    }

    public static Effect<?> intend(Intention intention) {
        return new Effect<>(INTEND, intention);
    }

    /** The effect that completes the row with what came. */
    public Effect<?> record(
            Intention intention, Answer<?> answer, Transcript transcript, Instant at) {
        return new Effect<>(
                RECORD,
                new Recorded(
                        intention.cell(),
                        intention.id(),
                        at,
                        answer.outcome(),
                        vault.seal(transcript.requests(), REQUEST).bytes(),
                        vault.seal(transcript.replies(), REPLY).bytes()));
    }

    /** All calls of one subject, in the order they were intended; bodies opened. */
    public List<OutsideCall> of(Cell cell, UUID subject) {
        return db.sql(
                        """
                        SELECT cell, id, subject, step, attempt, asks, party, key, intended_at, answered_at, outcome, request, reply
                          FROM outside_call WHERE cell = :cell AND subject = :subject ORDER BY attempt
                        """)
                .param("cell", cell.number())
                .param("subject", subject)
                .query(
                        (row, n) -> {
                            var answered = row.getTimestamp("answered_at");
                            var request = row.getBytes("request");
                            var reply = row.getBytes("reply");
                            return new OutsideCall(
                                    new Cell(row.getShort("cell")),
                                    row.getObject("id", UUID.class),
                                    row.getObject("subject", UUID.class),
                                    row.getString("step"),
                                    row.getInt("attempt"),
                                    row.getBoolean("asks"),
                                    row.getString("party"),
                                    row.getString("key"),
                                    row.getTimestamp("intended_at").toInstant(),
                                    answered == null ? null : answered.toInstant(),
                                    row.getString("outcome"),
                                    request == null
                                            ? null
                                            : vault.open(new Sealed(request), REQUEST),
                                    reply == null ? null : vault.open(new Sealed(reply), REPLY));
                        })
                .list();
    }
}
