package org.facevalue.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.facevalue.sandbox.Mishaps.Marks;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;
import org.jspecify.annotations.Nullable;

/** The bank "Deungdae": says who holds an account, transfers, and sometimes returns. It can be told to close for some hours of the night. */
final class Bank {
    private static final long LATE_SECONDS = 2;
    private static final long RETURN_SECONDS = 2 * 86_400;
    private final Db db;
    private final SandboxClock clock;

    Bank(Db db, SandboxClock clock) {
        this.db = db;
        this.clock = clock;
    }

    void routes(Server server) {
        Mishaps.Reading none = request -> Optional.empty();
        Mishaps.Reading named = request -> Optional.of(Marks.of(request.part(0)));
        server.route("GET", "/deungdae/accounts/([^/]+)", Deed.ASK, none, this::holder);
        server.route("POST", "/deungdae/transfers", Deed.PAYOUT, Bank::marks, this::transfer);
        server.route("GET", "/deungdae/transfers", Deed.ASK, none, this::list);
        server.route("GET", "/deungdae/transfers/([^/]+)", Deed.ASK, named, this::read);
        server.route(
                "POST", "/deungdae/transfers/([^/]+)/recall", Deed.RECALL, named, this::recall);
        server.route("POST", "/sandbox/bank/hours", this::hours);
    }

    private static Optional<Marks> marks(Request request) {
        return Optional.of(
                new Marks(
                        request.json().path("reference").asString(""),
                        null,
                        request.json().path("to").asString(""),
                        0));
    }

    /** {@code {closed_from, closed_until}}, each {@code HH:MM} in Korea; without them it never closes. */
    private Reply hours(Request request) {
        var from = request.json().path("closed_from").asString("");
        var until = request.json().path("closed_until").asString("");
        db.update("DELETE FROM bank_hours");
        if (from.isEmpty() && until.isEmpty()) return Reply.empty(204);
        try {
            db.update(
                    "INSERT INTO bank_hours VALUES (?, ?)",
                    LocalTime.parse(from),
                    LocalTime.parse(until));
            return Reply.empty(204);
        } catch (DateTimeParseException e) {
            return Issuer.error(400, "INVALID", "closed_from and closed_until as HH:MM");
        }
    }

    private boolean closed() {
        var now = LocalTime.ofInstant(clock.now(), ZoneId.of("Asia/Seoul"));
        return db.one(
                        "SELECT * FROM bank_hours",
                        row -> {
                            var from = row.getObject("closed_from", LocalTime.class);
                            var until = row.getObject("closed_until", LocalTime.class);
                            boolean after = !now.isBefore(from);
                            boolean before = now.isBefore(until);
                            return from.isBefore(until) ? after && before : after || before;
                        })
                .orElse(false);
    }

    private static Reply closedNow() {
        return Issuer.error(503, "BANK_CLOSED", "maintenance").with(Map.of("Retry-After", "600"));
    }

    private Reply list(Request request) {
        return Statements.of(request, db, "SELECT * FROM transfer WHERE ", Bank::row);
    }

    private Reply holder(Request request) {
        if (Scenario.is(Scenario.WRONG_NAME, request.part(0)))
            return Reply.of(200, Map.of("number", request.part(0), "holder", "다른사람"));
        return db.one(
                        "SELECT name FROM person WHERE account_number = ?",
                        row -> row.getString(1),
                        request.part(0))
                .map(name -> Reply.of(200, Map.of("number", request.part(0), "holder", name)))
                .orElseGet(() -> Issuer.error(404, "NOT_FOUND", "no such account"));
    }

    private Reply transfer(Request request) {
        var body = request.json();
        var reference = body.path("reference").asString("");
        var to = body.path("to").asString("");
        long amount = body.path("amount").asLong(-1);
        if (reference.isEmpty() || amount <= 0 || !body.path("amount").isIntegralNumber())
            return Issuer.error(400, "INVALID", "reference, to and amount");
        if (closed() && !request.late()) return closedNow();
        if (db.one("SELECT 1 FROM person WHERE account_number = ?", row -> 1, to).isEmpty())
            return Issuer.error(422, "NO_ACCOUNT", "no such account");
        boolean veryLate =
                Scenario.is(Scenario.PAYOUT_VERY_LATE, to)
                        || Scenario.is(Scenario.PAYOUT_NOT_RECALLED, to);
        if (veryLate && !request.late()) return Reply.notArrived();
        if (Scenario.is(Scenario.PAYOUT_DECLINED, to))
            return Issuer.error(422, "ACCOUNT_CLOSED", "the account is closed");
        if (Scenario.is(Scenario.PAYOUT_RETURNED, to))
            book(reference, to, amount, "PENDING", "RETURNED", LATE_SECONDS);
        else if (Scenario.is(Scenario.PAYOUT_RETURNED_LATER, to) && reference.endsWith("-net"))
            book(reference, to, amount, "BOOKED", "RETURNED", RETURN_SECONDS);
        else if (Scenario.is(Scenario.PAYOUT_LATE, to))
            book(reference, to, amount, "PENDING", "BOOKED", LATE_SECONDS);
        else book(reference, to, amount, "BOOKED", null, 0);
        return Reply.of(201, view(reference).orElseThrow());
    }

    private void book(
            String reference,
            String to,
            long amount,
            String status,
            @Nullable String nextStatus,
            long thenSeconds) {
        Instant now = clock.now();
        db.update(
                """
                INSERT INTO transfer (reference, to_account, amount, status, next_status, due_at, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (reference) DO NOTHING
                """,
                reference,
                to,
                amount,
                status,
                nextStatus,
                nextStatus == null ? null : now.plusSeconds(thenSeconds),
                now);
    }

    /** Gets back what was booked, if whoever has it agrees. */
    private Reply recall(Request request) {
        var reference = request.part(0);
        var found = view(reference);
        if (found.isEmpty()) return Issuer.error(404, "NOT_FOUND", "no such transfer");
        boolean kept =
                Scenario.is(Scenario.PAYOUT_NOT_RECALLED, String.valueOf(found.get().get("to")));
        db.update(
                kept
                        ? "UPDATE transfer SET recall = 'DECLINED' WHERE reference = ? AND status = 'BOOKED'"
                        : "UPDATE transfer SET status = 'RETURNED', recall = 'GIVEN_BACK' WHERE reference = ? AND status = 'BOOKED'",
                reference);
        return Reply.of(200, view(reference).orElseThrow());
    }

    private Reply read(Request request) {
        return view(request.part(0))
                .map(view -> Reply.of(200, view))
                .orElseGet(() -> Issuer.error(404, "NOT_FOUND", "no such transfer"));
    }

    private Optional<Map<String, Object>> view(String reference) {
        db.update(
                "UPDATE transfer SET status = next_status, next_status = NULL, due_at = NULL WHERE due_at <= ?",
                clock.now());
        return db.one("SELECT * FROM transfer WHERE reference = ?", Bank::row, reference);
    }

    private static Map<String, Object> row(ResultSet row) throws SQLException {
        var view = new LinkedHashMap<String, Object>();
        view.put("reference", row.getString("reference"));
        view.put("to", row.getString("to_account"));
        view.put("amount", row.getLong("amount"));
        view.put("currency", "KRW");
        view.put("status", row.getString("status"));
        if (row.getString("status").equals("RETURNED")) view.put("code", "RETURNED_BY_PAYEE");
        var recall = row.getString("recall");
        if (recall != null) view.put("recall", recall);
        view.put("created_at", row.getTimestamp("created_at").toInstant().toString());
        return view;
    }
}
