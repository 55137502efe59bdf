package org.facevalue.platform.carrier;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.facevalue.platform.carrier.CarrierExchange.Called;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Transport;
import tools.jackson.databind.JsonNode;

/** Lists of a carrier's, page by page. */
final class CarrierLists {
    private static final int PAGE = 50;
    private static final int MOST_PAGES = 200;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final String END = "end";

    /** How CAMARA's code for that ends. */
    private static final String TOO_MANY = "TOO_MANY_MATCHING_RECORDS";

    private final CarrierExchange exchange;

    CarrierLists(CarrierExchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Reads the payments made from {@code from} until {@code until}, both included, oldest first, as long as {@code more} wants them. A time with too many
     * for one list is read in halves, so that one may be seen twice.
     */
    Answer<String> payments(
            Transport transport,
            CarrierProfile profile,
            Instant from,
            Instant until,
            String correlator,
            Predicate<JsonNode> more) {
        var uri =
                CarrierBilling.billing(profile)
                        + "/payments?order=asc&paymentCreationDate.gte="
                        + CarrierBilling.encoded(from.toString())
                        + "&paymentCreationDate.lte="
                        + CarrierBilling.encoded(until.toString())
                        + "&";
        var read = read(transport, profile, uri, correlator, more);
        boolean tooMany = read instanceof Answer.Unknown<String>(var why) && why.endsWith(TOO_MANY);
        if (!tooMany || Duration.between(from, until).compareTo(SHORTEST) < 0) return read;
        var middle = from.plus(Duration.between(from, until).dividedBy(2));
        var earlier = payments(transport, profile, from, middle, correlator, more);
        return earlier instanceof Answer.Done<String>(var how) && how.equals(END)
                ? payments(transport, profile, middle, until, correlator, more)
                : earlier;
    }

    /**
     * Reads the list as long as {@code more} wants it; done when it does not, or at the end.
     *
     * @param uri ends where a parameter may follow
     */
    Answer<String> read(
            Transport transport,
            CarrierProfile profile,
            String uri,
            String correlator,
            Predicate<JsonNode> more) {
        for (int page = 1; page <= MOST_PAGES; page++) {
            var next = uri + "page=" + page + "&perPage=" + PAGE;
            switch (exchange.call(transport, profile, "GET", next, null, correlator)) {
                case Called.Yes(var list) when list.isArray() -> {
                    for (var one : list) if (!more.test(one)) return new Answer.Done<>("stopped");
                    // An empty page is the end; a short one may only be a carrier that gives fewer
                    // a page than was asked.
                    if (list.isEmpty()) return new Answer.Done<>(END);
                }
                case Called.Yes(var body) -> {
                    return new Answer.Unknown<>("no list");
                }
                case Called.No(var status, var code) -> {
                    return new Answer.Unknown<>(code);
                }
                case Called.Lost(var why) -> {
                    return new Answer.Unknown<>(why);
                }
            }
        }
        return new Answer.Unknown<>(TOO_MANY);
    }
}
