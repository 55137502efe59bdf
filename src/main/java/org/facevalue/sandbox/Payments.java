package org.facevalue.sandbox;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One carrier's book of payments, and the notices of what becomes of them. */
final class Payments {
    private static final Duration EXPIRY = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofSeconds(2);
    private static final Duration ASYNCHRONOUS = Duration.ofMillis(400);
    private static final Duration REVERSED = Duration.ofDays(2);
    private static final Duration MONTH = Duration.ofDays(30);
    private final Operator operator;
    private final Db db;
    private final SandboxClock clock;
    private final Notifier notifier;
    private final SecureRandom random = new SecureRandom();

    Payments(Operator operator, Db db, SandboxClock clock, Notifier notifier) {
        this.operator = operator;
        this.db = db;
        this.clock = clock;
        this.notifier = notifier;
        notifier.every(EXPIRY, this::settle);
    }

    /** What was asked for, and is in order. */
    record Wanted(
            String client,
            String line,
            @Nullable String correlator,
            String reference,
            long won,
            String description,
            boolean taxIncluded,
            @Nullable String merchantIdentifier,
            @Nullable String items,
            Camara.Sink sink) {}

    /** Enters it; empty when the correlator was used before. */
    Optional<Payment> book(Wanted wanted, boolean twoStep) {
        var id = operator.code() + "-" + UUID.randomUUID();
        var now = clock.now();
        var tariff = Operator.tariffOf(wanted.line()).orElseThrow();
        boolean code = twoStep && tariff.code();
        var then = twoStep ? (code ? "pending_validation" : "reserved") : "succeeded";
        boolean denied = Scenario.is(Scenario.CHARGE_DENIED_LATER, wanted.line());
        boolean slow = denied || Scenario.is(Scenario.CHARGE_LATE, wanted.line());
        var late = slow ? LATE : tariff.asynchronous() ? ASYNCHRONOUS : null;
        boolean ends = !then.equals("succeeded");
        int made =
                db.update(
                        """
                        INSERT INTO payment (id, carrier, client, line, correlator, reference, amount, description, tax_included, merchant_identifier, items,
                                             status, next_status, due_at, created_at, paid_at, authorization_id, code, sink, sink_token)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (carrier, client, correlator) DO NOTHING
                        """,
                        id,
                        operator.code(),
                        wanted.client(),
                        wanted.line(),
                        wanted.correlator() == null ? id : wanted.correlator(),
                        wanted.reference(),
                        wanted.won(),
                        wanted.description(),
                        wanted.taxIncluded(),
                        wanted.merchantIdentifier(),
                        wanted.items(),
                        late == null ? then : "processing",
                        late == null ? (ends ? "cancelled" : null) : denied ? "denied" : then,
                        late == null
                                ? (ends ? now.plus(operator.reservation()) : null)
                                : now.plus(late),
                        now,
                        late == null && !ends ? now : null,
                        code ? UUID.randomUUID().toString() : null,
                        code ? String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000)) : null,
                        wanted.sink().address(),
                        wanted.sink().token());
        if (made == 0) return Optional.empty();
        var payment = payment(id).orElseThrow();
        if (late == null) tell(payment);
        else notifier.after(late, () -> payment(id).ifPresent(this::tell));
        return Optional.of(payment);
    }

    /** What the line has been billed, or has reserved, in the last month, less what was refunded. */
    long billed(String line) {
        return db.one(
                        """
                        SELECT coalesce(sum(p.amount - coalesce((SELECT sum(r.amount) FROM refund r WHERE r.payment = p.id AND r.status = 'succeeded'), 0)), 0)
                          FROM payment p WHERE p.line = ? AND p.created_at > ? AND p.status IN ('reserved', 'succeeded')
                        """,
                        row -> row.getLong(1),
                        line,
                        clock.now().minus(MONTH))
                .orElse(0L);
    }

    private void tell(Payment payment) {
        if (payment.status().equals("processing")) return;
        var became =
                switch (payment.status()) {
                    case "succeeded" -> "completed";
                    case "pending_validation" -> "pending-validation";
                    default -> payment.status();
                };
        boolean denied = payment.status().equals("denied");
        var data =
                new LinkedHashMap<String, Object>(
                        Map.of(
                                "paymentId",
                                payment.id(),
                                "status",
                                denied ? "failed" : "succeeded",
                                "description",
                                "Payment Notification"));
        if (became.equals("completed")) data.put("paymentDate", clock.now().toString());
        if (denied) data.put("denialReason", "The line may not be charged.");
        notifier.tell(
                operator.code(),
                payment.line(),
                payment.sink(),
                "org.camaraproject.carrier-billing.v0.payment-" + became,
                clock.now(),
                data);
    }

    void wrongCode(Payment payment) {
        db.update("UPDATE payment SET wrong_codes = wrong_codes + 1 WHERE id = ?", payment.id());
    }

    /** Moves it on, and tells; false when it is not in {@code from} any more. */
    boolean become(Payment payment, String from, String to) {
        var now = clock.now();
        boolean reserved = to.equals("reserved");
        int changed =
                db.update(
                        """
                        UPDATE payment SET status = ?, paid_at = CASE WHEN ? = 'succeeded' THEN ?::timestamptz END,
                               next_status = ?, due_at = ? WHERE id = ? AND status = ?
                        """,
                        to,
                        to,
                        now,
                        reserved ? "cancelled" : null,
                        reserved ? now.plus(operator.reservation()) : null,
                        payment.id(),
                        from);
        if (changed == 1) payment(payment.id()).ifPresent(this::tell);
        return changed == 1;
    }

    /** What was to happen later and is due has happened. */
    private void settle() {
        var now = clock.now();
        // A reservation that nobody has confirmed in time.
        var expired =
                db.list(
                        "UPDATE payment SET status = 'cancelled', next_status = NULL, due_at = NULL"
                                + " WHERE due_at <= ? AND carrier = ? AND next_status = 'cancelled' RETURNING *",
                        Payment::of,
                        now,
                        operator.code());
        expired.forEach(this::tell);
        db.update(
                """
                UPDATE payment SET status = next_status,
                       paid_at = CASE WHEN next_status = 'succeeded' THEN ?::timestamptz END,
                       due_at = CASE WHEN next_status IN ('reserved', 'pending_validation') THEN due_at + make_interval(secs => ?) END,
                       next_status = CASE WHEN next_status IN ('reserved', 'pending_validation') THEN 'cancelled' END
                 WHERE due_at <= ? AND carrier = ?
                """,
                now,
                operator.reservation().toSeconds(),
                now,
                operator.code());
        // What ends in 97 is CHARGE_REVERSED; written out, as the index has it.
        db.update(
                """
                INSERT INTO refund (id, payment, client, correlator, reference, type, amount, reason, status, created_at, refunded_at)
                SELECT 'reversed-' || id, id, client, 'reversed-' || id, reference, 'total', amount, 'reversed by the carrier', 'succeeded', ?, ?
                  FROM payment WHERE carrier = ? AND status = 'succeeded' AND right(line, 2) = '97' AND paid_at < ?
                   AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.payment = payment.id AND r.status <> 'denied') ON CONFLICT DO NOTHING
                """,
                now,
                now,
                operator.code(),
                now.minus(REVERSED));
    }

    Optional<Payment> payment(String id) {
        settle();
        return db.one(
                "SELECT * FROM payment WHERE carrier = ? AND id = ?",
                Payment::of,
                operator.code(),
                id);
    }

    /** Of one application, a page in order. {@code line}: only those, or null. */
    Server.Reply list(String client, @Nullable String line, Camara.Query query, String page) {
        settle();
        return query.page(
                db,
                "payment WHERE carrier = ? AND client = ? AND (?::text IS NULL OR line = ?)",
                Payment::of,
                payment -> payment.view(page),
                operator.code(),
                client,
                line,
                line);
    }

    /** The payment, if the application, and with a three-legged token the line, is the one that made it. */
    Payment theirs(Tokens.Token token, String id) {
        return payment(id)
                .filter(payment -> payment.client().equals(token.client()))
                .filter(payment -> token.line() == null || payment.line().equals(token.line()))
                .orElseThrow(Camara::notFound);
    }

    /** By what a request about a payment can be told to go wrong. */
    Optional<Mishaps.Marks> marks(String id) {
        return db.one(
                "SELECT reference, line FROM payment WHERE id = ?",
                row -> new Mishaps.Marks(row.getString(1), row.getString(2), null, 0),
                id);
    }

    Operator operator() {
        return operator;
    }
}
