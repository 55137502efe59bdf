package org.facevalue.platform.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.platform.notification.Message.Channel;
import org.facevalue.platform.notification.Message.State;
import org.facevalue.platform.outside.Claim;
import org.facevalue.platform.outside.DueRows;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code message_out} and {@code message_feed}. */
@Component
public class Messages {
    private static final String RECIPIENT = "message_out.recipient";
    private static final String TITLE = "message_out.title";
    private static final String BODY = "message_out.body";

    /** A mail server takes its time over each of its answers. */
    private static final int LONGER = 8;

    private final JdbcClient db;
    private final Vault vault;
    private final DueRows due;
    private final DueRows feed;

    Messages(JdbcClient db, Vault vault, @Value("${facevalue.outside.lease}") Duration lease) {
        this.db = db;
        this.vault = vault;
        this.due = new DueRows(db, "message_out", lease.multipliedBy(LONGER));
        this.feed = new DueRows(db, "message_feed", lease);
    }

    private record Row(Message message, byte[] recipient, byte[] title, byte[] body) {}

    private static final EffectKind<Row> ADD =
            new EffectKind<>(
                    "message_out.add",
                    "message_out",
                    """
                    INSERT INTO message_out (cell, id, about_kind, about, channel, party, recipient, language, title, body, state, created_at, changed_at, due_at)
                    SELECT *, n.created_at, n.created_at
                      FROM unnest(?::smallint[], ?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::bytea[], ?::text[], ?::bytea[], ?::bytea[],
                                  ?::text[], ?::timestamptz[])
                           AS n(cell, id, about_kind, about, channel, party, recipient, language, title, body, state, created_at)
                    ON CONFLICT DO NOTHING
                    """,
                    List.of(
                            new Column<>("cell", "smallint", r -> r.message().cell().number()),
                            new Column<>("id", "uuid", r -> r.message().id()),
                            new Column<>("about_kind", "text", r -> r.message().aboutKind()),
                            new Column<>("about", "uuid", r -> r.message().about()),
                            new Column<>("channel", "text", r -> r.message().channel().name()),
                            new Column<>("party", "text", r -> r.message().party()),
                            new Column<>("recipient", "bytea", Row::recipient),
                            new Column<>(
                                    "language", "text", r -> r.message().language().getLanguage()),
                            new Column<>("title", "bytea", Row::title),
                            new Column<>("body", "bytea", Row::body),
                            new Column<>("state", "text", r -> r.message().state().name()),
                            new Column<>(
                                    "created_at", "timestamptz", r -> r.message().createdAt())),
                    false);

    private record Became(
            Cell cell, UUID id, String from, String state, Instant at, @Nullable Instant dueAt) {}

    private static final EffectKind<Became> BECOME =
            new EffectKind<>(
                    "message_out.become",
                    "message_out",
                    """
                    UPDATE message_out AS m SET state = n.state, changed_at = n.at, due_at = n.due_at, lease_until = CASE WHEN n.state = 'SENDING' THEN m.lease_until END,
                           failures = CASE WHEN n.state = n.from_state THEN m.failures ELSE 0 END
                      FROM unnest(?::smallint[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[]) AS n(cell, id, from_state, state, at, due_at)
                     WHERE m.cell = n.cell AND m.id = n.id AND m.state = n.from_state
                    """,
                    List.of(
                            new Column<>("cell", "smallint", b -> b.cell().number()),
                            new Column<>("id", "uuid", Became::id),
                            new Column<>("from_state", "text", Became::from),
                            new Column<>("state", "text", Became::state),
                            new Column<>("at", "timestamptz", Became::at),
                            new Column<>("due_at", "timestamptz", Became::dueAt)));

    private record Read(Cell cell, UUID id, long from, long to, Instant dueAt) {}

    private static final EffectKind<Read> READ =
            new EffectKind<>(
                    "message_feed.read",
                    "message_feed",
                    """
                    UPDATE message_feed AS f SET place = n.place_to, due_at = n.due_at, lease_until = NULL, failures = 0
                      FROM unnest(?::smallint[], ?::uuid[], ?::bigint[], ?::bigint[], ?::timestamptz[]) AS n(cell, id, place_from, place_to, due_at)
                     WHERE f.cell = n.cell AND f.id = n.id AND f.place = n.place_from
                    """,
                    List.of(
                            new Column<>("cell", "smallint", r -> r.cell().number()),
                            new Column<>("id", "uuid", Read::id),
                            new Column<>("place_from", "bigint", Read::from),
                            new Column<>("place_to", "bigint", Read::to),
                            new Column<>("due_at", "timestamptz", Read::dueAt)));

    /** One that is there already stays as it is. */
    Effect<?> add(Message message) {
        return new Effect<>(
                ADD,
                new Row(
                        message,
                        vault.seal(message.recipient(), RECIPIENT).bytes(),
                        vault.seal(message.title(), TITLE).bytes(),
                        vault.seal(message.body(), BODY).bytes()));
    }

    static Effect<?> become(Message message, State state, Instant now, @Nullable Instant dueAt) {
        return new Effect<>(
                BECOME,
                new Became(
                        message.cell(),
                        message.id(),
                        message.state().name(),
                        state.name(),
                        now,
                        dueAt));
    }

    /** Refused when another node has read on. */
    static Effect<?> read(UUID id, long from, long to, Instant dueAt) {
        return new Effect<>(READ, new Read(Cell.FIRST, id, from, to, dueAt));
    }

    /** Begins to read, from the first event on, if nobody has. */
    void begin(UUID id, Instant now) {
        db.sql(
                        "INSERT INTO message_feed (cell, id, place, due_at) VALUES (0, :id, 0, :now) ON CONFLICT DO NOTHING")
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** There is nothing to tell now. */
    void pause(UUID id, Instant until) {
        db.sql(
                        "UPDATE message_feed SET due_at = :until, lease_until = NULL, failures = 0 WHERE cell = 0 AND id = :id")
                .param("id", id)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .update();
    }

    long place(UUID id) {
        return db.sql("SELECT place FROM message_feed WHERE cell = 0 AND id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    List<Claim> claimFeed(Instant now) {
        return feed.claim(now, 1);
    }

    List<Claim> claimDue(Instant now, int atMost) {
        return due.claim(now, atMost);
    }

    Optional<Message> message(Claim claimed) {
        return db.sql("SELECT * FROM message_out WHERE cell = :cell AND id = :id")
                .param("cell", claimed.cell().number())
                .param("id", claimed.id())
                .query((row, n) -> message(row))
                .optional();
    }

    /** What was or is to be told about something, oldest first. */
    public List<Message> about(UUID about) {
        return db.sql("SELECT * FROM message_out WHERE about = :about ORDER BY created_at, id")
                .param("about", about)
                .query((row, n) -> message(row))
                .list();
    }

    /** What is not told for longer than it should take, oldest first; then what could not be told or may not have been, latest first. */
    public List<Message> stuck(Instant before) {
        return db.sql(
                        """
                        SELECT * FROM message_out WHERE state IN ('UNDELIVERABLE', 'UNCLEAR') OR state IN ('TO_SEND', 'SENDING') AND created_at < :before
                         ORDER BY state IN ('UNDELIVERABLE', 'UNCLEAR'), CASE WHEN state IN ('TO_SEND', 'SENDING') THEN created_at END, created_at DESC LIMIT 200
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .query((row, n) -> message(row))
                .list();
    }

    private Message message(ResultSet row) throws SQLException {
        return new Message(
                new Cell(row.getShort("cell")),
                row.getObject("id", UUID.class),
                row.getString("about_kind"),
                row.getObject("about", UUID.class),
                Channel.valueOf(row.getString("channel")),
                row.getString("party"),
                vault.open(new Sealed(row.getBytes("recipient")), RECIPIENT),
                Locale.of(row.getString("language")),
                vault.open(new Sealed(row.getBytes("title")), TITLE),
                vault.open(new Sealed(row.getBytes("body")), BODY),
                State.valueOf(row.getString("state")),
                row.getTimestamp("created_at").toInstant());
    }
}
