package org.facevalue.platform.carrier;

import java.util.function.Predicate;
import org.facevalue.platform.carrier.CarrierExchange.Called;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Transport;
import tools.jackson.databind.JsonNode;

/** Lists of a carrier's, page by page. */
final class CarrierLists {
    private static final int PAGE = 50;
    private static final int MOST_PAGES = 200;
    private final CarrierExchange exchange;

    CarrierLists(CarrierExchange exchange) {
        this.exchange = exchange;
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
                    if (list.isEmpty()) return new Answer.Done<>("end");
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
        return new Answer.Unknown<>("too many to look through");
    }
}
