package org.facevalue.sandbox;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;

/** What a party has in its books of a time, page by page. */
final class Statements {
    private static final int PAGE = 500;

    private Statements() {}

    /**
     * {@code from} and {@code until} as instants, and {@code after}: the last reference of the page before.
     *
     * @param whose a statement that ends where conditions may follow; its only parameter is {@code owner}, where there is one
     */
    static Reply of(
            Request request,
            Db db,
            String whose,
            Db.Row<Map<String, Object>> row,
            String... owner) {
        try {
            var query = request.query();
            var values = new ArrayList<Object>(List.of(owner));
            values.add(Instant.parse(query.getOrDefault("from", "")));
            values.add(Instant.parse(query.getOrDefault("until", "")));
            values.add(query.getOrDefault("after", ""));
            var rows =
                    db.list(
                            whose
                                    + "created_at >= ? AND created_at < ? AND reference > ? ORDER BY reference LIMIT "
                                    + PAGE,
                            row,
                            values.toArray());
            return Reply.of(200, Map.of("data", rows, "more", rows.size() == PAGE));
        } catch (DateTimeParseException e) {
            return Issuer.error(400, "INVALID", "from and until");
        }
    }
}
