package org.facevalue.sandbox;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The carrier "Noeul": CAMARA Carrier Billing 0.5 over its own books. Lines +9991 are reserved and confirmed, +9992 also want a code that was sent to the
 * phone, +9993 are charged in one step.
 */
final class Carrier {
    static final String BASE = "/noeul/carrier-billing/v0.5";
    private static final int MOST_PER_PAGE = 100;
    private static final int CODE_TRIES = 3;
    private static final long LATE_SECONDS = 2;
    private final Db db;
    private final SandboxClock clock;
    private final Tokens tokens;
    private final Notifier notifier;
    private final Losses losses;
    private final SecureRandom random = new SecureRandom();

    Carrier(Db db, SandboxClock clock, Tokens tokens, Notifier notifier) {
        this.db = db;
        this.clock = clock;
        this.tokens = tokens;
        this.notifier = notifier;
        this.losses = new Losses(db);
    }

    void routes(Server server) {
        server.route("POST", "/noeul/token", tokens::issue);
        server.route("POST", BASE + "/payments", request -> create(request, false));
        server.route("POST", BASE + "/payments/prepare", request -> create(request, true));
        server.route("GET", BASE + "/payments", this::list);
        server.route("GET", BASE + "/payments/([^/]+)", this::read);
        server.route("POST", BASE + "/payments/([^/]+)/validate", this::validate);
        server.route("POST", BASE + "/payments/([^/]+)/confirm", this::confirm);
        server.route("POST", BASE + "/payments/([^/]+)/cancel", this::cancel);
    }

    record Payment(
            String id,
            String line,
            String correlator,
            String reference,
            long amount,
            String status,
            Instant createdAt,
            @Nullable Instant paidAt,
            @Nullable String authorizationId,
            @Nullable String code,
            int wrongCodes,
            @Nullable String sink,
            @Nullable String sinkToken) {}

    private Reply create(Request request, boolean twoStep) {
        var refused = tokens.refuse(request, "carrier-billing:payments:create");
        if (refused != null) return refused;
        var transaction = request.json().path("amountTransaction");
        var line = transaction.path("phoneNumber").asString("");
        var correlator = transaction.path("clientCorrelator").asString("");
        var reference = transaction.path("referenceCode").asString("");
        long won = Camara.won(transaction.path("paymentAmount").path("chargingInformation"));
        if (transaction.path("phoneNumber").isMissingNode())
            return Camara.error(
                    422, "MISSING_IDENTIFIER", "phoneNumber is needed with a two-legged token");
        if (!line.matches("\\+[1-9][0-9]{4,14}")) return Camara.invalid("phoneNumber");
        if (won < 0) return Camara.invalid("chargingInformation");
        if (reference.isEmpty()) return Camara.invalid("referenceCode");
        var sink = request.json().path("sink").asString("");
        if (!sink.isEmpty() && !sink.startsWith("https://"))
            return Camara.error(400, "INVALID_SINK", "sink must be https");
        if (db.one("SELECT 1 FROM person WHERE line_number = ?", row -> 1, line).isEmpty())
            return Camara.error(404, "IDENTIFIER_NOT_FOUND", "no such line");
        if (line.startsWith("+9993") == twoStep)
            return Camara.error(422, "SERVICE_NOT_APPLICABLE", "this line is not billed that way");
        if (Scenario.is(Scenario.CHARGE_REQUEST_LOST, line)
                && losses.first(Scenario.CHARGE_REQUEST_LOST, correlator)) return Reply.gone();
        if (!request.late() && Scenario.is(Scenario.CHARGE_VERY_LATE, line))
            return Reply.notArrived();
        if (Scenario.is(Scenario.CHARGE_DECLINED, line))
            return Camara.error(
                    403, "CARRIER_BILLING.PAYMENT_DENIED", "the line may not be charged");
        return book(request.json(), line, correlator, reference, won, twoStep);
    }

    private Reply book(
            JsonNode body,
            String line,
            String correlator,
            String reference,
            long won,
            boolean twoStep) {
        var id = "noeul-" + UUID.randomUUID();
        var now = clock.now();
        boolean wantsCode = line.startsWith("+9992");
        boolean late = Scenario.is(Scenario.CHARGE_LATE, line);
        var then = twoStep ? (wantsCode ? "pending_validation" : "reserved") : "succeeded";
        int made =
                db.update(
                        """
                        INSERT INTO payment (id, line, correlator, reference, amount, status, next_status, due_at, created_at, paid_at,
                                             authorization_id, code, sink, sink_token)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (correlator) DO NOTHING
                        """,
                        id,
                        line,
                        correlator.isEmpty() ? id : correlator,
                        reference,
                        won,
                        late ? "processing" : then,
                        late ? then : null,
                        late ? now.plusSeconds(LATE_SECONDS) : null,
                        now,
                        then.equals("succeeded") && !late ? now : null,
                        wantsCode ? UUID.randomUUID().toString() : null,
                        wantsCode
                                ? String.format(
                                        java.util.Locale.ROOT, "%06d", random.nextInt(1_000_000))
                                : null,
                        body.path("sink").asString(null),
                        body.path("sinkCredential").path("accessToken").asString(null));
        if (made == 0) return Camara.invalid("clientCorrelator was used before");
        var payment = payment(id).orElseThrow();
        if (late) Thread.ofVirtual().start(() -> later(id));
        else tell(payment);
        if (Scenario.is(Scenario.CHARGE_ANSWER_LOST, line)) return Reply.gone();
        return Reply.of(201, view(payment)).with(Map.of("Location", BASE + "/payments/" + id));
    }

    private void later(String id) {
        try {
            Thread.sleep(LATE_SECONDS * 1_000 + 100);
        } catch (InterruptedException e) {
            return;
        }
        payment(id).ifPresent(this::tell);
    }

    private void tell(Payment payment) {
        if (payment.sink() == null || payment.sinkToken() == null) return;
        var became =
                switch (payment.status()) {
                    case "succeeded" -> "completed";
                    case "pending_validation" -> "pending-validation";
                    default -> payment.status();
                };
        notifier.tell(payment.sink(), payment.sinkToken(), payment.id(), became, clock.now());
    }

    private Reply read(Request request) {
        var refused = tokens.refuse(request, "carrier-billing:payments:read");
        if (refused != null) return refused;
        return payment(request.part(0))
                .map(payment -> Reply.of(200, view(payment)))
                .orElseGet(Carrier::notFound);
    }

    private Reply list(Request request) {
        var refused = tokens.refuse(request, "carrier-billing:payments:read");
        if (refused != null) return refused;
        try {
            int page = number(request, "page", 1);
            int perPage = number(request, "perPage", 10);
            var from = instant(request, "paymentCreationDate.gte", Instant.EPOCH);
            var to = instant(request, "paymentCreationDate.lte", clock.now());
            if (page < 1 || perPage < 1 || perPage > MOST_PER_PAGE)
                return Camara.error(400, "OUT_OF_RANGE", "page or perPage");
            if (from.isAfter(to))
                return Camara.error(400, "CARRIER_BILLING.INVALID_DATE_RANGE", "gte is after lte");
            var order = request.query().getOrDefault("order", "desc");
            if (!order.equals("asc") && !order.equals("desc")) return Camara.invalid("order");
            var status = request.query().get("paymentStatus");
            settle();
            var found =
                    db.list(
                            "SELECT * FROM payment WHERE created_at >= ? AND created_at <= ? AND (?::text IS NULL OR status = ?)"
                                    + " ORDER BY created_at "
                                    + order
                                    + ", id LIMIT ? OFFSET ?",
                            Carrier::row,
                            from,
                            to,
                            status,
                            status,
                            perPage,
                            (page - 1) * perPage);
            var total =
                    db.one(
                            "SELECT count(*) FROM payment WHERE created_at >= ? AND created_at <= ? AND (?::text IS NULL OR status = ?)",
                            row -> row.getLong(1),
                            from,
                            to,
                            status,
                            status);
            return Reply.of(200, views(found))
                    .with(Map.of("X-Total-Count", String.valueOf(total.orElse(0L))));
        } catch (DateTimeParseException | NumberFormatException e) {
            return Camara.invalid("a filter");
        }
    }

    private static int number(Request request, String name, int otherwise) {
        var text = request.query().get(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    private static Instant instant(Request request, String name, Instant otherwise) {
        var text = request.query().get(name);
        return text == null ? otherwise : OffsetDateTime.parse(text).toInstant();
    }

    private Reply validate(Request request) {
        var refused = tokens.refuse(request, "carrier-billing:payments:write");
        if (refused != null) return refused;
        var found = payment(request.part(0));
        if (found.isEmpty()) return notFound();
        var payment = found.get();
        if (payment.authorizationId() == null
                || payment.status().equals("reserved")
                || payment.status().equals("succeeded"))
            return Camara.error(409, "ALREADY_EXISTS", "already validated");
        if (!payment.status().equals("pending_validation"))
            return Camara.error(
                    400, "CARRIER_BILLING.VALIDATION_FAILED", "the payment is " + payment.status());
        if (!payment.authorizationId().equals(request.json().path("authorizationId").asString("")))
            return Camara.error(
                    400, "CARRIER_BILLING.INVALID_AUTHORIZATION_ID", "not of this payment");
        if (String.valueOf(payment.code()).equals(request.json().path("code").asString(""))) {
            become(payment, "pending_validation", "reserved");
            return Reply.empty(204);
        }
        db.update("UPDATE payment SET wrong_codes = wrong_codes + 1 WHERE id = ?", payment.id());
        if (payment.wrongCodes() + 1 < CODE_TRIES)
            return Camara.error(400, "CARRIER_BILLING.INVALID_CODE", "not that code");
        become(payment, "pending_validation", "denied");
        return Camara.error(400, "CARRIER_BILLING.VALIDATION_FAILED", "too many wrong codes");
    }

    private Reply confirm(Request request) {
        var refused = second(request);
        if (refused != null) return refused;
        var payment = payment(request.part(0)).orElseThrow();
        if (Scenario.is(Scenario.CONFIRM_DENIED, payment.line())) {
            become(payment, "reserved", "denied");
            return Camara.error(
                    403, "CARRIER_BILLING.PAYMENT_DENIED", "the line may not be charged any more");
        }
        if (!become(payment, "reserved", "succeeded")) return conflict(payment.id());
        if (Scenario.is(Scenario.CONFIRM_ANSWER_LOST, payment.line())) return Reply.gone();
        return Reply.empty(202);
    }

    private Reply cancel(Request request) {
        var refused = second(request);
        if (refused != null) return refused;
        var payment = payment(request.part(0)).orElseThrow();
        boolean done =
                become(payment, "reserved", "cancelled")
                        || become(payment, "pending_validation", "cancelled");
        return done ? Reply.empty(202) : conflict(payment.id());
    }

    /** What both second steps refuse alike; null when there is nothing to refuse. */
    private @Nullable Reply second(Request request) {
        var refused = tokens.refuse(request, "carrier-billing:payments:write");
        if (refused != null) return refused;
        var payment = payment(request.part(0));
        if (payment.isEmpty()) return notFound();
        if (request.json().path("phoneNumber").isMissingNode())
            return Camara.error(
                    422, "MISSING_IDENTIFIER", "phoneNumber is needed with a two-legged token");
        if (!payment.get().line().equals(request.json().path("phoneNumber").asString("")))
            return Camara.error(404, "IDENTIFIER_NOT_FOUND", "not the line of this payment");
        return null;
    }

    private Reply conflict(String id) {
        return switch (payment(id).orElseThrow().status()) {
            case "succeeded" ->
                    Camara.error(409, "CARRIER_BILLING.PAYMENT_CONFIRMED", "confirmed already");
            case "cancelled" ->
                    Camara.error(409, "CARRIER_BILLING.PAYMENT_CANCELLED", "cancelled already");
            default -> Camara.error(409, "ALREADY_EXISTS", "not in that state");
        };
    }

    private boolean become(Payment payment, String from, String to) {
        int changed =
                db.update(
                        "UPDATE payment SET status = ?, paid_at = CASE WHEN ? = 'succeeded' THEN ?::timestamptz END WHERE id = ? AND status = ?",
                        to,
                        to,
                        clock.now(),
                        payment.id(),
                        from);
        if (changed == 1) payment(payment.id()).ifPresent(this::tell);
        return changed == 1;
    }

    /** What was to happen later and is due has happened. */
    private void settle() {
        var now = clock.now();
        db.update(
                """
                UPDATE payment SET status = next_status, next_status = NULL, due_at = NULL,
                       paid_at = CASE WHEN next_status = 'succeeded' THEN ?::timestamptz END
                 WHERE due_at <= ?
                """,
                now,
                now);
    }

    Optional<Payment> payment(String id) {
        settle();
        return db.one("SELECT * FROM payment WHERE id = ?", Carrier::row, id);
    }

    static Payment row(ResultSet row) throws SQLException {
        var paidAt = row.getTimestamp("paid_at");
        return new Payment(
                row.getString("id"),
                row.getString("line"),
                row.getString("correlator"),
                row.getString("reference"),
                row.getLong("amount"),
                row.getString("status"),
                row.getTimestamp("created_at").toInstant(),
                paidAt == null ? null : paidAt.toInstant(),
                row.getString("authorization_id"),
                row.getString("code"),
                row.getInt("wrong_codes"),
                row.getString("sink"),
                row.getString("sink_token"));
    }

    private static List<Map<String, Object>> views(List<Payment> payments) {
        var views = new ArrayList<Map<String, Object>>();
        for (var payment : payments) views.add(view(payment));
        return views;
    }

    private static Map<String, Object> view(Payment payment) {
        var transaction = new LinkedHashMap<String, Object>();
        transaction.put("phoneNumber", payment.line());
        transaction.put("clientCorrelator", payment.correlator());
        transaction.put(
                "paymentAmount",
                Map.of("chargingInformation", Camara.chargingInformation(payment.amount())));
        transaction.put("referenceCode", payment.reference());
        transaction.put("resourceURL", "urn:payments:" + payment.id());
        transaction.put("serverReferenceCode", payment.id());
        var view = new LinkedHashMap<String, Object>();
        view.put("paymentId", payment.id());
        view.put("amountTransaction", transaction);
        view.put("paymentStatus", payment.status());
        view.put("paymentCreationDate", payment.createdAt().toString());
        if (payment.paidAt() != null) view.put("paymentDate", payment.paidAt().toString());
        if (payment.sink() != null) view.put("sink", payment.sink());
        if (payment.status().equals("pending_validation") && payment.authorizationId() != null)
            view.put(
                    "validationInfo",
                    Map.of("action", "validate", "authorizationId", payment.authorizationId()));
        return view;
    }

    static Reply notFound() {
        return Camara.error(404, "NOT_FOUND", "no such payment");
    }
}
