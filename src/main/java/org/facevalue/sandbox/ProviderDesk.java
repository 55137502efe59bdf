package org.facevalue.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;
import tools.jackson.databind.JsonNode;

/** The two providers: they turn a voucher into money, less the fee that both sides have agreed. */
final class ProviderDesk {
    private static final String BASE = "/providers/([^/]+)/redemptions";
    private static final Set<String> PROVIDERS = Set.of("eunmorae", "geummorae");
    private static final long LATE_SECONDS = 2;
    private final Db db;
    private final SandboxClock clock;
    private final Losses losses;
    private final Notifier notifier;

    ProviderDesk(Db db, SandboxClock clock, Notifier notifier) {
        this.notifier = notifier;
        this.db = db;
        this.clock = clock;
        this.losses = new Losses(db);
    }

    void routes(Server server) {
        server.route("POST", BASE, this::redeem);
        server.route("GET", BASE + "/([^/]+)", this::read);
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
        if (Scenario.is(Scenario.REDEMPTION_REQUEST_LOST, faceValue)
                && losses.first(Scenario.REDEMPTION_REQUEST_LOST, reference)) return Reply.gone();
        if (!request.late() && Scenario.is(Scenario.REDEMPTION_VERY_LATE, faceValue))
            return Reply.notArrived();
        if (Scenario.is(Scenario.REDEMPTION_DECLINED, faceValue)
                || Scenario.is(Scenario.VOUCHER_NOT_TAKEN_BACK, faceValue))
            return Issuer.error(422, "NOT_ACCEPTED", "this voucher is not accepted");
        var earlier = view(provider, reference);
        if (earlier.isPresent()) return Reply.of(200, earlier.get());
        // The voucher is used up at the issuer: who gets there first has it.
        int used =
                db.update(
                        "UPDATE voucher_order SET status = 'REDEEMED' WHERE code = ? AND face_value = ? AND status = 'ISSUED'",
                        code,
                        faceValue);
        if (used == 0)
            return Issuer.error(422, "VOUCHER_USED", "unknown, used or of another value");
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
                faceValue - fee,
                late ? "PENDING" : "ACCEPTED",
                late ? "ACCEPTED" : null,
                late ? now.plusSeconds(LATE_SECONDS) : null,
                now);
        if (late) notifyLater(provider, reference, body);
        if (Scenario.is(Scenario.REDEMPTION_ANSWER_LOST, faceValue)) return Reply.gone();
        return Reply.of(201, view(provider, reference).orElseThrow());
    }

    /** The notice of what was decided later. */
    private void notifyLater(String provider, String reference, JsonNode body) {
        var sink = body.path("sink").asString("");
        var token = body.path("sink_token").asString("");
        if (!sink.startsWith("https://") || token.isEmpty()) return;
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                Thread.sleep(LATE_SECONDS * 1_000 + 100);
                            } catch (InterruptedException e) {
                                return;
                            }
                            notifier.tell(
                                    sink,
                                    token,
                                    "urn:sandbox:" + provider,
                                    "redemption-decided",
                                    clock.now(),
                                    Map.of("reference", reference));
                        });
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
        return view;
    }
}
