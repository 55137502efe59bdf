package org.facevalue.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.facevalue.platform.cashout.AftermathState;
import org.facevalue.platform.cashout.CashOutState;
import org.facevalue.platform.cashout.Edge;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the journal tells of each cash-out and of what came after it, held against the state machines and against the other side's books. */
final class Stories {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ROWS_AT_ONCE = 1_000;
    private static final String SQL =
            """
                                SELECT 'co_' || replace(c.id::text, '-', '') AS id, c.state, c.face_value, c.net,
                                       s.of, e.type, e.data ->> 'state' AS told
                                  FROM cash_out c
                                  JOIN LATERAL (SELECT c.id, '' AS of UNION ALL
                                                SELECT m.id, m.of FROM aftermath m WHERE m.cell = c.cell AND m.cash_out = c.id) AS s ON true
                                  JOIN event e ON e.cell = c.cell AND e.subject = s.id
                                 ORDER BY c.id, s.of, e.sequence
                                            """;
    private final Connection database;

    Stories(Connection database) {
        this.database = database;
    }

    record Told(String of, String event, String state) {}

    /** One cash-out: as its row has it, and what was told of it. */
    record Story(String id, String state, long faceValue, long net, List<Told> told) {}

    /** Reads them one after the other, however many there are, and takes each to {@code reader}. */
    void read(Consumer<Story> reader) throws SQLException {
        boolean own = database.getAutoCommit();
        // A cursor lives in a transaction only.
        if (own) database.setAutoCommit(false);
        try (var statement = database.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (var rows = statement.executeQuery(SQL)) {
                Story story = null;
                while (rows.next()) {
                    var id = rows.getString("id");
                    if (story == null || !story.id().equals(id)) {
                        if (story != null) reader.accept(story);
                        story =
                                new Story(
                                        id,
                                        rows.getString("state"),
                                        rows.getLong("face_value"),
                                        rows.getLong("net"),
                                        new ArrayList<>());
                    }
                    story.told()
                            .add(
                                    new Told(
                                            rows.getString("of"),
                                            rows.getString("type"),
                                            rows.getString("told")));
                }
                if (story != null) reader.accept(story);
            }
        } finally {
            if (own) database.setAutoCommit(true);
        }
    }

    /** Where a path leaves the state machine. */
    static List<String> strays(Story story) {
        var strays = new ArrayList<String>();
        for (int i = 0; i < story.told().size(); i++) {
            var now = story.told().get(i);
            boolean first = i == 0 || !story.told().get(i - 1).of().equals(now.of());
            var from =
                    !first
                            ? story.told().get(i - 1).state()
                            : now.of().isEmpty() ? "" : AftermathState.WATCHED.name();
            boolean begins = from.isEmpty() && now.state().equals(CashOutState.CHARGING.name());
            if (!begins && !isEdge(from, now))
                strays.add(
                        "%s %s: %s from %s to %s"
                                .formatted(story.id(), now.of(), now.event(), from, now.state()));
        }
        return strays;
    }

    private static boolean isEdge(String from, Told told) {
        List<? extends Edge<?>> edges =
                told.of().isEmpty() ? CashOutState.EDGES : AftermathState.EDGES;
        return edges.stream().anyMatch(edge -> edge.is(from, told.event(), told.state()));
    }

    /** Where our books of an ended cash-out and theirs differ; nothing while it runs. */
    static List<String> differences(Story story, JsonNode world) {
        return CashOutState.valueOf(story.state()).isEnd()
                ? BothBooks.compare(JSON.valueToTree(shown(story)), world).differences()
                : List.of();
    }

    /** Their books that say of one cash-out twice what may be so once. */
    static List<String> doubled(String cashOut, JsonNode world) {
        var live =
                Map.of(
                        "carrier_payments", Set.of("succeeded", "reserved", "processing"),
                        "carrier_refunds", Set.of("succeeded", "processing"),
                        "vouchers", Set.of("ISSUED", "REDEEMED", "REFUNDED"),
                        "redemptions", Set.of("ACCEPTED", "PENDING"));
        var doubled = new ArrayList<String>();
        live.forEach(
                (book, states) -> {
                    long rows = count(world.path(book), states, "");
                    if (rows > 1) doubled.add(cashOut + ": " + rows + " " + book);
                });
        for (var purpose : List.of("-net", "-back")) {
            long rows = count(world.path("transfers"), Set.of("BOOKED", "PENDING"), purpose);
            if (rows > 1) doubled.add(cashOut + ": " + rows + " transfers " + purpose);
        }
        return doubled;
    }

    private static long count(JsonNode book, Set<String> states, String ending) {
        return book.valueStream()
                .filter(row -> states.contains(row.path("status").asString("")))
                .filter(row -> row.path("id").asString("").endsWith(ending))
                .count();
    }

    /** As the API shows it. */
    private static Map<String, Object> shown(Story story) {
        return Map.of(
                "state",
                story.state(),
                "face_value",
                Map.of("amount", story.faceValue()),
                "net",
                Map.of("amount", story.net()),
                "timeline",
                story.told().stream().map(told -> Map.of("event", told.event())).toList());
    }
}
