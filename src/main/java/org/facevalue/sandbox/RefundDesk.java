package org.facevalue.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;

/** The carrier's refunds: CAMARA Carrier Billing Refund 0.3 over the same books. */
final class RefundDesk {
    private static final String BASE = "/noeul/carrier-billing-refund/v0.3";
    private static final long LATE_SECONDS = 2;
    private final Db db;
    private final SandboxClock clock;
    private final Tokens tokens;

    RefundDesk(Db db, SandboxClock clock, Tokens tokens) {
        this.db = db;
        this.clock = clock;
        this.tokens = tokens;
    }

    void routes(Server server) {
        server.route("POST", BASE + "/payments/([^/]+)/refunds", this::create);
        server.route("GET", BASE + "/payments/([^/]+)/refunds", this::list);
        server.route("GET", BASE + "/payments/([^/]+)/refunds/remaining-amount", this::remaining);
        server.route("GET", BASE + "/payments/([^/]+)/refunds/([^/]+)", this::read);
    }

    private record Refund(
            String id,
            String correlator,
            String reference,
            String type,
            long amount,
            String status,
            Instant createdAt) {}

    private Reply create(Request request) {
        var refused = tokens.refuse(request, "carrier-billing-refund:refunds:create");
        if (refused != null) return refused;
        var found = db.one("SELECT * FROM payment WHERE id = ?", Carrier::row, request.part(0));
        if (found.isEmpty()) return Carrier.notFound();
        var payment = found.get();
        var transaction = request.json().path("amountTransaction");
        var type = request.json().path("type").asString("");
        var correlator = transaction.path("clientCorrelator").asString("");
        var reference = transaction.path("referenceCode").asString("");
        if (!request.late() && Scenario.is(Scenario.REFUND_VERY_LATE, payment.line()))
            return Reply.notArrived();
        if (!type.equals("total") && !type.equals("partial")) return Camara.invalid("type");
        if (reference.isEmpty() || transaction.path("refundAmount").isMissingNode())
            return Camara.invalid("amountTransaction");
        if (!correlator.isEmpty()
                && db.one("SELECT 1 FROM refund WHERE correlator = ?", row -> 1, correlator)
                        .isPresent()) return Camara.invalid("clientCorrelator was used before");
        if (!payment.status().equals("succeeded"))
            return Camara.error(
                    422,
                    "CARRIER_BILLING_REFUND.INVALID_PAYMENT_STATUS",
                    "the payment is " + payment.status());
        long left = left(payment);
        long amount =
                type.equals("total")
                        ? left
                        : Camara.won(transaction.path("refundAmount").path("chargingInformation"));
        if (amount < 0) return Camara.invalid("chargingInformation");
        if (amount == 0 || amount > left)
            return Camara.error(
                    422, "CARRIER_BILLING_REFUND.INVALID_REFUND_AMOUNT", left + " is left");
        return book(payment, type, correlator, reference, amount);
    }

    private Reply book(
            Carrier.Payment payment,
            String type,
            String correlator,
            String reference,
            long amount) {
        var id = "refund-" + UUID.randomUUID();
        var now = clock.now();
        boolean late = Scenario.is(Scenario.REFUND_LATE, payment.line());
        boolean denied = Scenario.is(Scenario.REFUND_DENIED, payment.line());
        db.update(
                """
                INSERT INTO refund (id, payment, correlator, reference, type, amount, status, next_status, due_at, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                payment.id(),
                correlator.isEmpty() ? id : correlator,
                reference,
                type,
                amount,
                denied ? "denied" : late ? "processing" : "succeeded",
                late ? "succeeded" : null,
                late ? now.plusSeconds(LATE_SECONDS) : null,
                now);
        if (Scenario.is(Scenario.REFUND_ANSWER_LOST, payment.line())) return Reply.gone();
        return Reply.of(201, view(refund(id).orElseThrow()));
    }

    private Reply list(Request request) {
        var refused = tokens.refuse(request, "carrier-billing-refund:refunds:read");
        if (refused != null) return refused;
        settle();
        List<Map<String, Object>> refunds =
                db
                        .list(
                                "SELECT * FROM refund WHERE payment = ? ORDER BY created_at DESC, id LIMIT 100 OFFSET ?",
                                RefundDesk::row,
                                request.part(0),
                                "1".equals(request.query().getOrDefault("page", "1")) ? 0 : 100)
                        .stream()
                        .map(RefundDesk::view)
                        .toList();
        return Reply.of(200, refunds).with(Map.of("X-Total-Count", String.valueOf(refunds.size())));
    }

    private Reply read(Request request) {
        var refused = tokens.refuse(request, "carrier-billing-refund:refunds:read");
        if (refused != null) return refused;
        return refund(request.part(1))
                .map(refund -> Reply.of(200, view(refund)))
                .orElseGet(Carrier::notFound);
    }

    private Reply remaining(Request request) {
        var refused = tokens.refuse(request, "carrier-billing-refund:refunds:read");
        if (refused != null) return refused;
        settle();
        return db.one("SELECT * FROM payment WHERE id = ?", Carrier::row, request.part(0))
                .map(payment -> Reply.of(200, Map.of("amount", left(payment), "currency", "KRW")))
                .orElseGet(Carrier::notFound);
    }

    /** What was never asked to be refunded: denied refunds count for nothing, those under way count. */
    private long left(Carrier.Payment payment) {
        long asked =
                db.one(
                                "SELECT coalesce(sum(amount), 0) FROM refund WHERE payment = ? AND status <> 'denied'",
                                row -> row.getLong(1),
                                payment.id())
                        .orElse(0L);
        return payment.amount() - asked;
    }

    private void settle() {
        db.update(
                "UPDATE refund SET status = next_status, next_status = NULL, due_at = NULL WHERE due_at <= ?",
                clock.now());
    }

    private Optional<Refund> refund(String id) {
        settle();
        return db.one("SELECT * FROM refund WHERE id = ?", RefundDesk::row, id);
    }

    private static Refund row(ResultSet row) throws SQLException {
        return new Refund(
                row.getString("id"),
                row.getString("correlator"),
                row.getString("reference"),
                row.getString("type"),
                row.getLong("amount"),
                row.getString("status"),
                row.getTimestamp("created_at").toInstant());
    }

    private static Map<String, Object> view(Refund refund) {
        var transaction = new LinkedHashMap<String, Object>();
        transaction.put("clientCorrelator", refund.correlator());
        transaction.put(
                "refundAmount",
                refund.type().equals("total")
                        ? Map.of()
                        : Map.of(
                                "chargingInformation",
                                Camara.chargingInformation(refund.amount())));
        transaction.put("referenceCode", refund.reference());
        var view = new LinkedHashMap<String, Object>();
        view.put("refundId", refund.id());
        view.put("type", refund.type());
        view.put("refundStatus", refund.status());
        view.put("refundCreationDate", refund.createdAt().toString());
        view.put("amountTransaction", transaction);
        return view;
    }
}
