package org.facevalue.platform.carrier;

import java.util.Map;
import org.facevalue.platform.carrier.CarrierExchange.Called;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Transport;
import org.jspecify.annotations.Nullable;

/** The client of CAMARA KYC Fill-in 0.4: what the carrier has verified of whoever holds a line. */
final class CarrierSubscribers {
    private static final int NOT_FOUND = 404;
    private final CarrierExchange exchange;

    CarrierSubscribers(CarrierTokens tokens) {
        this.exchange = new CarrierExchange(tokens);
    }

    /** @param country where they live, ISO 3166-1 alpha-2; null where the carrier does not say */
    record Subscriber(@Nullable String country) {}

    /** @param number E.164; absent where it is no line of the carrier's */
    Answer<Subscriber> of(
            Transport transport, CarrierProfile profile, String number, String correlator) {
        var uri = profile.address() + "/kyc-fill-in/v0.4/fill-in";
        var body = Map.of("phoneNumber", number);
        return switch (exchange.call(transport, profile, "POST", uri, body, correlator)) {
            case Called.Yes(var known)
                    when !known.path("phoneNumber").asString("").equals(number) ->
                    new Answer.Odd<>("another line");
            case Called.Yes(var known) -> {
                var country = known.path("country").asString("");
                yield new Answer.Done<>(
                        new Subscriber(country.matches("[A-Z]{2}") ? country : null));
            }
            case Called.No(var status, var code) when status == NOT_FOUND -> new Answer.Absent<>();
            case Called.No(var status, var code) -> new Answer.Declined<>(code);
            case Called.Lost(var why) -> new Answer.Unknown<>(why);
        };
    }
}
