package org.facevalue.sandbox;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.facevalue.sandbox.Mishaps.Marks;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;

/** An issuer of vouchers: sells them, takes unused ones back. One that is told to be insolvent does neither. */
final class Issuer {
    private static final int VALID_YEARS = 5;
    private final String code;
    private final String prefix;
    private final Db db;
    private final SandboxClock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param prefix of its vouchers' codes */
    Issuer(String code, String prefix, Db db, SandboxClock clock) {
        this.code = code;
        this.prefix = prefix;
        this.db = db;
        this.clock = clock;
    }

    void routes(Server server) {
        var base = "/" + code + "/orders";
        server.route("POST", base, Deed.VOUCHER, Marks::ofVoucher, this::order);
        server.route("GET", base, Deed.ASK, request -> Optional.empty(), this::list);
        server.route("GET", base + "/([^/]+)", Deed.ASK, Issuer::named, this::read);
        server.route(
                "POST", base + "/([^/]+)/refund", Deed.VOUCHER_RETURN, Issuer::named, this::refund);
        server.route("POST", "/sandbox/issuers/" + code, this::state);
    }

    private static Optional<Marks> named(Request request) {
        return Optional.of(Marks.of(request.part(0)));
    }

    /** {@code {insolvent}}: from then on, or not any more. */
    private Reply state(Request request) {
        if (!request.json().path("insolvent").isBoolean())
            return error(400, "INVALID", "insolvent");
        db.update(
                "INSERT INTO issuer_state VALUES (?, ?) ON CONFLICT (issuer) DO UPDATE SET insolvent = excluded.insolvent",
                code,
                request.json().path("insolvent").asBoolean());
        return Reply.of(200, Map.of("issuer", code, "insolvent", insolvent(db, code)));
    }

    /** Whether it has stopped to pay. */
    static boolean insolvent(Db db, String issuer) {
        return db.one(
                        "SELECT insolvent FROM issuer_state WHERE issuer = ?",
                        row -> row.getBoolean(1),
                        issuer)
                .orElse(false);
    }

    /** What was ordered in a time, for whoever compares books: {@code from}, {@code until}, {@code after} the last reference seen. */
    private Reply list(Request request) {
        return Statements.of(
                request,
                db,
                "SELECT * FROM voucher_order WHERE issuer = ? AND ",
                Issuer::row,
                code);
    }

    private Reply order(Request request) {
        var body = request.json();
        var reference = body.path("reference").asString("");
        long faceValue = body.path("face_value").asLong(-1);
        if (reference.isEmpty() || !body.path("face_value").isIntegralNumber() || faceValue <= 0)
            return error(400, "INVALID", "reference and face_value");
        if (!request.late() && Scenario.is(Scenario.VOUCHER_VERY_LATE, faceValue))
            return Reply.notArrived();
        if (Scenario.is(Scenario.VOUCHER_DECLINED, faceValue))
            return error(422, "OUT_OF_STOCK", "no such voucher left");
        if (insolvent(db, code) && view(reference).isEmpty())
            return error(422, "NOT_ISSUED", "nothing is issued any more");
        var digits = new StringBuilder(prefix);
        for (int i = 0; i < 16; i++) digits.append(random.nextInt(10));
        var now = clock.now();
        db.update(
                """
                INSERT INTO voucher_order (reference, issuer, product, face_value, code, status, created_at, expires_on)
                VALUES (?, ?, ?, ?, ?, 'ISSUED', ?, ?) ON CONFLICT (reference) DO NOTHING
                """,
                reference,
                code,
                body.path("product").asString(""),
                faceValue,
                digits.toString(),
                now,
                now.atOffset(ZoneOffset.UTC).toLocalDate().plusYears(VALID_YEARS));
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
                        "SELECT face_value FROM voucher_order WHERE reference = ? AND issuer = ?",
                        row -> row.getLong(1),
                        reference,
                        code);
        if (faceValue.isEmpty()) return error(404, "NOT_FOUND", "no such order");
        if (insolvent(db, code)
                || Scenario.is(Scenario.VOUCHER_NOT_TAKEN_BACK, faceValue.get())
                || Scenario.is(Scenario.REDEMPTION_VERY_LATE, faceValue.get()))
            return error(422, "NOT_TAKEN_BACK", "the issuer does not take it back");
        db.update(
                "UPDATE voucher_order SET status = 'REFUNDED' WHERE reference = ? AND issuer = ? AND status = 'ISSUED'",
                reference,
                code);
        var after = view(reference).orElseThrow();
        return "REFUNDED".equals(after.get("status"))
                ? Reply.of(200, after)
                : error(422, "USED", "it was used");
    }

    private Optional<Map<String, Object>> view(String reference) {
        return db.one(
                "SELECT * FROM voucher_order WHERE reference = ? AND issuer = ?",
                Issuer::row,
                reference,
                code);
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
        view.put("created_at", row.getTimestamp("created_at").toInstant().toString());
        return view;
    }

    static Reply error(int status, String code, String message) {
        return Reply.of(status, Map.of("code", code, "message", message));
    }
}
