package org.facevalue.sandbox;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What both CAMARA definitions share: the form of an error, the rules for what comes in, and lists by pages. */
final class Camara {
    private static final int MOST_PER_PAGE = 100;
    private static final long MOST_MATCHING = 10_000;

    private Camara() {}

    /** A request that is refused, and with what. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Reply reply;

        Refusal(Reply reply) {
            super(null, null, false, false);
            this.reply = reply;
        }

        Reply reply() {
            return reply;
        }
    }

    static Refusal error(int status, String code, String message) {
        var body = new LinkedHashMap<String, Object>();
        body.put("status", status);
        body.put("code", code);
        body.put("message", message);
        return new Refusal(Reply.of(status, body));
    }

    static Refusal notFound() {
        return error(404, "NOT_FOUND", "The specified resource is not found.");
    }

    static Refusal invalid(String what) {
        return error(400, "INVALID_ARGUMENT", what);
    }

    /** Answers a refusal as what it says. */
    static Server.Handler refusing(Server.Handler handler) {
        return request -> {
            try {
                var correlator = request.header("x-correlator");
                if (correlator != null && !correlator.matches("[a-zA-Z0-9-_:;./<>{}]{0,256}"))
                    throw invalid("x-correlator");
                return handler.handle(request);
            } catch (Refusal refusal) {
                return refusal.reply();
            }
        };
    }

    /** Whose line it is: by the request with a two-legged token, by the token with a three-legged one. */
    static String line(Tokens.Token token, JsonNode where) {
        var named = maybe(where, "phoneNumber");
        if (named != null && token.line() != null)
            throw error(
                    422,
                    "UNNECESSARY_IDENTIFIER",
                    "The phone number is already identified by the access token.");
        var line = named == null ? token.line() : named;
        if (line == null)
            throw error(422, "MISSING_IDENTIFIER", "The phone number cannot be identified.");
        if (!line.matches("\\+[1-9][0-9]{4,14}")) throw invalid("phoneNumber");
        return line;
    }

    /** A text that has to be there. */
    static String text(JsonNode node, String field) {
        var value = node.path(field);
        if (!value.isString() || value.asString().isEmpty())
            throw invalid("Expected property is missing: " + field + ".");
        return value.asString();
    }

    /** A text that may be missing. */
    static @Nullable String maybe(JsonNode node, String field) {
        var value = node.path(field);
        if (value.isMissingNode() || value.isNull()) return null;
        if (!value.isString()) throw invalid(field + " is a text");
        return value.asString();
    }

    static JsonNode object(JsonNode node, String field) {
        var value = node.path(field);
        if (!value.isObject()) throw invalid("Expected property is missing: " + field + ".");
        return value;
    }

    /** The whole won of a {@code ChargingInformation}, or of an item, which has the same fields. */
    static long won(JsonNode information) {
        var amount = information.path("amount");
        if (!amount.isNumber()) throw invalid("Expected property is missing: amount.");
        if (!text(information, "currency").equals("KRW"))
            throw invalid("Currency is unknown or not authorized.");
        text(information, "description");
        flag(information, "isTaxIncluded");
        var tax = information.path("taxAmount");
        if (!tax.isMissingNode() && (!tax.isNumber() || tax.decimalValue().signum() < 0))
            throw invalid("taxAmount");
        var exact = amount.decimalValue().stripTrailingZeros();
        // A won has no parts.
        if (exact.signum() <= 0 || exact.scale() > 0 || exact.precision() - exact.scale() > 15)
            throw invalid("amount");
        return exact.longValueExact();
    }

    static boolean flag(JsonNode node, String field) {
        var value = node.path(field);
        if (!value.isMissingNode() && !value.isBoolean())
            throw invalid(field + " is true or false");
        return value.asBoolean(false);
    }

    static Map<String, Object> chargingInformation(
            long won, String description, boolean taxIncluded) {
        return Map.of(
                "amount",
                won,
                "currency",
                "KRW",
                "description",
                description,
                "isTaxIncluded",
                taxIncluded);
    }

    /** Where notices go. */
    record Sink(@Nullable String address, @Nullable String token) {
        static Sink of(JsonNode body) {
            var address = maybe(body, "sink");
            if (address != null && !address.matches("https://.+"))
                throw error(400, "INVALID_SINK", "sink not valid for the specified protocol");
            var credential = body.path("sinkCredential");
            if (credential.isMissingNode()) return new Sink(address, null);
            if (!credential.path("credentialType").asString("").equals("ACCESSTOKEN"))
                throw error(400, "INVALID_CREDENTIAL", "Only Access token is supported");
            if (!credential.path("accessTokenType").asString("").equals("bearer"))
                throw error(400, "INVALID_TOKEN", "Only bearer token is supported");
            instant(text(credential, "accessTokenExpiresUtc"));
            return new Sink(address, text(credential, "accessToken"));
        }
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw invalid(text + " is no date-time with a time zone");
        }
    }

    /**
     * Filters and page of a list.
     *
     * @param prefix of the error codes
     */
    record Query(
            String prefix,
            Instant from,
            Instant to,
            boolean ascending,
            Set<String> statuses,
            @Nullable String merchantIdentifier,
            int page,
            int perPage) {

        static Query of(
                Request request, String prefix, String dates, String status, List<String> known) {
            var query = request.query();
            var gte = query.get(dates + ".gte");
            var lte = query.get(dates + ".lte");
            var from = gte == null ? Instant.EPOCH : instant(gte);
            var to = lte == null ? Instant.parse("9999-01-01T00:00:00Z") : instant(lte);
            if (from.isAfter(to))
                throw error(400, prefix + ".INVALID_DATE_RANGE", "Invalid date range.");
            var order = query.getOrDefault("order", "desc");
            if (!order.equals("asc") && !order.equals("desc")) throw invalid("order");
            var named = query.get(status);
            var statuses =
                    named == null ? Set.<String>of() : Set.copyOf(List.of(named.split(",", -1)));
            if (!known.containsAll(statuses)) throw invalid(status);
            return new Query(
                    prefix,
                    from,
                    to,
                    order.equals("asc"),
                    statuses,
                    query.get("merchantIdentifier"),
                    number(query, "page", 1, Integer.MAX_VALUE / MOST_PER_PAGE),
                    number(query, "perPage", 10, MOST_PER_PAGE));
        }

        private static int number(Map<String, String> query, String name, int otherwise, int most) {
            var text = query.get(name);
            if (text == null) return otherwise;
            if (!text.matches("-?[0-9]{1,9}")) throw invalid(name);
            int number = Integer.parseInt(text);
            if (number < 1 || number > most)
                throw error(400, "OUT_OF_RANGE", "Client specified an invalid range.");
            return number;
        }

        /**
         * The page of what {@code whose} selects.
         *
         * @param whose a table and conditions, to which those of the query are added
         * @param values its parameters
         */
        <T> Reply page(
                Db db,
                String whose,
                Db.Row<T> row,
                Function<T, Map<String, Object>> view,
                @Nullable Object... values) {
            var filter =
                    " FROM "
                            + whose
                            + " AND created_at BETWEEN ? AND ? AND (?::text IS NULL OR merchant_identifier = ?)"
                            + " AND (? = '' OR status = ANY (string_to_array(?, ',')))";
            var wanted = String.join(",", statuses);
            var all = new ArrayList<>(Arrays.asList(values));
            all.addAll(
                    Arrays.asList(
                            from, to, merchantIdentifier, merchantIdentifier, wanted, wanted));
            long total =
                    db.one("SELECT count(*)" + filter, r -> r.getLong(1), all.toArray()).orElse(0L);
            if (total > MOST_MATCHING)
                throw error(
                        400, prefix + ".TOO_MANY_MATCHING_RECORDS", "Too many matching records.");
            long offset = (page - 1L) * perPage;
            all.add(perPage);
            all.add(offset);
            var order = ascending ? "ASC" : "DESC";
            var found =
                    db.list(
                            "SELECT *"
                                    + filter
                                    + " ORDER BY created_at "
                                    + order
                                    + ", id LIMIT ? OFFSET ?",
                            row,
                            all.toArray());
            return Reply.of(200, found.stream().map(view).toList())
                    .with(
                            Map.of(
                                    "X-Total-Count",
                                    String.valueOf(total),
                                    "Content-Last-Key",
                                    String.valueOf(offset + found.size())));
        }
    }
}
