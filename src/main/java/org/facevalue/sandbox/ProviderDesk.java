package org.facevalue.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facevalue.sandbox.Mishaps.Marks;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;
import tools.jackson.databind.JsonNode;

/**
 * The four providers: they turn a voucher into money, less the fee that both sides have agreed. One of them, Heukmorae, takes ₩1,000 more than it said, and
 * one, Baekmorae, goes away with the voucher: it uses it up, and knows of nothing.
 */
final class ProviderDesk {
    private static final String BASE = "/providers/([^/]+)/redemptions";
    private static final Set<String> PROVIDERS =
            Set.of("eunmorae", "geummorae", "heukmorae", "baekmorae");
    private static final String TAKES_MORE = "heukmorae";
    private static final String GOES_AWAY = "baekmorae";
    private static final long MORE = 1_000;
    private static final long LATE_SECONDS = 2;
    private final Db db;
    private final SandboxClock clock;
    private final Notifier notifier;

    ProviderDesk(Db db, SandboxClock clock, Notifier notifier) {
        this.notifier = notifier;
        this.db = db;
        this.clock = clock;
    }

    void routes(Server server) {
        server.route("POST", BASE, Deed.REDEMPTION, Marks::ofVoucher, this::redeem);
        server.route("GET", BASE, Deed.ASK, request -> Optional.empty(), this::list);
        server.route(
                "GET",
                BASE + "/([^/]+)",
                Deed.ASK,
                request -> Optional.of(Marks.of(request.part(1))),
                this::read);
    }

    private Reply list(Request request) {
        if (!PROVIDERS.contains(request.part(0)))
            return Issuer.error(404, "NOT_FOUND", "no such provider");
        return Statements.of(
                request,
                db,
                "SELECT * FROM redemption WHERE provider = ? AND ",
                ProviderDesk::row,
                request.part(0));
    }

    private Reply redeem(Request request) {
        var provider = request.part(0);
        var body = request.json();
        var reference = body.path("reference").asString("");
        var code = body.path("voucher_code").asString("");
        long faceValue = body.path("face_value").asLong(-1);
        long fee = body.path("fee").asLong(-1);
        if (!PROVIDERS.contains(provider))
            return Issuer.error(404, "NOT_FOUND", "no such provider");
        if (reference.isEmpty() || code.isEmpty() || faceValue <= 0 || fee < 0 || fee >= faceValue)
            return Issuer.error(400, "INVALID", "reference, voucher_code, face_value and fee");
        if (!request.late() && Scenario.is(Scenario.REDEMPTION_VERY_LATE, faceValue))
            return Reply.notArrived();
        if (Scenario.is(Scenario.REDEMPTION_DECLINED, faceValue)
                || Scenario.is(Scenario.VOUCHER_NOT_TAKEN_BACK, faceValue))
            return Issuer.error(422, "NOT_ACCEPTED", "this voucher is not accepted");
        var earlier = view(provider, reference);
        if (earlier.isPresent()) return Reply.of(200, earlier.get());
        boolean insolvent =
                db.one(
                                "SELECT issuer FROM voucher_order WHERE code = ?",
                                row -> row.getString(1),
                                code)
                        .filter(issuer -> Issuer.insolvent(db, issuer))
                        .isPresent();
        if (insolvent)
            return Issuer.error(422, "VOUCHER_WORTHLESS", "its issuer has stopped to pay");
        // The voucher is used up at the issuer: who gets there first has it.
        int used =
                db.update(
                        "UPDATE voucher_order SET status = 'REDEEMED' WHERE code = ? AND face_value = ? AND status = 'ISSUED'",
                        code,
                        faceValue);
        if (used == 0)
            return Issuer.error(422, "VOUCHER_USED", "unknown, used or of another value");
        if (provider.equals(GOES_AWAY)) return Reply.gone();
        boolean late = Scenario.is(Scenario.REDEMPTION_LATE, faceValue);
        var now = clock.now();
        db.update(
                """
                INSERT INTO redemption (provider, reference, code, face_value, pays, status, next_status, due_at, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                provider,
                reference,
                code,
                faceValue,
                faceValue - fee - (provider.equals(TAKES_MORE) ? MORE : 0),
                late ? "PENDING" : "ACCEPTED",
                late ? "ACCEPTED" : null,
                late ? now.plusSeconds(LATE_SECONDS) : null,
                now);
        if (late) notifyLater(provider, reference, body);
        return Reply.of(201, view(provider, reference).orElseThrow());
    }

    /** The notice of what was decided later. */
    private void notifyLater(String provider, String reference, JsonNode body) {
        var address = body.path("sink").asString("");
        var token = body.path("sink_token").asString("");
        if (!address.startsWith("https://") || token.isEmpty()) return;
        notifier.after(
                Duration.ofSeconds(LATE_SECONDS),
                () ->
                        notifier.tell(
                                provider,
                                "",
                                new Camara.Sink(address, token),
                                "redemption-decided",
                                clock.now(),
                                Map.of("reference", reference)));
    }

    private Reply read(Request request) {
        return view(request.part(0), request.part(1))
                .map(view -> Reply.of(200, view))
                .orElseGet(() -> Issuer.error(404, "NOT_FOUND", "no such redemption"));
    }

    private Optional<Map<String, Object>> view(String provider, String reference) {
        db.update(
                "UPDATE redemption SET status = next_status, next_status = NULL, due_at = NULL WHERE due_at <= ?",
                clock.now());
        return db.one(
                "SELECT * FROM redemption WHERE provider = ? AND reference = ?",
                ProviderDesk::row,
                provider,
                reference);
    }

    private static Map<String, Object> row(ResultSet row) throws SQLException {
        var view = new LinkedHashMap<String, Object>();
        view.put("reference", row.getString("reference"));
        view.put("face_value", row.getLong("face_value"));
        view.put("pays", row.getLong("pays"));
        view.put("currency", "KRW");
        view.put("status", row.getString("status"));
        view.put("created_at", row.getTimestamp("created_at").toInstant().toString());
        return view;
    }
}
