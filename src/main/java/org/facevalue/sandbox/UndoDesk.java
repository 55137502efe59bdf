package org.facevalue.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facevalue.sandbox.Mishaps.Marks;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a carrier or an issuer takes requests to undo a purchase. A person there decides after a while, by rules of theirs; what is decided shows on the
 * bill. How it goes is chosen by the last digits of the amount, as elsewhere.
 */
final class UndoDesk {
    private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");
    private static final List<String> OF_CARRIERS =
            List.of("cancellation", "withdrawal", "correction");
    private static final Duration LATE = Duration.ofDays(20);
    private static final Duration NEVER = Duration.ofDays(3_650);
    private final String party;
    private final boolean carrier;
    private final Db db;
    private final SandboxClock clock;

    UndoDesk(String party, boolean carrier, Db db, SandboxClock clock) {
        this.party = party;
        this.carrier = carrier;
        this.db = db;
        this.clock = clock;
    }

    void routes(Server server) {
        var one = "/" + party + "/undo-requests/([^/]+)";
        server.route("PUT", one, Deed.UNDO, UndoDesk::marks, this::take);
        server.route("GET", one, Deed.ASK, UndoDesk::named, this::read);
        server.route("PUT", one + "/reminder", Deed.UNDO, UndoDesk::named, this::remind);
        server.route("PUT", one + "/withdrawal", Deed.UNDO, UndoDesk::named, this::giveUp);
        if (!carrier)
            server.route(
                    "POST",
                    "/" + party + "/voucher-questions",
                    Deed.ASK,
                    request -> Optional.empty(),
                    UndoDesk::voucher);
        server.route(
                "GET",
                "/" + party + "/undo-requests",
                Deed.ASK,
                request -> Optional.empty(),
                this::list);
    }

    private static Optional<Marks> marks(Request request) {
        var body = request.json();
        return Optional.of(
                new Marks(
                        request.part(0),
                        body.path("line").asString(null),
                        null,
                        body.path("amount").asLong(0)));
    }

    private static Optional<Marks> named(Request request) {
        return Optional.of(Marks.of(request.part(0)));
    }

    /** The same request again is the same request. */
    private Reply take(Request request) {
        var id = request.part(0);
        if (view(id).isPresent()) return Reply.of(200, view(id).orElseThrow());
        var body = request.json();
        var kind = body.path("kind").asString("");
        boolean known = carrier ? OF_CARRIERS.contains(kind) : kind.equals("issuer-refund");
        if (!known) return Issuer.error(422, "NOT_OURS", "kind");
        if (body.path("amount").asLong(0) <= 0 || !body.path("amount").isIntegralNumber())
            return Issuer.error(400, "INVALID", "amount");
        if (!hasRequestAndEvidence(body.path("documents")))
            return Issuer.error(422, "INCOMPLETE", "a request and its evidence");
        var no = carrier ? objection(kind, body) : null;
        enter(id, kind, body, no);
        return Reply.of(201, view(id).orElseThrow());
    }

    private static boolean hasRequestAndEvidence(JsonNode documents) {
        boolean request = false;
        for (var each : documents) {
            if (each.path("content").asString("").isEmpty()) return false;
            request |= each.path("name").asString("").equals("request.pdf");
        }
        return request && documents.size() > 1;
    }

    /** What is wrong with it at first sight, or null. */
    private @Nullable String objection(String kind, JsonNode body) {
        var item =
                db.one(
                        """
                        SELECT amount, bought_on, undone FROM bill_item WHERE number = ? AND line = ?
                        UNION ALL
                        SELECT p.amount, (p.created_at AT TIME ZONE 'Asia/Seoul')::date, EXISTS (SELECT FROM refund r WHERE r.payment = p.id AND r.status <> 'denied')
                          FROM payment p WHERE p.id = ? AND p.line = ? AND p.carrier = ? AND p.status = 'succeeded'
                        """,
                        row ->
                                new Object[] {
                                    row.getLong(1),
                                    row.getObject(2, LocalDate.class),
                                    row.getBoolean(3)
                                },
                        body.path("number").asString(""),
                        body.path("line").asString(""),
                        body.path("number").asString(""),
                        body.path("line").asString(""),
                        party);
        if (item.isEmpty()) return "NO_SUCH_CHARGE";
        if ((long) item.get()[0] != body.path("amount").asLong(0)) return "OTHER_AMOUNT";
        if ((boolean) item.get()[2]) return "UNDONE_ALREADY";
        var boughtOn = (LocalDate) item.get()[1];
        boolean closed =
                !YearMonth.from(boughtOn)
                        .equals(YearMonth.from(LocalDate.ofInstant(clock.now(), ZONE)));
        return kind.equals("cancellation") && closed ? "BILL_CLOSED" : null;
    }

    private void enter(String id, String kind, JsonNode body, @Nullable String no) {
        long amount = body.path("amount").asLong();
        long asked = body.path("asked").asLong(amount);
        var now = clock.now();
        boolean refuses =
                no != null
                        || Scenario.is(Scenario.UNDO_REFUSED, amount)
                        || Scenario.is(Scenario.CASE_NOT_TAKEN, amount);
        boolean withholds = no == null && !Scenario.is(Scenario.UNDO_NOT_WITHHELD, amount);
        var decides = no != null ? Duration.ZERO : decidesAfter(kind, amount);
        var does =
                Scenario.is(Scenario.UNDO_NOT_DONE, amount)
                        ? NEVER
                        : decides.plus(decides.multipliedBy(2));
        long given = Scenario.is(Scenario.UNDO_IN_PART, amount) ? asked / 2 : asked;
        db.update(
                """
                INSERT INTO undo_request (party, reference, kind, line, number, amount, withheld, refuses, reason, given, decides_at, does_at, documents, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                party,
                id,
                kind,
                body.path("line").asString(null),
                body.path("number").asString(""),
                amount,
                kind.equals("correction") && withholds,
                refuses,
                no != null ? no : refuses ? "SELLER_DISAGREES" : null,
                given,
                now.plus(decides),
                now.plus(does),
                body.path("documents").size(),
                now);
    }

    /** A cancellation is a matter of moments; for everything else somebody has to look. */
    private static Duration decidesAfter(String kind, long amount) {
        if (Scenario.is(Scenario.UNDO_NOT_ANSWERED, amount)) return NEVER;
        if (Scenario.is(Scenario.UNDO_LATE, amount)
                || Scenario.is(Scenario.CASE_NOT_TAKEN_YET, amount)) return LATE;
        return switch (kind) {
            case "cancellation" -> Duration.ofSeconds(2);
            case "withdrawal" -> Duration.ofHours(4);
            case "correction" -> Duration.ofDays(3);
            default -> Duration.ofDays(1);
        };
    }

    private Reply read(Request request) {
        return view(request.part(0))
                .map(view -> Reply.of(200, view))
                .orElseGet(() -> Issuer.error(404, "NOT_FOUND", "no such request"));
    }

    /** How a voucher was paid: what begins with HB was charged to a phone bill, and what begins with HX nobody here has issued. */
    private static Reply voucher(Request request) {
        var number = request.json().path("number").asString("");
        if (number.isEmpty()) return Issuer.error(400, "INVALID", "number");
        if (number.startsWith("HX")) return Issuer.error(404, "NOT_FOUND", "no such voucher");
        return Reply.of(
                200,
                Map.of(
                        "number",
                        number,
                        "paid_by",
                        number.startsWith("HB") ? "phone-bill" : "card"));
    }

    private Reply remind(Request request) {
        db.update(
                "UPDATE undo_request SET reminders = reminders + 1 WHERE party = ? AND reference = ?",
                party,
                request.part(0));
        return read(request);
    }

    /** The customer wants it back: so it is, unless it is decided. Of one that has not arrived it is written down, so that it finds itself given up when it does. */
    private Reply giveUp(Request request) {
        var now = clock.now();
        var body = request.json();
        int changed =
                db.update(
                        "UPDATE undo_request SET taken_back = true WHERE party = ? AND reference = ? AND decides_at > ?",
                        party,
                        request.part(0),
                        now);
        if (changed == 0 && view(request.part(0)).isEmpty())
            db.update(
                    """
                    INSERT INTO undo_request (party, reference, kind, number, amount, withheld, refuses, given, decides_at, does_at, taken_back, documents, created_at)
                    VALUES (?, ?, ?, ?, ?, false, false, 0, ?, ?, true, 0, ?) ON CONFLICT DO NOTHING
                    """,
                    party,
                    request.part(0),
                    body.path("kind").asString(""),
                    body.path("number").asString(""),
                    body.path("amount").asLong(0),
                    now,
                    now,
                    now);
        return read(request);
    }

    private Reply list(Request request) {
        settle();
        try {
            var now = clock.now();
            var rows =
                    db.list(
                            "SELECT * FROM undo_request WHERE party = ? AND created_at >= ? AND created_at < ? AND reference > ? ORDER BY reference LIMIT 200",
                            row -> row(row, now),
                            party,
                            Instant.parse(request.query().getOrDefault("from", "")),
                            Instant.parse(request.query().getOrDefault("until", "")),
                            request.query().getOrDefault("after", ""));
            return Reply.of(200, Map.of("data", rows, "more", rows.size() == 200));
        } catch (DateTimeParseException e) {
            return Issuer.error(400, "INVALID", "from and until");
        }
    }

    private Optional<Map<String, Object>> view(String id) {
        settle();
        var now = clock.now();
        return db.one(
                "SELECT * FROM undo_request WHERE party = ? AND reference = ?",
                row -> row(row, now),
                party,
                id);
    }

    /** What is given back is off the bill: a purchase elsewhere, or what was charged by an application. */
    private void settle() {
        db.update(
                """
                INSERT INTO refund (id, payment, client, correlator, reference, type, amount, reason, status, created_at, refunded_at)
                SELECT 'contested-' || p.id, p.id, p.client, 'contested-' || p.id, p.reference, CASE WHEN u.given < p.amount THEN 'partial' ELSE 'total' END,
                       u.given, 'contested by the customer', 'succeeded', u.does_at, u.does_at
                  FROM undo_request u JOIN payment p ON p.id = u.number AND p.line = u.line AND p.carrier = u.party
                 WHERE u.party = ? AND u.does_at <= ? AND NOT u.refuses AND NOT u.taken_back
                   AND NOT EXISTS (SELECT FROM refund r WHERE r.payment = p.id AND r.status <> 'denied') ON CONFLICT DO NOTHING
                """,
                party,
                clock.now());
        db.update(
                """
                UPDATE bill_item SET undone = true FROM undo_request u
                 WHERE u.party = ? AND u.number = bill_item.number AND u.line = bill_item.line AND u.does_at <= ? AND NOT u.refuses AND NOT u.taken_back
                   AND NOT undone
                """,
                party,
                clock.now());
    }

    private static Map<String, Object> row(ResultSet row, Instant now) throws SQLException {
        var view = new LinkedHashMap<String, Object>();
        boolean decided = !row.getTimestamp("decides_at").toInstant().isAfter(now);
        boolean done = !row.getTimestamp("does_at").toInstant().isAfter(now);
        var status =
                row.getBoolean("taken_back")
                        ? "taken_back"
                        : decided && row.getBoolean("refuses")
                                ? "refused"
                                : done ? "done" : decided ? "granted" : "received";
        view.put("id", row.getString("reference"));
        view.put("reference", row.getString("reference"));
        view.put("kind", row.getString("kind"));
        view.put("amount", row.getLong("amount"));
        view.put("currency", "KRW");
        view.put("status", status);
        view.put("withheld", row.getBoolean("withheld"));
        if (status.equals("refused")) view.put("reason", row.getString("reason"));
        view.put("given", status.equals("done") ? row.getLong("given") : 0);
        view.put("reminders", row.getInt("reminders"));
        view.put("created_at", row.getTimestamp("created_at").toInstant().toString());
        return view;
    }
}
