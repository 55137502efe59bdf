package org.facevalue.sandbox;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.facevalue.sandbox.Mishaps.Marks;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;

/** The dispute body: takes a file when it is complete, and gives it a number. */
final class Mediation {
    private final Db db;
    private final SandboxClock clock;

    Mediation(Db db, SandboxClock clock) {
        this.db = db;
        this.clock = clock;
    }

    void routes(Server server) {
        var one = "/mediation/cases/([^/]+)";
        Mishaps.Reading named = request -> Optional.of(Marks.of(request.part(0)));
        server.route("PUT", one, Deed.UNDO, named, this::take);
        server.route("GET", one, Deed.ASK, named, this::read);
    }

    private Reply take(Request request) {
        var body = request.json();
        var names = new HashSet<String>();
        for (var each : body.path("documents"))
            if (!each.path("content").asString("").isEmpty())
                names.add(each.path("name").asString(""));
        boolean complete =
                names.contains("request.pdf") && names.contains("history.pdf") && names.size() > 2;
        if (!complete) return Issuer.error(422, "INCOMPLETE", "request, history and evidence");
        long amount = body.path("amount").asLong(0);
        if (Scenario.is(Scenario.CASE_NOT_TAKEN, amount)
                || Scenario.is(Scenario.CASE_NOT_TAKEN_YET, amount))
            return Issuer.error(422, "NOT_COMPETENT", "not a case for this body");
        db.update(
                """
                INSERT INTO mediation_case (id, number, party, documents, created_at)
                VALUES (?, 'MC-' || lpad(nextval('mediation_number')::text, 6, '0'), ?, ?, ?) ON CONFLICT (id) DO NOTHING
                """,
                request.part(0),
                body.path("party").asString(""),
                names.size(),
                clock.now());
        return read(request);
    }

    private Reply read(Request request) {
        return db.one(
                        "SELECT * FROM mediation_case WHERE id = ?",
                        row ->
                                Map.<String, Object>of(
                                        "id",
                                        row.getString("id"),
                                        "case_number",
                                        row.getString("number"),
                                        "documents",
                                        row.getInt("documents")),
                        request.part(0))
                .map(found -> Reply.of(200, found))
                .orElseGet(() -> Issuer.error(404, "NOT_FOUND", "no such case"));
    }
}
