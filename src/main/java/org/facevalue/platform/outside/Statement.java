package org.facevalue.platform.outside;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.facevalue.platform.outside.Transport.Request;

/** What a party has in its books of a time, read page by page: {@code {data, more}}, each page after the last reference of the one before. */
public final class Statement {
    private static final int MOST_PAGES = 2_000;

    private Statement() {}

    /**
     * One entry of somebody else's books.
     *
     * @param reference as we gave it
     * @param amount in minor units
     * @param status in their words
     */
    public record Entry(String reference, long amount, String status, Instant at) {}

    /** @param amount the field that holds it */
    public static Answer<List<Entry>> read(
            Transport transport, URI address, Instant from, Instant until, String amount) {
        var entries = new ArrayList<Entry>();
        var after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            var uri =
                    URI.create(
                            address
                                    + "?from="
                                    + from
                                    + "&until="
                                    + until
                                    + "&after="
                                    + URLEncoder.encode(after, StandardCharsets.UTF_8));
            var answer = JsonExchange.send(transport, Request.get(uri, Map.of()));
            if (!(answer instanceof Answer.Done<tools.jackson.databind.JsonNode>(var body)))
                return answer.then(done -> new Answer.Unknown<>("no statement"));
            try {
                for (var row : body.path("data")) {
                    if (!row.path(amount).isIntegralNumber()
                            || !row.path("currency").asString("").equals("KRW"))
                        return new Answer.Unknown<>("an entry without a whole amount in won");
                    entries.add(
                            new Entry(
                                    row.path("reference").asString(""),
                                    row.path(amount).asLong(0),
                                    row.path("status").asString(""),
                                    Instant.parse(row.path("created_at").asString(""))));
                }
            } catch (DateTimeParseException e) {
                return new Answer.Unknown<>("an entry without a time");
            }
            if (!body.path("more").asBoolean(false) || entries.isEmpty())
                return new Answer.Done<>(entries);
            after = entries.getLast().reference();
        }
        return new Answer.Unknown<>("too many to look through");
    }
}
