package org.facevalue.sandbox;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facevalue.sandbox.Mishaps.Marks;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A carrier's CAMARA Carrier Billing 0.5, every operation of it. */
final class PaymentDesk {
    private static final String CODES = "CARRIER_BILLING";
    private static final List<String> STATUSES =
            List.of(
                    "processing",
                    "pending_validation",
                    "denied",
                    "reserved",
                    "succeeded",
                    "cancelled");
    private static final int CODE_TRIES = 3;
    private final Operator operator;
    private final Payments payments;
    private final Db db;
    private final Tokens tokens;
    private final String base;
    private final String page;

    PaymentDesk(Payments payments, Db db, Tokens tokens) {
        this.operator = payments.operator();
        this.payments = payments;
        this.db = db;
        this.tokens = tokens;
        this.base = "/" + operator.code() + "/carrier-billing/v0.5/payments";
        this.page = "/" + operator.code() + "/codes";
    }

    void routes(Server server) {
        server.route(
                "POST",
                "/" + operator.code() + "/token",
                Deed.TOKEN,
                request -> Optional.empty(),
                tokens::issue);
        on(server, "POST", base, Deed.CHARGE, request -> create(request, false));
        on(server, "POST", base + "/prepare", Deed.CHARGE, request -> create(request, true));
        on(server, "GET", base, Deed.ASK, this::list);
        on(server, "GET", base + "/([^/]+)", Deed.ASK, this::read);
        on(server, "POST", base + "/([^/]+)/validate", Deed.VALIDATE, this::validate);
        on(server, "POST", base + "/([^/]+)/confirm", Deed.CONFIRM, this::confirm);
        on(server, "POST", base + "/([^/]+)/cancel", Deed.CANCEL, this::cancel);
        server.route("GET", page + "/([^/]+)", this::codePage);
        server.route("POST", page + "/([^/]+)", this::codeGiven);
    }

    private void on(Server server, String method, String path, Deed deed, Server.Handler handler) {
        server.route(method, path, deed, this::marks, Camara.refusing(handler));
    }

    private Optional<Marks> marks(Request request) {
        var transaction = request.json().path("amountTransaction");
        var line = transaction.path("phoneNumber").asString("");
        if (!line.isEmpty())
            return Optional.of(
                    new Marks(transaction.path("referenceCode").asString(""), line, null, 0));
        // Who looks for a payment names it in the header at least.
        if (request.parts().isEmpty())
            return Optional.ofNullable(request.header("x-correlator")).map(Marks::of);
        return payments.marks(request.part(0));
    }

    private Reply create(Request request, boolean twoStep) {
        var token = tokens.bearing(request, "carrier-billing:payments:create");
        var body = request.json();
        var transaction = Camara.object(body, "amountTransaction");
        var amount = Camara.object(transaction, "paymentAmount");
        var information = Camara.object(amount, "chargingInformation");
        long won = Camara.won(information);
        var items = items(amount, information);
        var merchantIdentifier =
                Camara.maybe(amount.path("chargingMetaData"), "merchantIdentifier");
        var reference = Camara.text(transaction, "referenceCode");
        var correlator = Camara.maybe(transaction, "clientCorrelator");
        var sink = Camara.Sink.of(body);
        var line = Camara.line(token, transaction);
        applies(line, twoStep);
        if (!request.late() && Scenario.is(Scenario.CHARGE_VERY_LATE, line))
            return Reply.notArrived();
        allowed(line, won);
        var wanted =
                new Payments.Wanted(
                        token.client(),
                        line,
                        correlator,
                        reference,
                        won,
                        information.path("description").asString(),
                        information.path("isTaxIncluded").asBoolean(false),
                        merchantIdentifier,
                        items == null ? null : items.toString(),
                        sink);
        var payment =
                payments.book(wanted, twoStep)
                        .orElseThrow(
                                () -> Camara.invalid("clientCorrelator already exist on server."));
        return Reply.of(201, payment.view(page))
                .with(Map.of("Location", base + "/" + payment.id()));
    }

    /** {@code paymentDetails}, whose items are of this payment's kind; null when there are none. */
    private static @Nullable JsonNode items(JsonNode amount, JsonNode information) {
        var items = amount.path("paymentDetails");
        if (items.isMissingNode()) return null;
        if (!items.isArray() || items.isEmpty()) throw Camara.invalid("paymentDetails");
        var ids = new HashSet<String>();
        for (var item : items) {
            if (!ids.add(Camara.text(item, "id"))) throw Camara.invalid("id");
            Camara.won(item);
            if (item.path("isTaxIncluded").asBoolean(false)
                    != information.path("isTaxIncluded").asBoolean(false))
                throw Camara.invalid("isTaxIncluded");
        }
        return items;
    }

    private void applies(String line, boolean twoStep) {
        operator.wants(line, db);
        var tariff = Operator.tariffOf(line).orElseThrow();
        boolean billed = twoStep ? tariff.twoStep() : tariff.oneStep();
        if (!billed || Scenario.is(Scenario.LINE_NOT_SUPPORTED, line))
            throw Camara.error(
                    422,
                    "SERVICE_NOT_APPLICABLE",
                    "The service is not available for the provided identifier.");
    }

    private void allowed(String line, long won) {
        if (Scenario.is(Scenario.ANOTHER_SESSION, line))
            throw Camara.error(409, "ALREADY_EXISTS", "Another session is created for the same UE");
        if (Scenario.is(Scenario.CHARGE_DECLINED, line))
            throw Camara.error(403, CODES + ".PAYMENT_DENIED", "Payment denied by business.");
        if (won > operator.largest())
            throw Camara.error(
                    422, CODES + ".UNAUTHORIZED_AMOUNT", "Unauthorized amount requested.");
        if (Scenario.is(Scenario.LINE_AT_ITS_LIMIT, line)
                || payments.billed(line) + won > operator.monthly())
            throw Camara.error(
                    422,
                    CODES + ".USER_AMOUNT_THRESHOLD_OVERPASSED",
                    "Unauthorized payment request. Accumulated user mobile payments overpass account amount threshold.");
    }

    private Reply read(Request request) {
        var token = tokens.bearing(request, "carrier-billing:payments:read");
        return Reply.of(200, payments.theirs(token, request.part(0)).view(page));
    }

    private Reply list(Request request) {
        var token = tokens.bearing(request, "carrier-billing:payments:read");
        var query =
                Camara.Query.of(request, CODES, "paymentCreationDate", "paymentStatus", STATUSES);
        return payments.list(token.client(), token.line(), query, page);
    }

    private Reply validate(Request request) {
        var token = tokens.bearing(request, "carrier-billing:payments:write");
        var authorization = Camara.text(request.json(), "authorizationId");
        var code = Camara.text(request.json(), "code");
        var payment = payments.theirs(token, request.part(0));
        if (!authorization.equals(payment.authorizationId()))
            throw Camara.error(
                    400, CODES + ".INVALID_AUTHORIZATION_ID", "Invalid authorizationId.");
        validate(payment, code);
        return Reply.empty(204);
    }

    private void validate(Payment payment, String code) {
        switch (payment.status()) {
            case "pending_validation" -> {
                // What follows is about the code.
            }
            case "reserved", "succeeded" ->
                    throw Camara.error(409, "ALREADY_EXISTS", "Payment already validated");
            default -> throw failed();
        }
        if (code.equals(payment.code())) {
            payments.become(payment, "pending_validation", "reserved");
            return;
        }
        payments.wrongCode(payment);
        if (payment.wrongCodes() + 1 < CODE_TRIES)
            throw Camara.error(400, CODES + ".INVALID_CODE", "Invalid code.");
        payments.become(payment, "pending_validation", "denied");
        throw failed();
    }

    private static Camara.Refusal failed() {
        return Camara.error(
                400,
                CODES + ".VALIDATION_FAILED",
                "the maximum number of attempts have been consumed for this validation.");
    }

    private Reply confirm(Request request) {
        var payment = second(request);
        if (Scenario.is(Scenario.CONFIRM_DENIED, payment.line())) {
            payments.become(payment, "reserved", "denied");
            throw Camara.error(403, CODES + ".PAYMENT_DENIED", "Payment denied by business.");
        }
        if (!payments.become(payment, "reserved", "succeeded")) throw conflict(payment.id());
        return Reply.empty(202);
    }

    private Reply cancel(Request request) {
        var payment = second(request);
        boolean done =
                payments.become(payment, "reserved", "cancelled")
                        || payments.become(payment, "pending_validation", "cancelled");
        if (!done) throw conflict(payment.id());
        return Reply.empty(202);
    }

    /** The payment of both second steps, whose line has to be named as for the first. */
    private Payment second(Request request) {
        var token = tokens.bearing(request, "carrier-billing:payments:write");
        var line = Camara.line(token, request.json());
        operator.wants(line, db);
        var payment = payments.theirs(token, request.part(0));
        if (!payment.line().equals(line))
            throw Camara.error(404, "IDENTIFIER_NOT_FOUND", "Phone number not found.");
        return payment;
    }

    private Camara.Refusal conflict(String id) {
        return switch (payments.payment(id).orElseThrow().status()) {
            case "succeeded" ->
                    Camara.error(
                            409, CODES + ".PAYMENT_CONFIRMED", "The payment is confirmed already.");
            case "cancelled" ->
                    Camara.error(
                            409, CODES + ".PAYMENT_CANCELLED", "The payment is cancelled already.");
            default -> Camara.error(409, "ALREADY_EXISTS", "The payment is not in that state.");
        };
    }

    /** The carrier's own page for the code that it has sent to the phone. */
    private Reply codePage(Request request) {
        if (payments.payment(request.part(0)).isEmpty()) return Reply.of(404, "no such payment");
        return Reply.of(
                200,
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Your code</title>"
                        + "<form method=\"post\"><label>Code <input name=\"code\" inputmode=\"numeric\"></label> <button>Send</button></form></html>");
    }

    private Reply codeGiven(Request request) {
        var payment = payments.payment(request.part(0));
        if (payment.isEmpty()) return Reply.of(404, "no such payment");
        try {
            validate(payment.get(), request.form().getOrDefault("code", ""));
            return Reply.of(200, "The code was right.");
        } catch (Camara.Refusal refusal) {
            return Reply.of(400, "The code was not right.");
        }
    }
}
