package org.facevalue.sandbox;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;

/** The issuer "Joyakdol": sells vouchers, takes unused ones back. */
final class Issuer {
    private static final String BASE = "/joyakdol/orders";
    private static final int VALID_YEARS = 5;
    private final Db db;
    private final SandboxClock clock;
    private final Losses losses;
    private final SecureRandom random = new SecureRandom();

    Issuer(Db db, SandboxClock clock) {
        this.db = db;
        this.clock = clock;
        this.losses = new Losses(db);
    }

    void routes(Server server) {
        server.route("POST", BASE, this::order);
        server.route("GET", BASE + "/([^/]+)", this::read);
        server.route("POST", BASE + "/([^/]+)/refund", this::refund);
    }

    private Reply order(Request request) {
        var body = request.json();
        var reference = body.path("reference").asString("");
        long faceValue = body.path("face_value").asLong(-1);
        if (reference.isEmpty() || !body.path("face_value").isIntegralNumber() || faceValue <= 0)
            return error(400, "INVALID", "reference and face_value");
        if (Scenario.is(Scenario.VOUCHER_REQUEST_LOST, faceValue)
                && losses.first(Scenario.VOUCHER_REQUEST_LOST, reference)) return Reply.gone();
        if (!request.late() && Scenario.is(Scenario.VOUCHER_VERY_LATE, faceValue))
            return Reply.notArrived();
        if (Scenario.is(Scenario.VOUCHER_DECLINED, faceValue))
            return error(422, "OUT_OF_STOCK", "no such voucher left");
        var code = new StringBuilder("JY");
        for (int i = 0; i < 16; i++) code.append(random.nextInt(10));
        var now = clock.now();
        db.update(
                """
                INSERT INTO voucher_order (reference, product, face_value, code, status, created_at, expires_on)
                VALUES (?, ?, ?, ?, 'ISSUED', ?, ?) ON CONFLICT (reference) DO NOTHING
                """,
                reference,
                body.path("product").asString(""),
                faceValue,
                code.toString(),
                now,
                now.atOffset(ZoneOffset.UTC).toLocalDate().plusYears(VALID_YEARS));
        if (Scenario.is(Scenario.VOUCHER_ANSWER_LOST, faceValue)) return Reply.gone();
        return Reply.of(201, view(reference).orElseThrow());
    }

    private Reply read(Request request) {
        return view(request.part(0))
                .map(view -> Reply.of(200, view))
                .orElseGet(() -> error(404, "NOT_FOUND", "no such order"));
    }

    private Reply refund(Request request) {
        var reference = request.part(0);
        var faceValue =
                db.one(
                        "SELECT face_value FROM voucher_order WHERE reference = ?",
                        row -> row.getLong(1),
                        reference);
        if (faceValue.isEmpty()) return error(404, "NOT_FOUND", "no such order");
        if (Scenario.is(Scenario.VOUCHER_NOT_TAKEN_BACK, faceValue.get())
                || Scenario.is(Scenario.REDEMPTION_VERY_LATE, faceValue.get()))
            return error(422, "NOT_TAKEN_BACK", "the issuer does not take it back");
        db.update(
                "UPDATE voucher_order SET status = 'REFUNDED' WHERE reference = ? AND status = 'ISSUED'",
                reference);
        var after = view(reference).orElseThrow();
        return "REFUNDED".equals(after.get("status"))
                ? Reply.of(200, after)
                : error(422, "USED", "it was used");
    }

    private Optional<Map<String, Object>> view(String reference) {
        return db.one("SELECT * FROM voucher_order WHERE reference = ?", Issuer::row, reference);
    }

    private static Map<String, Object> row(ResultSet row) throws SQLException {
        var view = new LinkedHashMap<String, Object>();
        view.put("reference", row.getString("reference"));
        view.put("product", row.getString("product"));
        view.put("face_value", row.getLong("face_value"));
        view.put("currency", "KRW");
        view.put("status", row.getString("status"));
        view.put("voucher_code", row.getString("code"));
        view.put("expires_on", row.getDate("expires_on").toString());
        return view;
    }

    static Reply error(int status, String code, String message) {
        return Reply.of(status, Map.of("code", code, "message", message));
    }
}
