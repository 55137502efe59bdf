package org.facevalue.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.facevalue.sandbox.Scenario.Where;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Decides which requests and notices go wrong, by command or by the numbers in them, and spoils their answers. */
final class Mishaps {
    private static final long SLOW_MILLIS = 20_000;
    private static final long MORE = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Db db;
    private volatile boolean ordered;

    Mishaps(Db db) {
        this.db = db;
        this.ordered = true;
    }

    /**
     * By what a request can be told to go wrong.
     *
     * @param reference the caller's, the same with every party; a suffix after a dash does not matter
     * @param account or null
     * @param faceValue or 0
     */
    record Marks(
            String reference, @Nullable String line, @Nullable String account, long faceValue) {
        /** Of a request that names both. */
        static Optional<Marks> ofVoucher(Request request) {
            var body = request.json();
            return Optional.of(
                    new Marks(
                            body.path("reference").asString(""),
                            null,
                            null,
                            body.path("face_value").asLong(0)));
        }

        static Marks of(String reference) {
            return new Marks(reference, null, null, 0);
        }
    }

    void routes(Server server) {
        server.route("POST", "/sandbox/mishaps", this::order);
        server.route(
                "GET", "/sandbox/mishaps", request -> Reply.of(200, Map.of("data", waiting())));
        server.route(
                "DELETE",
                "/sandbox/mishaps",
                request -> {
                    db.update("DELETE FROM ordered_mishap");
                    ordered = false;
                    return Reply.empty(204);
                });
    }

    /**
     * {@code {party, deed, line, mishap, times}}: the next so many answers of the party; without a deed to whatever it is asked, without a line whomever it
     * is about.
     */
    private Reply order(Request request) {
        var body = request.json();
        var party = body.path("party").asString("");
        var deed = body.path("deed").asString("");
        var mishap = body.path("mishap").asString("");
        var line = body.path("line").asString("");
        int times = body.path("times").asInt(1);
        boolean known = List.of(Mishap.values()).stream().anyMatch(m -> m.name().equals(mishap));
        boolean knownDeed =
                deed.isEmpty()
                        || List.of(Deed.values()).stream().anyMatch(d -> d.name().equals(deed));
        if (party.isEmpty() || !known || !knownDeed || times < 1 || times > 1_000_000)
            return Issuer.error(400, "INVALID", "party, deed, mishap and times");
        db.update(
                "INSERT INTO ordered_mishap (party, deed, line, mishap, times) VALUES (?, ?, ?, ?, ?)",
                party,
                deed.isEmpty() ? null : deed,
                line.isEmpty() ? null : line,
                mishap,
                times);
        ordered = true;
        return Reply.of(201, Map.of("data", waiting()));
    }

    private List<Map<String, Object>> waiting() {
        return db.list(
                "SELECT * FROM ordered_mishap WHERE times > 0 ORDER BY id",
                row ->
                        Map.<String, Object>of(
                                "party",
                                row.getString("party"),
                                "deed",
                                Objects.requireNonNullElse(row.getString("deed"), ""),
                                "line",
                                Objects.requireNonNullElse(row.getString("line"), ""),
                                "mishap",
                                row.getString("mishap"),
                                "times",
                                row.getInt("times")));
    }

    /** What goes wrong with a request; null when nothing does. */
    @Nullable Mishap of(String party, Deed deed, Marks marks) {
        if (ordered && marks.line() != null) remember(marks.reference(), marks.line());
        String line = ordered ? line(marks) : null;
        var byCommand = line == null ? null : next(party, deed.name(), line, false);
        if (byCommand != null) return byCommand;
        var reference = marks.reference();
        for (var provoked : Scenario.PROVOKED) {
            if (provoked.deed() != deed) continue;
            if (provoked.where() == Where.LINE && line == null) line = line(marks);
            if (!chosen(provoked, marks, line)) continue;
            if (provoked.always() || first(provoked.name(), reference)) return provoked.mishap();
        }
        return null;
    }

    /** What goes wrong with the notices about {@code line}; null when nothing does. */
    @Nullable Mishap ofNotice(String party, String line) {
        var byCommand = next(party, "NOTICE", line, true);
        if (byCommand != null) return byCommand;
        for (var provoked : Scenario.PROVOKED)
            if (provoked.deed() == null && line.endsWith(String.valueOf(provoked.ending())))
                return provoked.mishap();
        return null;
    }

    private @Nullable Mishap next(String party, String deed, String line, boolean notice) {
        if (!ordered) return null;
        return db.one(
                        """
                        UPDATE ordered_mishap SET times = times - 1 WHERE id = (
                               SELECT id FROM ordered_mishap
                                WHERE times > 0 AND party = ? AND (deed IS NULL OR deed = ?)
                                  AND (line IS NULL OR line = ?) AND (mishap LIKE 'NOTICE%') = ?
                                ORDER BY id LIMIT 1 FOR UPDATE) RETURNING mishap
                        """,
                        row -> Mishap.valueOf(row.getString(1)), party, deed, line, notice)
                .orElse(null);
    }

    private static boolean chosen(Scenario.Provoked provoked, Marks marks, @Nullable String line) {
        var ending = String.valueOf(provoked.ending());
        return switch (provoked.where()) {
            case LINE -> line != null && line.endsWith(ending);
            case ACCOUNT -> marks.account() != null && marks.account().endsWith(ending);
            case FACE_VALUE -> marks.faceValue() % 1_000 == provoked.ending();
        };
    }

    /** Whoever is not the carrier knows the line by the reference, which all parties were given. */
    private @Nullable String line(Marks marks) {
        if (marks.line() != null) return marks.line();
        var reference = marks.reference().replaceFirst("-(net|back|refund)$", "");
        return db.one(
                        """
                        SELECT line FROM payment WHERE reference = ?
                        UNION ALL SELECT line FROM named_line WHERE reference = ? LIMIT 1
                        """,
                        row -> row.getString(1),
                        reference,
                        reference)
                .orElse("");
    }

    private void remember(String reference, String line) {
        db.update(
                "INSERT INTO named_line (reference, line) VALUES (?, ?) ON CONFLICT DO NOTHING",
                reference,
                line);
    }

    private boolean first(String name, String reference) {
        return db.update("INSERT INTO lost VALUES (?, ?) ON CONFLICT DO NOTHING", name, reference)
                == 1;
    }

    /** The answer of a request that does not get as far as whoever was asked. */
    static Reply instead(Mishap mishap) {
        return switch (mishap) {
            case ERROR_500 -> error(500);
            case ERROR_502 -> error(502);
            case ERROR_503 -> error(503);
            case TOO_MANY -> error(429).with(Map.of("Retry-After", "1"));
            default -> Reply.gone();
        };
    }

    private static Reply error(int status) {
        return Reply.of(
                status,
                Map.of(
                        "status",
                        status,
                        "code",
                        status == 429 ? "TOO_MANY_REQUESTS" : "INTERNAL",
                        "message",
                        "provoked"));
    }

    /** The answer as it arrives. */
    Reply spoiled(Mishap mishap, Reply reply) {
        if (reply.lost() || reply.held()) return reply;
        return switch (mishap) {
            case ANSWER_LOST -> Reply.gone();
            case ERROR_AFTER -> error(500);
            case HALF_A_BODY -> reply.half();
            case WRONG_CONTENT_TYPE ->
                    Reply.of(reply.status(), "<!doctype html><title>Welcome</title>");
            case SLOW -> slow(reply);
            case WRONG_AMOUNT, WRONG_CURRENCY, SOMEONE_ELSES, DUPLICATE_ID ->
                    reply.body() == null
                            ? reply
                            : reply.saying(changed(mishap, JSON.valueToTree(reply.body())));
            default -> reply;
        };
    }

    private static Reply slow(Reply reply) {
        try {
            Thread.sleep(SLOW_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return reply;
    }

    private JsonNode changed(Mishap mishap, JsonNode node) {
        if (node instanceof ArrayNode array) array.forEach(one -> changed(mishap, one));
        if (node instanceof ObjectNode object)
            for (var field : List.copyOf(object.propertyNames())) {
                var value = object.get(field);
                if (value.isContainer()) changed(mishap, value);
                else change(mishap, object, field, value);
            }
        return node;
    }

    private void change(Mishap mishap, ObjectNode object, String field, JsonNode value) {
        switch (mishap) {
            case WRONG_AMOUNT -> {
                if (List.of("amount", "face_value", "pays").contains(field))
                    object.put(field, value.asLong() + MORE);
            }
            case WRONG_CURRENCY -> {
                if (field.equals("currency")) object.put(field, "USD");
            }
            case SOMEONE_ELSES -> {
                if (List.of("clientCorrelator", "reference").contains(field))
                    object.put(field, "00000000-0000-7000-8000-000000000000");
            }
            default -> {
                if (field.equals("paymentId"))
                    earlier(value.asString("")).ifPresent(id -> object.put(field, id));
                if (field.equals("voucher_code"))
                    used(value.asString("")).ifPresent(code -> object.put(field, code));
                boolean voucher = object.has("voucher_code");
                if (field.equals("reference") && !voucher || field.equals("refundId"))
                    object.put(field, "given-out-before");
            }
        }
    }

    /** The identifier of the first payment of the same line, or else of another one of the same carrier. */
    private Optional<String> earlier(String id) {
        return db.one(
                """
                SELECT other.id FROM payment JOIN payment AS other USING (carrier, client)
                 WHERE payment.id = ? AND other.id <> payment.id ORDER BY other.line = payment.line DESC, other.created_at LIMIT 1
                """,
                row -> row.getString(1),
                id);
    }

    /** The code of a voucher that was used before. */
    private Optional<String> used(String code) {
        return db.one(
                "SELECT code FROM voucher_order WHERE code <> ? AND status = 'REDEEMED' ORDER BY created_at DESC LIMIT 1",
                row -> row.getString(1),
                code);
    }

    /** Of one request at a route. */
    interface Reading {
        Optional<Marks> marks(Request request);
    }
}
