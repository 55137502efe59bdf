package org.facevalue.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facevalue.sandbox.Mishaps.Marks;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;

/** The texts that carriers bring to phones. A text is put under its sender's identifier: the same again is the same text. */
final class Phones {
    private static final int LONGEST = 2_000;
    private final Db db;
    private final SandboxClock clock;

    Phones(Db db, SandboxClock clock) {
        this.db = db;
        this.clock = clock;
    }

    void routes(Server server, Operator operator) {
        server.route(
                "PUT",
                "/" + operator.code() + "/messages/([^/]+)",
                Deed.TEXT,
                Phones::marks,
                request -> take(operator, request));
    }

    private static Optional<Marks> marks(Request request) {
        return Optional.of(
                new Marks(request.part(0), request.json().path("to").asString(null), null, 0));
    }

    private Reply take(Operator operator, Request request) {
        var to = request.json().path("to").asString("");
        var text = request.json().path("text").asString("");
        if (!operator.has(to)) return Issuer.error(422, "NO_SUCH_LINE", "to");
        if (text.isEmpty() || text.length() > LONGEST) return Issuer.error(400, "INVALID", "text");
        db.update(
                "INSERT INTO phone_text (id, line, text, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                request.part(0),
                to,
                text,
                clock.now());
        return Reply.of(200, Map.of("id", request.part(0), "to", to));
    }

    List<String> of(String line) {
        return db.list(
                "SELECT text FROM phone_text WHERE line = ? ORDER BY created_at, id",
                row -> row.getString(1),
                line);
    }
}
