package org.facevalue.platform.carrier;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.facevalue.platform.carrier.CarrierExchange.Called;
import org.facevalue.platform.carrier.Charge.Fact;
import org.facevalue.platform.carrier.Charge.Status;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Callbacks;
import org.facevalue.platform.outside.Transport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The client of CAMARA Carrier Billing 0.5 and Carrier Billing Refund 0.3. Tokens are two-legged, so every request that may names the phone number.
 * Nothing here decides or remembers: each method makes one call, or one look-up, and says what it means.
 */
public final class CarrierBilling {
    private static final Set<String> WRONG_CODE =
            Set.of("CARRIER_BILLING.INVALID_CODE", "CARRIER_BILLING.VALIDATION_FAILED");

    /** How far the carrier's clock may be off ours when a payment is looked for around its intention. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private final CarrierExchange exchange;
    private final CarrierLists lists;
    private final Callbacks callbacks;
    private final Duration tokenValid = Duration.ofDays(90);

    CarrierBilling(CarrierTokens tokens, Callbacks callbacks) {
        this.exchange = new CarrierExchange(tokens);
        this.lists = new CarrierLists(exchange);
        this.callbacks = callbacks;
    }

    /** {@code preparePayment} in two steps, {@code createPayment} in one. {@code repeat}: it may have been sent before. */
    public Answer<Fact> charge(
            Transport transport, CarrierProfile profile, Charge charge, boolean repeat) {
        var path = profile.twoStep() ? "/payments/prepare" : "/payments";
        var answer =
                exchange.call(
                        transport,
                        profile,
                        "POST",
                        billing(profile) + path,
                        paymentBody(profile, charge),
                        charge.correlator());
        return switch (answer) {
            case Called.No(var status, var code) when repeat && (status == 400 || status == 409) ->
                    // The same code as for a malformed body, so after a first try it means "exists,
                    // look it up", never declined
                    // (test: a_charge_whose_answer_is_lost_is_found_again_and_not_repeated).
                    new Answer.Unknown<>("exists: " + code);
            case Called.No(var status, var code)
                    when status == 408 || status == 409 || status == 425 ->
                    new Answer.Unknown<>("HTTP " + status + " " + code);
            case Called.No(var status, var code) -> new Answer.Declined<>(code);
            case Called.Yes(var body) -> fact(body, charge);
            case Called.Lost(var why) -> new Answer.Unknown<>(why);
        };
    }

    /**
     * What the carrier knows of the charge now: by its identifier where we have it, else by the correlator among the payments made from {@code since}
     * until {@code now}.
     */
    public Answer<Fact> ask(
            Transport transport,
            CarrierProfile profile,
            Charge charge,
            Instant since,
            Instant now) {
        var paymentId = charge.paymentId();
        if (paymentId == null) return find(transport, profile, charge, since, now);
        var uri = billing(profile) + "/payments/" + encoded(paymentId);
        return switch (exchange.call(transport, profile, "GET", uri, null, charge.correlator())) {
            // An identifier that turns out to be somebody else's payment was never ours: the
            // correlator is.
            case Called.Yes(var body) when !bears(body, charge.correlator()) ->
                    find(transport, profile, charge, since, now);
            case Called.Yes(var body) -> fact(body, charge);
            case Called.No(var status, var code) when status == 404 -> new Answer.Absent<>();
            case Called.No(var status, var code) -> new Answer.Unknown<>(code);
            case Called.Lost(var why) -> new Answer.Unknown<>(why);
        };
    }

    private Answer<Fact> find(
            Transport transport,
            CarrierProfile profile,
            Charge charge,
            Instant since,
            Instant now) {
        return among(
                        charge.correlator(),
                        more ->
                                lists.payments(
                                        transport,
                                        profile,
                                        since.minus(CLOCKS_APART),
                                        now.plus(CLOCKS_APART),
                                        charge.correlator(),
                                        more))
                .then(payment -> fact(payment, charge));
    }

    /** What bears the correlator in a list, as far as that is read. */
    private static Answer<JsonNode> among(
            String correlator, Function<Predicate<JsonNode>, Answer<String>> list) {
        var found = new AtomicReference<JsonNode>();
        var looked =
                list.apply(
                        one -> {
                            boolean ours = bears(one, correlator);
                            if (ours) found.set(one);
                            return !ours;
                        });
        var one = found.get();
        return one == null ? looked.then(end -> new Answer.Absent<>()) : new Answer.Done<>(one);
    }

    /** {@code validatePayment}: sends the customer's code. Done means that the code was right; the charge's state is asked for afterwards. */
    public Answer<String> validate(
            Transport transport, CarrierProfile profile, Charge charge, String code) {
        var body =
                Map.of("authorizationId", String.valueOf(charge.authorizationId()), "code", code);
        return switch (exchange.call(
                transport,
                profile,
                "POST",
                paymentUri(profile, charge) + "/validate",
                body,
                charge.correlator())) {
            case Called.Yes y -> new Answer.Done<>("validated");
            case Called.No(var status, var why) when status == 409 ->
                    new Answer.Done<>("validated before");
            case Called.No(var status, var why) when WRONG_CODE.contains(why) ->
                    new Answer.Declined<>(why);
            // Something else is the matter with the payment: the question that follows says what.
            case Called.No(var status, var why) -> new Answer.Unknown<>(why);
            case Called.Lost(var why) -> new Answer.Unknown<>(why);
        };
    }

    /** {@code confirmPayment}. Even a yes only starts it: the money is there when a later question says {@code succeeded}. */
    public Answer<Fact> confirm(Transport transport, CarrierProfile profile, Charge charge) {
        return second(transport, profile, charge, "/confirm");
    }

    /** {@code cancelPayment} of a reservation. It is released when a later question says {@code cancelled}. */
    public Answer<Fact> cancel(Transport transport, CarrierProfile profile, Charge charge) {
        return second(transport, profile, charge, "/cancel");
    }

    private Answer<Fact> second(
            Transport transport, CarrierProfile profile, Charge charge, String what) {
        var body = Map.of("phoneNumber", charge.number());
        return switch (exchange.call(
                transport,
                profile,
                "POST",
                paymentUri(profile, charge) + what,
                body,
                charge.correlator())) {
            case Called.Yes y -> new Answer.Pending<>();
            // Confirmed or cancelled already, or refused: the question that follows says which; a
            // no by itself would leave a reservation standing.
            case Called.No no -> new Answer.Pending<>();
            case Called.Lost(var why) -> new Answer.Unknown<>(why);
        };
    }

    /** {@code createRefund} of the whole charge, every fee included. {@code key}: the refund's correlator. */
    public Answer<String> refund(
            Transport transport,
            CarrierProfile profile,
            Charge charge,
            String key,
            boolean repeat) {
        var body =
                Map.of(
                        "type",
                        "total",
                        "reason",
                        "the customer is made whole",
                        "amountTransaction",
                        Map.of(
                                "clientCorrelator",
                                key,
                                "refundAmount",
                                Map.of(),
                                "referenceCode",
                                key));
        return refunded(
                exchange.call(transport, profile, "POST", refunds(profile, charge), body, key),
                key,
                repeat);
    }

    /** {@code createRefund} of a part. */
    public Answer<String> refundPart(
            Transport transport,
            CarrierProfile profile,
            Charge charge,
            String key,
            long minor,
            boolean repeat) {
        var information =
                Map.of(
                        "amount",
                        minor,
                        "currency",
                        charge.faceValue().currency().getCurrencyCode(),
                        "description",
                        "Facevalue");
        var body =
                Map.of(
                        "type",
                        "partial",
                        "amountTransaction",
                        Map.of(
                                "clientCorrelator",
                                key,
                                "refundAmount",
                                Map.of("chargingInformation", information),
                                "referenceCode",
                                key));
        return refunded(
                exchange.call(transport, profile, "POST", refunds(profile, charge), body, key),
                key,
                repeat);
    }

    private static Answer<String> refunded(Called called, String key, boolean repeat) {
        return switch (called) {
            case Called.Yes(var body) when !bears(body, key) -> new Answer.Odd<>("not our refund");
            case Called.Yes(var body) -> refundStatus(body);
            case Called.No(var status, var code)
                    when repeat && (status == 400 || status == 409 || status == 422) ->
                    new Answer.Unknown<>("exists: " + code);
            case Called.No(var status, var code) -> new Answer.Declined<>(code);
            case Called.Lost(var why) -> new Answer.Unknown<>(why);
        };
    }

    /** The refund with that correlator among those of the charge. */
    public Answer<String> askRefund(
            Transport transport, CarrierProfile profile, Charge charge, String key) {
        return among(
                        key,
                        more ->
                                lists.read(
                                        transport,
                                        profile,
                                        refunds(profile, charge) + "?",
                                        key,
                                        more))
                .then(CarrierBilling::refundStatus);
    }

    private static Answer<String> refundStatus(JsonNode refund) {
        return switch (refund.path("refundStatus").asString("")) {
            case "succeeded" -> new Answer.Done<>(refund.path("refundId").asString(""));
            case "processing" -> new Answer.Pending<>();
            case "denied" -> new Answer.Declined<>("DENIED");
            default -> new Answer.Unknown<>("refund status " + refund.path("refundStatus"));
        };
    }

    private Map<String, Object> paymentBody(CarrierProfile profile, Charge charge) {
        var information = new LinkedHashMap<String, Object>();
        information.put("amount", charge.faceValue().minor());
        information.put("currency", charge.faceValue().currency().getCurrencyCode());
        information.put("description", "Facevalue");
        var transaction = new LinkedHashMap<String, Object>();
        transaction.put("phoneNumber", charge.number());
        transaction.put("clientCorrelator", charge.correlator());
        transaction.put("paymentAmount", Map.of("chargingInformation", information));
        transaction.put("referenceCode", charge.correlator());
        return Map.of(
                "amountTransaction",
                transaction,
                "sink",
                callbacks.address(profile.code()),
                "sinkCredential",
                Map.of(
                        "credentialType",
                        "ACCESSTOKEN",
                        "accessToken",
                        callbacks.token(charge.caller(), Charges.CALLBACK),
                        "accessTokenExpiresUtc",
                        charge.openedAt().plus(tokenValid).toString(),
                        "accessTokenType",
                        "bearer"));
    }

    /** Reads a payment with suspicion: another amount, currency, line or correlator is not our charge. */
    private static Answer<Fact> fact(JsonNode payment, Charge charge) {
        var transaction = payment.path("amountTransaction");
        var information = transaction.path("paymentAmount").path("chargingInformation");
        var id = payment.path("paymentId").asString("");
        if (id.isEmpty() || !bears(payment, charge.correlator()))
            return new Answer.Odd<>("not our payment");
        if (!information.path("amount").isNumber()
                || information
                                .path("amount")
                                .decimalValue()
                                .compareTo(BigDecimal.valueOf(charge.faceValue().minor()))
                        != 0
                || !information
                        .path("currency")
                        .asString("")
                        .equals(charge.faceValue().currency().getCurrencyCode()))
            return new Answer.Odd<>(
                    "another amount: "
                            + information.path("amount")
                            + " "
                            + information.path("currency"));
        var status = status(payment.path("paymentStatus").asString(""));
        if (status == null)
            return new Answer.Unknown<>("payment status " + payment.path("paymentStatus"));
        var authorization = payment.path("validationInfo").path("authorizationId");
        return new Answer.Done<>(
                new Fact(id, status, authorization.isString() ? authorization.asString() : null));
    }

    /** Whether a payment or a refund is the one that was asked for: by its correlator, or where a carrier leaves that out, by our reference. */
    private static boolean bears(JsonNode made, String key) {
        var transaction = made.path("amountTransaction");
        var correlator = transaction.path("clientCorrelator");
        return (correlator.isMissingNode() ? transaction.path("referenceCode") : correlator)
                .asString("")
                .equals(key);
    }

    private static @Nullable Status status(String text) {
        for (var status : Status.values())
            if (status.name().toLowerCase(Locale.ROOT).equals(text)) return status;
        return null;
    }

    static String billing(CarrierProfile profile) {
        return profile.address() + "/carrier-billing/v0.5";
    }

    private static String paymentUri(CarrierProfile profile, Charge charge) {
        return billing(profile) + "/payments/" + encoded(String.valueOf(charge.paymentId()));
    }

    private static String refunds(CarrierProfile profile, Charge charge) {
        return profile.address()
                + "/carrier-billing-refund/v0.3/payments/"
                + encoded(String.valueOf(charge.paymentId()))
                + "/refunds";
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
