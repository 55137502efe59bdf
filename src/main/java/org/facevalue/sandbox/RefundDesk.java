package org.facevalue.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A carrier's CAMARA Carrier Billing Refund 0.3, every operation of it, over the same book of payments. */
final class RefundDesk {
    private static final String CODES = "CARRIER_BILLING_REFUND";
    private static final String CREATE = "carrier-billing-refund:refunds:create";
    private static final String READ = "carrier-billing-refund:refunds:read";
    private static final Duration LATE = Duration.ofSeconds(2);
    private final Operator operator;
    private final Payments payments;
    private final Db db;
    private final SandboxClock clock;
    private final Tokens tokens;
    private final Notifier notifier;

    RefundDesk(Payments payments, Db db, SandboxClock clock, Tokens tokens, Notifier notifier) {
        this.operator = payments.operator();
        this.payments = payments;
        this.db = db;
        this.clock = clock;
        this.tokens = tokens;
        this.notifier = notifier;
    }

    void routes(Server server) {
        var base = "/" + operator.code() + "/carrier-billing-refund/v0.3/payments/([^/]+)/refunds";
        on(server, "POST", base, Deed.REFUND, this::create);
        on(server, "GET", base, Deed.ASK, this::list);
        on(server, "GET", base + "/remaining-amount", Deed.ASK, this::remaining);
        on(server, "GET", base + "/([^/]+)", Deed.ASK, this::read);
    }

    private void on(Server server, String method, String path, Deed deed, Server.Handler handler) {
        server.route(
                method,
                path,
                deed,
                request -> payments.marks(request.part(0)),
                Camara.refusing(handler));
    }

    private record Refund(
            String id,
            String correlator,
            String reference,
            String type,
            long amount,
            String description,
            boolean taxIncluded,
            @Nullable String reason,
            @Nullable String merchantIdentifier,
            @Nullable JsonNode items,
            String status,
            Instant createdAt,
            @Nullable Instant refundedAt,
            Camara.Sink sink) {}

    private Reply create(Request request) {
        var token = tokens.bearing(request, CREATE);
        var body = request.json();
        var type = Camara.text(body, "type");
        if (!type.equals("total") && !type.equals("partial")) throw Camara.invalid("type");
        var transaction = Camara.object(body, "amountTransaction");
        var refundAmount = Camara.object(transaction, "refundAmount");
        Camara.text(transaction, "referenceCode");
        var correlator = Camara.maybe(transaction, "clientCorrelator");
        var sink = Camara.Sink.of(body);
        boolean partial = type.equals("partial");
        long asked = partial ? Camara.won(Camara.object(refundAmount, "chargingInformation")) : 0;
        var payment = payments.theirs(token, request.part(0));
        if (!request.late() && Scenario.is(Scenario.REFUND_VERY_LATE, payment.line()))
            return Reply.notArrived();
        allowed(payment);
        if (partial) consistent(payment, refundAmount);
        var refund = granted(payment, body, correlator, asked, sink);
        return Reply.of(201, view(refund)).with(Map.of("Location", "/refunds/" + refund.id()));
    }

    /** One at a time, so that no two together refund more than there is. {@code asked}: zero for all that is left. */
    private synchronized Refund granted(
            Payment payment,
            JsonNode body,
            @Nullable String correlator,
            long asked,
            Camara.Sink sink) {
        boolean used =
                correlator != null
                        && db.one(
                                        "SELECT 1 FROM refund WHERE client = ? AND correlator = ?",
                                        row -> 1,
                                        payment.client(),
                                        correlator)
                                .isPresent();
        if (used) throw Camara.invalid("clientCorrelator already exist on server.");
        if (isUnderWay(payment))
            throw Camara.error(
                    409, "ALREADY_EXISTS", "A refund of this payment is being processed already.");
        long left = left(payment);
        if (left == 0 || asked > left)
            throw Camara.error(
                    422, CODES + ".UNAUTHORIZED_AMOUNT", "Unauthorized amount requested.");
        return book(payment, body, correlator, asked == 0 ? left : asked, sink);
    }

    private boolean isUnderWay(Payment payment) {
        settle();
        return db.one(
                        "SELECT 1 FROM refund WHERE payment = ? AND status = 'processing'",
                        row -> 1,
                        payment.id())
                .isPresent();
    }

    private void allowed(Payment payment) {
        if (Scenario.is(Scenario.REFUND_REFUSED, payment.line()))
            throw Camara.error(403, CODES + ".REFUND_DENIED", "Refund denied by business.");
        var paidAt = payment.paidAt();
        boolean tooOld = paidAt != null && clock.now().isAfter(paidAt.plus(operator.refundable()));
        if (tooOld || Scenario.is(Scenario.NOT_REFUNDABLE, payment.line()))
            throw Camara.error(
                    403,
                    CODES + ".PAYMENT_NOT_ELIGIBLE_FOR_REFUND",
                    "Payment not eligible for refund.");
        if (Scenario.is(Scenario.REFUNDS_AT_THEIR_LIMIT, payment.line()))
            throw Camara.error(
                    422,
                    CODES + ".USER_AMOUNT_THRESHOLD_OVERPASSED",
                    "Unauthorized refund request. Accumulated user mobile refunds overpass account amount threshold.");
        if (!payment.status().equals("succeeded"))
            throw Camara.error(
                    422, CODES + ".INVALID_PAYMENT_STATUS", "Payment is not yet completed.");
    }

    /** A part is of the payment's kind, and its items are the payment's. */
    private static void consistent(Payment payment, JsonNode amount) {
        if (amount.path("chargingInformation").path("isTaxIncluded").asBoolean(false)
                != payment.taxIncluded())
            throw Camara.error(
                    422,
                    CODES + ".TAXES_MANAGEMENT_MISMATCH",
                    "Inconsistent isTaxIncluded value with regards to related payment.");
        var items = amount.path("refundDetails");
        if (items.isMissingNode()) return;
        if (!items.isArray() || items.isEmpty()) throw Camara.invalid("refundDetails");
        var bought = new HashMap<String, Long>();
        if (payment.items() != null)
            for (var item : payment.items())
                bought.put(item.path("id").asString(), item.path("amount").asLong());
        for (var item : items) {
            long won = Camara.won(item);
            var of = bought.get(Camara.text(item, "paymentItemId"));
            if (of == null || won > of)
                throw Camara.error(
                        422,
                        CODES + ".REFUND_DETAILS_MISMATCH",
                        "Inconsistent refundDetails information with regards to related payment.");
        }
    }

    private Refund book(
            Payment payment,
            JsonNode body,
            @Nullable String correlator,
            long amount,
            Camara.Sink sink) {
        var id = "refund-" + UUID.randomUUID();
        var now = clock.now();
        boolean late = Scenario.is(Scenario.REFUND_LATE, payment.line());
        boolean denied = Scenario.is(Scenario.REFUND_DENIED, payment.line());
        var status = denied ? "denied" : late ? "processing" : "succeeded";
        var refundAmount = body.path("amountTransaction").path("refundAmount");
        var items = refundAmount.path("refundDetails");
        db.update(
                """
                INSERT INTO refund (id, payment, client, correlator, reference, type, amount, description, tax_included, reason, merchant_identifier, items, status, next_status, due_at,
                                    created_at, refunded_at, sink, sink_token)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                payment.id(),
                payment.client(),
                correlator == null ? id : correlator,
                body.path("amountTransaction").path("referenceCode").asString(),
                body.path("type").asString(),
                amount,
                refundAmount.path("chargingInformation").path("description").asString("Refund"),
                payment.taxIncluded(),
                Camara.maybe(body, "reason"),
                Camara.maybe(refundAmount.path("chargingMetaData"), "merchantIdentifier"),
                items.isMissingNode() ? null : items.toString(),
                status,
                late ? "succeeded" : null,
                late ? now.plus(LATE) : null,
                now,
                status.equals("succeeded") ? now : null,
                sink.address(),
                sink.token());
        if (late)
            notifier.after(
                    LATE,
                    () -> refund(payment.id(), id).ifPresent(refund -> tell(payment, refund)));
        else tell(payment, refund(payment.id(), id).orElseThrow());
        return refund(payment.id(), id).orElseThrow();
    }

    private void tell(Payment payment, Refund refund) {
        boolean denied = refund.status().equals("denied");
        var data =
                new LinkedHashMap<String, Object>(
                        Map.of(
                                "paymentId",
                                payment.id(),
                                "refundId",
                                refund.id(),
                                "status",
                                denied ? "failed" : "succeeded",
                                "description",
                                "Refund Notification"));
        if (denied) data.put("denialReason", "Refund denied by business.");
        else data.put("refundDate", clock.now().toString());
        notifier.tell(
                operator.code(),
                payment.line(),
                refund.sink(),
                "org.camaraproject.carrier-billing-refund.v0.refund-"
                        + (denied ? "denied" : "completed"),
                clock.now(),
                data);
    }

    private Reply list(Request request) {
        var token = tokens.bearing(request, READ);
        var query =
                Camara.Query.of(
                        request,
                        CODES,
                        "refundCreationDate",
                        "refundStatus",
                        List.of("processing", "denied", "succeeded"));
        var payment = payments.theirs(token, request.part(0));
        settle();
        return query.page(
                db, "refund WHERE payment = ?", RefundDesk::row, RefundDesk::view, payment.id());
    }

    private Reply read(Request request) {
        var token = tokens.bearing(request, READ);
        var payment = payments.theirs(token, request.part(0));
        return Reply.of(
                200, view(refund(payment.id(), request.part(1)).orElseThrow(Camara::notFound)));
    }

    private Reply remaining(Request request) {
        var payment = payments.theirs(tokens.bearing(request, READ), request.part(0));
        settle();
        return Reply.of(
                200,
                Map.of(
                        "amount",
                        left(payment),
                        "currency",
                        "KRW",
                        "isTaxIncluded",
                        payment.taxIncluded()));
    }

    /** What was never asked to be refunded: denied refunds count for nothing, those under way count. */
    private long left(Payment payment) {
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
                """
                UPDATE refund SET status = next_status, refunded_at = CASE WHEN next_status = 'succeeded' THEN due_at END,
                       next_status = NULL, due_at = NULL WHERE due_at <= ?
                """,
                clock.now());
    }

    private Optional<Refund> refund(String payment, String id) {
        settle();
        return db.one(
                "SELECT * FROM refund WHERE payment = ? AND id = ?", RefundDesk::row, payment, id);
    }

    private static Refund row(ResultSet row) throws SQLException {
        return new Refund(
                row.getString("id"),
                row.getString("correlator"),
                row.getString("reference"),
                row.getString("type"),
                row.getLong("amount"),
                row.getString("description"),
                row.getBoolean("tax_included"),
                row.getString("reason"),
                row.getString("merchant_identifier"),
                Payment.json(row.getString("items")),
                row.getString("status"),
                row.getTimestamp("created_at").toInstant(),
                Payment.instant(row.getTimestamp("refunded_at")),
                new Camara.Sink(row.getString("sink"), row.getString("sink_token")));
    }

    private static Map<String, Object> view(Refund refund) {
        var amount = new LinkedHashMap<String, Object>();
        if (refund.type().equals("partial"))
            amount.put(
                    "chargingInformation",
                    Camara.chargingInformation(
                            refund.amount(), refund.description(), refund.taxIncluded()));
        if (refund.merchantIdentifier() != null)
            amount.put(
                    "chargingMetaData", Map.of("merchantIdentifier", refund.merchantIdentifier()));
        if (refund.items() != null) amount.put("refundDetails", refund.items());
        var transaction = new LinkedHashMap<String, Object>();
        transaction.put("clientCorrelator", refund.correlator());
        transaction.put("refundAmount", amount);
        transaction.put("referenceCode", refund.reference());
        var view = new LinkedHashMap<String, Object>();
        view.put("refundId", refund.id());
        view.put("type", refund.type());
        view.put("refundStatus", refund.status());
        view.put("refundCreationDate", refund.createdAt().toString());
        if (refund.refundedAt() != null) view.put("refundDate", refund.refundedAt().toString());
        if (refund.reason() != null) view.put("reason", refund.reason());
        if (refund.sink().address() != null) view.put("sink", refund.sink().address());
        view.put("amountTransaction", transaction);
        return view;
    }
}
