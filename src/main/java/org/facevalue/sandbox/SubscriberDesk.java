package org.facevalue.sandbox;

import java.util.LinkedHashMap;
import java.util.Optional;
import org.facevalue.sandbox.Mishaps.Marks;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;

/** A carrier's CAMARA KYC Fill-in 0.4: what it knows of whoever holds a line, as far as it gives it to us, which is the country. */
final class SubscriberDesk {
    private static final String SCOPE = "kyc-fill-in:fill-in";
    private final Operator operator;
    private final Db db;
    private final Tokens tokens;

    SubscriberDesk(Operator operator, Db db, Tokens tokens) {
        this.operator = operator;
        this.db = db;
        this.tokens = tokens;
    }

    void routes(Server server) {
        server.route(
                "POST",
                "/" + operator.code() + "/kyc-fill-in/v0.4/fill-in",
                Deed.ASK,
                SubscriberDesk::marks,
                Camara.refusing(this::fillIn));
    }

    private static Optional<Marks> marks(Request request) {
        return Optional.ofNullable(request.header("x-correlator")).map(Marks::of);
    }

    private Reply fillIn(Request request) {
        var token = tokens.bearing(request, SCOPE);
        var line = Camara.line(token, request.json());
        operator.wants(line, db);
        var known = new LinkedHashMap<String, Object>();
        known.put("phoneNumber", line);
        if (Scenario.is(Scenario.LIVES_ABROAD, line)) known.put("country", "GB");
        else if (!Scenario.is(Scenario.RESIDENCE_UNKNOWN, line))
            known.put("country", operator.country());
        return Reply.of(200, known);
    }
}
