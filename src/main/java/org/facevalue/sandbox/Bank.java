package org.facevalue.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;
import org.jspecify.annotations.Nullable;

/** The bank "Deungdae": says who holds an account, transfers, and sometimes returns. */
final class Bank {
    private static final long LATE_SECONDS = 2;
    private final Db db;
    private final SandboxClock clock;
    private final Losses losses;

    Bank(Db db, SandboxClock clock) {
        this.db = db;
        this.clock = clock;
        this.losses = new Losses(db);
    }

    void routes(Server server) {
        server.route("GET", "/deungdae/accounts/([^/]+)", this::holder);
        server.route("POST", "/deungdae/transfers", this::transfer);
        server.route("GET", "/deungdae/transfers/([^/]+)", this::read);
    }

    private Reply holder(Request request) {
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
        if (db.one("SELECT 1 FROM person WHERE account_number = ?", row -> 1, to).isEmpty())
            return Issuer.error(422, "NO_ACCOUNT", "no such account");
        if (Scenario.is(Scenario.PAYOUT_REQUEST_LOST, to)
                && losses.first(Scenario.PAYOUT_REQUEST_LOST, reference)) return Reply.gone();
        if (Scenario.is(Scenario.PAYOUT_DECLINED, to))
            return Issuer.error(422, "ACCOUNT_CLOSED", "the account is closed");
        if (Scenario.is(Scenario.PAYOUT_RETURNED, to))
            book(reference, to, amount, "PENDING", "RETURNED", "RETURNED_BY_PAYEE");
        else if (Scenario.is(Scenario.PAYOUT_LATE, to))
            book(reference, to, amount, "PENDING", "BOOKED", null);
        else book(reference, to, amount, "BOOKED", null, null);
        if (Scenario.is(Scenario.PAYOUT_ANSWER_LOST, to)) return Reply.gone();
        return Reply.of(201, view(reference).orElseThrow());
    }

    private void book(
            String reference,
            String to,
            long amount,
            String status,
            @Nullable String nextStatus,
            @Nullable String code) {
        Instant now = clock.now();
        db.update(
                """
                INSERT INTO transfer (reference, to_account, amount, status, code, next_status, due_at, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (reference) DO NOTHING
                """,
                reference,
                to,
                amount,
                status,
                code,
                nextStatus,
                nextStatus == null ? null : now.plusSeconds(LATE_SECONDS),
                now);
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
        var code = row.getString("code");
        if (code != null) view.put("code", code);
        return view;
    }
}
