package org.facevalue.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.facevalue.platform.cashout.AftermathState;
import org.facevalue.platform.cashout.CashOutEvent;
import org.facevalue.platform.cashout.CashOutState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks from the outside, by SQL of its own and by the other side's books, what must hold whatever has happened. */
public final class Audit {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_SHOWN = 20;
    private final Connection database;
    private final Api sandbox;

    /**
     * @param database as the owner: nobody else may see all
     * @param sandbox the outside parties
     */
    public Audit(Connection database, Api sandbox) {
        this.database = database;
        this.sandbox = sandbox;
    }

    /** One invariant. {@code violations}: none, or the first of them in words. */
    public record Finding(String invariant, String words, List<String> violations) {}

    private record Check(String invariant, String words, String sql) {}

    /** Each statement names what violates its invariant, a row each. */
    private static final List<Check> CHECKS =
            List.of(
                    new Check(
                            "I1",
                            "every ledger transaction has postings of one currency, each with a debit and a credit",
                            """
                            SELECT 'transaction ' || t.id FROM ledger_transaction t
                              LEFT JOIN posting p ON p.cell = t.cell AND p.ledger_transaction = t.id
                              LEFT JOIN account d ON d.cell = p.cell AND d.id = p.debited
                              LEFT JOIN account c ON c.cell = p.cell AND c.id = p.credited
                             WHERE p.line IS NULL OR d.currency <> p.currency OR c.currency <> p.currency
                            """),
                    new Check(
                            "I2",
                            "over the whole ledger debits equal credits",
                            """
                            SELECT currency || ': ' || sum(CASE side WHEN 'DEBIT' THEN balance ELSE -balance END) FROM account
                             GROUP BY currency HAVING sum(CASE side WHEN 'DEBIT' THEN balance ELSE -balance END) <> 0
                            """),
                    new Check(
                            "I3",
                            "every stored balance is the sum of its postings, and what is held the sum of open holds",
                            """
                            SELECT a.kind || ' ' || a.subject || ': stored ' || a.balance || ', posted ' || coalesce(p.total, 0)
                                   || ', held ' || a.held || ', on hold ' || coalesce(h.total, 0)
                              FROM account a
                              LEFT JOIN (SELECT cell, id, sum(amount) AS total
                                           FROM (SELECT p.cell, d.id, CASE d.side WHEN 'DEBIT' THEN amount ELSE -amount END AS amount
                                                   FROM posting p JOIN account d ON d.cell = p.cell AND d.id = p.debited
                                                  UNION ALL
                                                 SELECT p.cell, c.id, CASE c.side WHEN 'CREDIT' THEN amount ELSE -amount END
                                                   FROM posting p JOIN account c ON c.cell = p.cell AND c.id = p.credited) AS x
                                          GROUP BY cell, id) AS p ON p.cell = a.cell AND p.id = a.id
                              LEFT JOIN (SELECT cell, account, sum(amount) AS total FROM hold WHERE state = 'HELD' GROUP BY cell, account) AS h
                                     ON h.cell = a.cell AND h.account = a.id
                             WHERE a.balance <> coalesce(p.total, 0) OR a.held <> coalesce(h.total, 0)
                            """),
                    new Check(
                            "I4",
                            "no account with a floor is below it, holds included",
                            "SELECT kind || ' ' || subject || ': ' || (balance - held) FROM account WHERE floored AND balance - held < 0"),
                    new Check(
                            "I4",
                            "a cash-out that has ended has nothing left in its own account",
                            """
                            SELECT 'cash-out ' || c.id || ': ' || a.balance FROM cash_out c
                              JOIN account a ON a.cell = c.cell AND a.kind = 'CASH_OUT' AND a.subject = c.id::text
                             WHERE c.state IN ('PAID', 'NOT_CHARGED', 'REFUNDED') AND (a.balance <> 0 OR a.held <> 0)
                               AND NOT EXISTS (SELECT 1 FROM aftermath m WHERE m.cell = c.cell AND m.cash_out = c.id
                                                AND m.state IN ('REFUNDING', 'PAYING_BACK', 'OWED'))
                            """),
                    new Check(
                            "I8",
                            "every cash-out that was answered with success is there",
                            """
                            SELECT r.route || ' ' || r.key FROM idempotency_record r
                             WHERE r.route = '/api/v1/cash-outs' AND r.status BETWEEN 200 AND 299
                               AND NOT EXISTS (SELECT 1 FROM cash_out c WHERE r.headers LIKE '%' || replace(c.id::text, '-', '') || '%')
                            """),
                    new Check(
                            "I9",
                            "one key, one change: no command committed twice, no quote used twice",
                            """
                            SELECT 'command ' || command_key FROM ledger_transaction GROUP BY cell, command_key HAVING count(*) > 1
                            UNION ALL
                            SELECT 'quote ' || q.id FROM quote q JOIN cash_out c ON c.cell = q.cell AND c.quote = q.id WHERE q.used_by <> c.id
                            """),
                    new Check(
                            "I10",
                            "every state change has exactly one event, numbered without a gap, and every event a place in the log",
                            """
                            SELECT 'cash-out ' || c.id || ': ' || c.sequence || ' changes, ' || count(e.id) || ' events' FROM cash_out c
                              LEFT JOIN event e ON e.cell = c.cell AND e.subject = c.id
                             GROUP BY c.cell, c.id, c.sequence HAVING count(e.id) <> c.sequence OR max(e.sequence) <> c.sequence
                            UNION ALL
                            SELECT 'aftermath ' || m.id || ': ' || m.sequence || ' changes, ' || count(e.id) || ' events' FROM aftermath m
                              LEFT JOIN event e ON e.cell = m.cell AND e.subject = m.id
                             GROUP BY m.cell, m.id, m.sequence HAVING count(e.id) <> m.sequence
                            UNION ALL
                            SELECT 'event ' || e.id || ' has no place' FROM event e
                             WHERE NOT EXISTS (SELECT 1 FROM log_place p WHERE p.cell = e.cell AND p.event = e.id)
                               AND NOT EXISTS (SELECT 1 FROM event_pending w WHERE w.cell = e.cell AND w.id = e.id)
                            UNION ALL
                            SELECT 'places: ' || count(*) || ' up to ' || max(place) FROM log_place HAVING count(*) <> coalesce(max(place), 0)
                            """),
                    new Check(
                            "I12",
                            "every cash-out and every aftermath stands where its last event has left it",
                            """
                            SELECT 'cash-out ' || c.id || ': ' || c.state || ', told ' || (e.data ->> 'state') FROM cash_out c
                              JOIN event e ON e.cell = c.cell AND e.subject = c.id AND e.sequence = c.sequence
                             WHERE e.data ->> 'state' <> c.state
                            UNION ALL
                            SELECT 'aftermath ' || m.id || ': ' || m.state || ', told ' || coalesce(e.data ->> 'state', 'nothing') FROM aftermath m
                              LEFT JOIN event e ON e.cell = m.cell AND e.subject = m.id AND e.sequence = m.sequence
                             WHERE coalesce(e.data ->> 'state', 'WATCHED') <> m.state
                            """),
                    new Check(
                            "I10",
                            "every ledger transaction of a cash-out has its event",
                            """
                            SELECT 'transaction ' || t.id || ' of ' || t.command_key FROM ledger_transaction t
                              JOIN cash_out c ON c.cell = t.cell AND t.command_key LIKE c.id || '/%'
                             WHERE (SELECT count(*) FROM ledger_transaction o WHERE o.cell = c.cell AND o.command_key LIKE c.id || '/%')
                                 > (SELECT count(*) FROM event e WHERE e.cell = c.cell AND e.subject = c.id) - 1
                            """));

    /** All findings, in the order of the invariants. */
    public List<Finding> findings() throws SQLException {
        var findings = new ArrayList<Finding>();
        for (var check : CHECKS)
            findings.add(new Finding(check.invariant(), check.words(), rows(check.sql())));
        var stories = stories();
        findings.add(
                new Finding(
                        "I12",
                        "every path in history is one of the state machine",
                        strays(stories)));
        findings.addAll(others(stories));
        return findings;
    }

    /** {@code of}: the aftermath that tells it, or empty when the cash-out itself does. */
    private record Told(String of, String event, String state) {}

    private record Story(String id, String state, long faceValue, long net, List<Told> told) {}

    private Map<String, Story> stories() throws SQLException {
        var stories = new TreeMap<String, Story>();
        try (var statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                SELECT 'co_' || replace(c.id::text, '-', '') AS id, c.state, c.face_value, c.net,
                                       s.of, e.type, e.data ->> 'state' AS told
                                  FROM cash_out c
                                  JOIN LATERAL (SELECT c.id, '' AS of UNION ALL
                                                SELECT m.id, m.of FROM aftermath m WHERE m.cell = c.cell AND m.cash_out = c.id) AS s ON true
                                  JOIN event e ON e.cell = c.cell AND e.subject = s.id
                                 ORDER BY c.id, s.of, e.sequence
                                """)) {
            while (rows.next()) {
                var id = rows.getString("id");
                var story = stories.get(id);
                if (story == null) {
                    story =
                            new Story(
                                    id,
                                    rows.getString("state"),
                                    rows.getLong("face_value"),
                                    rows.getLong("net"),
                                    new ArrayList<>());
                    stories.put(id, story);
                }
                story.told()
                        .add(
                                new Told(
                                        rows.getString("of"),
                                        rows.getString("type"),
                                        rows.getString("told")));
            }
        }
        return stories;
    }

    private static List<String> strays(Map<String, Story> stories) {
        var strays = new ArrayList<String>();
        for (var story : stories.values())
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
                            story.id()
                                    + " "
                                    + now.of()
                                    + ": "
                                    + now.event()
                                    + " from "
                                    + from
                                    + " to "
                                    + now.state());
            }
        return first(strays);
    }

    private static boolean isEdge(String from, Told told) {
        return told.of().isEmpty()
                ? CashOutState.EDGES.stream()
                        .anyMatch(e -> is(e.from(), e.on(), e.to(), from, told))
                : AftermathState.EDGES.stream()
                        .anyMatch(e -> is(e.from(), e.on(), e.to(), from, told));
    }

    private static boolean is(
            Enum<?> from,
            Class<? extends CashOutEvent> on,
            Enum<?> to,
            String toldFrom,
            Told told) {
        return from.name().equals(toldFrom)
                && to.name().equals(told.state())
                && CashOutEvent.type(on).equals(told.event());
    }

    /** The two that only the other side's books can tell, read over HTTP. */
    private List<Finding> others(Map<String, Story> stories) {
        var doubled = new ArrayList<String>();
        var differing = new ArrayList<String>();
        for (var story : stories.values()) {
            var world = SandboxCustomer.world(sandbox, story.id());
            doubled.addAll(doubled(story.id(), world));
            if (!CashOutState.valueOf(story.state()).isEnd()) continue;
            for (var difference :
                    BothBooks.compare(JSON.valueToTree(shown(story)), world).differences())
                differing.add(story.id() + ": " + difference);
        }
        return List.of(
                new Finding(
                        "I6",
                        "at most one charge, one redemption and one payout for each cash-out, by their own books",
                        first(doubled)),
                new Finding(
                        "I13",
                        "our books and every outside party's agree on each cash-out that has ended",
                        first(differing)));
    }

    /** Their books that say of one cash-out twice what may be so once. */
    private static List<String> doubled(String cashOut, JsonNode world) {
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

    private List<String> rows(String sql) throws SQLException {
        var found = new ArrayList<String>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) found.add(rows.getString(1));
        }
        return first(found);
    }

    private static List<String> first(List<String> all) {
        return all.size() <= MOST_SHOWN ? all : all.subList(0, MOST_SHOWN);
    }
}
