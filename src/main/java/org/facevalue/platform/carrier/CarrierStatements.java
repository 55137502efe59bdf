package org.facevalue.platform.carrier;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import org.facevalue.platform.carrier.CarrierExchange.Called;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Statement;
import org.facevalue.platform.outside.Transport;
import tools.jackson.databind.JsonNode;

/** What a carrier has in its own books, by the lists of both CAMARA definitions: for who compares books. */
public final class CarrierStatements {
    private final CarrierExchange exchange;
    private final CarrierLists lists;

    CarrierStatements(CarrierTokens tokens) {
        this.exchange = new CarrierExchange(tokens);
        this.lists = new CarrierLists(exchange);
    }

    /** One payment of a carrier's own books. {@code entry}: under our reference. */
    public record Paid(String paymentId, boolean succeeded, Statement.Entry entry) {}

    /** The payments made from {@code from} on and before {@code until}, by the carrier's own list. */
    public Answer<List<Paid>> statement(
            Transport transport, CarrierProfile profile, Instant from, Instant until) {
        var paid = new LinkedHashMap<String, Paid>();
        try {
            return lists.payments(
                            transport,
                            profile,
                            from,
                            until,
                            "reconciliation",
                            payment -> {
                                var one = paid(payment);
                                paid.put(one.paymentId(), one);
                                return true;
                            })
                    .then(end -> new Answer.Done<>(List.copyOf(paid.values())));
        } catch (DateTimeParseException | ArithmeticException e) {
            return new Answer.Unknown<>("a payment that cannot be read: " + e.getMessage());
        }
    }

    /** Throws where there is no time, or no whole amount of won. */
    private static Paid paid(JsonNode payment) {
        var transaction = payment.path("amountTransaction");
        var information = transaction.path("paymentAmount").path("chargingInformation");
        var status = payment.path("paymentStatus").asString("");
        return new Paid(
                payment.path("paymentId").asString(""),
                status.equals("succeeded"),
                new Statement.Entry(
                        transaction.path("referenceCode").asString(""),
                        won(information),
                        status,
                        OffsetDateTime.parse(payment.path("paymentCreationDate").asString(""))
                                .toInstant()));
    }

    private static long won(JsonNode information) {
        if (!information.path("currency").asString("").equals("KRW")
                || !information.path("amount").isNumber())
            throw new ArithmeticException("no amount in won");
        return information.path("amount").decimalValue().longValueExact();
    }

    /** How much of it was refunded, by the carrier's own books: what has not remained. */
    public Answer<Statement.Entry> refunded(
            Transport transport, CarrierProfile profile, Paid paid) {
        var uri =
                profile.address()
                        + "/carrier-billing-refund/v0.3/payments/"
                        + CarrierBilling.encoded(paid.paymentId())
                        + "/refunds/remaining-amount";
        return switch (exchange.call(
                transport, profile, "GET", uri, null, paid.entry().reference())) {
            case Called.Yes(var body) when body.path("amount").isIntegralNumber() ->
                    new Answer.Done<>(
                            new Statement.Entry(
                                    paid.entry().reference(),
                                    paid.entry().amount() - won(body),
                                    "refunded",
                                    paid.entry().at()));
            case Called.Yes y -> new Answer.Unknown<>("no amount");
            case Called.No(var status, var code) -> new Answer.Unknown<>(code);
            case Called.Lost(var why) -> new Answer.Unknown<>(why);
        };
    }
}
