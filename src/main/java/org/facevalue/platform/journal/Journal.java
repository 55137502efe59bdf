package org.facevalue.platform.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tables {@code event} and {@code event_pending}, and reading them. An event is written on the connection of the change it tells of; its place in
 * the order comes afterwards from the {@link Integrator}, because neither identifiers nor sequences follow the order of commits.
 */
@Component
public class Journal {
    private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};
    private final JdbcClient db;
    private final JsonMapper json;

    Journal(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** Writes {@code events} as part of whatever transaction {@code connection} is in. */
    public void append(Connection connection, List<Event> events) throws SQLException {
        if (events.isEmpty()) return;
        try (var event =
                        connection.prepareStatement(
                                """
                                INSERT INTO event (cell, id, subject_kind, subject, sequence, type, at, data)
                                VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                                """);
                var pending =
                        connection.prepareStatement(
                                "INSERT INTO event_pending (cell, id) VALUES (?, ?)")) {
            for (var e : events) {
                event.setShort(1, e.cell().number());
                event.setObject(2, e.id());
                event.setString(3, e.subjectKind());
                event.setObject(4, e.subject());
                event.setLong(5, e.sequence());
                event.setString(6, e.type());
                event.setTimestamp(7, Timestamp.from(e.at()));
                event.setString(8, json.writeValueAsString(e.data()));
                event.addBatch();
                pending.setShort(1, e.cell().number());
                pending.setObject(2, e.id());
                pending.addBatch();
            }
            event.executeBatch();
            pending.executeBatch();
        }
    }

    /** All events of one subject, oldest first; also those that have no place yet. */
    public List<Event> of(Cell cell, UUID subject) {
        return db.sql(
                        """
                        SELECT cell, id, subject_kind, subject, sequence, type, at, data
                          FROM event WHERE cell = :cell AND subject = :subject ORDER BY sequence
                        """)
                .param("cell", cell.number())
                .param("subject", subject)
                .query(event())
                .list();
    }

    /** How often each type of event was told of each of these subjects. */
    public Map<UUID, Map<String, Long>> times(Cell cell, Collection<UUID> subjects) {
        if (subjects.isEmpty()) return Map.of();
        var times = new HashMap<UUID, Map<String, Long>>();
        db.sql(
                        """
                        SELECT subject, type, count(*) AS n FROM event
                         WHERE cell = :cell AND subject IN (:subjects) GROUP BY subject, type
                        """)
                .param("cell", cell.number())
                .param("subjects", subjects)
                .query(
                        row -> {
                            times.computeIfAbsent(
                                            row.getObject("subject", UUID.class),
                                            subject -> new HashMap<>())
                                    .put(row.getString("type"), row.getLong("n"));
                        });
        return times;
    }

    /** The number the next event of {@code subject} has, if nobody writes one first: then the command that carries it is refused as moved. */
    public long nextSequence(Cell cell, UUID subject) {
        return db.sql(
                        "SELECT coalesce(max(sequence), 0) + 1 FROM event WHERE cell = :cell AND subject = :subject")
                .param("cell", cell.number())
                .param("subject", subject)
                .query(Long.class)
                .single();
    }

    /** Up to {@code atMost} events that follow the place {@code after}, in the order of places; from 0 for all. */
    public List<Placed> after(long after, int atMost) {
        return db.sql(
                        """
                        SELECT p.place, e.cell, e.id, e.subject_kind, e.subject, e.sequence, e.type, e.at, e.data
                          FROM log_place p JOIN event e ON e.cell = p.cell AND e.id = p.event
                         WHERE p.place > :after ORDER BY p.place LIMIT :atMost
                        """)
                .param("after", after)
                .param("atMost", atMost)
                .query((row, n) -> new Placed(row.getLong("place"), event().mapRow(row, n)))
                .list();
    }

    private RowMapper<Event> event() {
        return (row, n) ->
                new Event(
                        new Cell(row.getShort("cell")),
                        row.getObject("id", UUID.class),
                        row.getString("subject_kind"),
                        row.getObject("subject", UUID.class),
                        row.getLong("sequence"),
                        row.getString("type"),
                        row.getTimestamp("at").toInstant(),
                        json.readValue(row.getString("data"), DATA));
    }

    /** An event and its place in the log, counted from 1 without a gap. */
    public record Placed(long place, Event event) {}
}
