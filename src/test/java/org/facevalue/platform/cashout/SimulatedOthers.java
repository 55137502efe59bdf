package org.facevalue.platform.cashout;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.facevalue.platform.outside.JsonExchange;
import org.facevalue.platform.outside.Transport.Reply;
import org.facevalue.platform.outside.Transport.Request;
import tools.jackson.databind.JsonNode;

/**
 * The carrier, the issuer, the provider and the bank behind a simulated network, each with books of its own. What they decide about one reference
 * follows from the seed and the reference, not from when they are asked.
 */
final class SimulatedOthers {
    private final Supplier<Instant> clock;
    private final long seed;
    private final Map<String, Row> payments = new LinkedHashMap<>();
    private final Map<String, Row> refunds = new LinkedHashMap<>();
    private final Map<String, Row> orders = new LinkedHashMap<>();
    private final Map<String, Row> redemptions = new LinkedHashMap<>();
    private final Map<String, Row> transfers = new LinkedHashMap<>();

    SimulatedOthers(Supplier<Instant> clock, long seed) {
        this.clock = clock;
        this.seed = seed;
    }

    /** One entry in somebody's books: what it is now, and what it becomes at a time. */
    final class Row {
        final String reference;
        final long amount;
        final Instant visible;
        final Random dice;
        final Map<String, Object> more = new LinkedHashMap<>();
        private String status;
        private String next;
        private Instant at = Instant.MAX;

        Row(String book, String reference, long amount, Duration hidden) {
            this.reference = reference;
            this.amount = amount;
            this.dice = new Random(seed * 31 + (book + reference).hashCode());
            this.visible = clock.get().plus(dice.nextInt(4) == 0 ? hidden : Duration.ZERO);
        }

        String status() {
            if (!clock.get().isBefore(at)) {
                status = next;
                at = Instant.MAX;
            }
            return status;
        }

        void is(String now) {
            status = now;
            at = Instant.MAX;
        }

        void becomes(String later, Duration in) {
            next = later;
            at = clock.get().plus(in);
        }

        /** Now, or after a while through {@code between}. */
        void decides(String end, String between) {
            is(end);
            if (chance(4)) {
                is(between);
                becomes(end, Duration.ofMillis(500 + dice.nextInt(20_000)));
            }
        }

        boolean chance(int oneIn) {
            return dice.nextInt(oneIn) == 0;
        }

        boolean isVisible() {
            return !clock.get().isBefore(visible);
        }
    }

    static final Duration LAG = Duration.ofSeconds(2);
    private static final Duration HIDDEN = Duration.ofMillis(1_900);

    /** Answers one request that has arrived. */
    Reply answer(Request request) {
        var path = request.uri().getPath();
        var body = request.body() == null ? null : JsonExchange.parse(request.body());
        boolean get = request.method().equals("GET");
        return switch (request.uri().getHost()) {
            case "carrier" -> carrier(get, path, request, body);
            case "issuer" -> issuer(get, path, body);
            case "provider" -> provider(get, path, body);
            case "bank" -> bank(get, path, body);
            default -> throw new IllegalArgumentException(request.toString());
        };
    }

    private Reply carrier(boolean get, String path, Request request, JsonNode body) {
        if (path.equals("/token"))
            return got(200, Map.of("access_token", "token", "expires_in", 3_600));
        var parts = path.split("/");
        if (path.startsWith("/carrier-billing-refund")) return refund(get, parts[4], body);
        if (get && parts.length == 4) return list(payments.values(), request.uri());
        if (parts.length == 4) return pay(body, false);
        if (parts[4].equals("prepare")) return pay(body, true);
        var payment = payments.get(parts[4]);
        if (payment == null) return no(404, "NOT_FOUND");
        if (get) return got(200, shown(payment));
        return switch (parts[5]) {
            case "confirm" ->
                    second(payment, "reserved", payment.chance(12) ? "denied" : "succeeded");
            case "cancel" -> cancel(payment);
            case "validate" -> validate(payment, body);
            default -> no(404, "NOT_FOUND");
        };
    }

    private Reply pay(JsonNode body, boolean twoStep) {
        var transaction = body.path("amountTransaction");
        var correlator = transaction.path("clientCorrelator").asString();
        var id = "pay-" + correlator;
        // As CAMARA has it: the same correlator again is a bad request.
        if (payments.containsKey(id)) return no(400, "INVALID_ARGUMENT");
        long amount =
                transaction
                        .path("paymentAmount")
                        .path("chargingInformation")
                        .path("amount")
                        .asLong();
        var payment = new Row("payment", correlator, amount, HIDDEN);
        payment.more.put("twoStep", twoStep);
        payments.put(id, payment);
        if (payment.chance(10)) payment.is("denied");
        else if (payment.chance(5)) {
            payment.is("pending_validation");
            payment.more.put("code", "123456");
            if (payment.chance(4)) payment.becomes("denied", Duration.ofSeconds(30));
            // The customer has answered the carrier's own message.
            else if (payment.chance(4))
                payment.becomes(twoStep ? "reserved" : "succeeded", Duration.ofSeconds(20));
        } else payment.decides(twoStep ? "reserved" : "succeeded", "processing");
        return got(201, shown(payment));
    }

    private Reply second(Row payment, String from, String to) {
        if (!payment.status().equals(from)) return no(409, "CONFLICT");
        payment.decides(to, from.equals("reserved") ? "processing" : from);
        return new Reply.Got(202, "{}");
    }

    /** It may come just too late. */
    private Reply cancel(Row payment) {
        var from =
                payment.status().equals("pending_validation") ? "pending_validation" : "reserved";
        return second(payment, from, payment.chance(8) ? "succeeded" : "cancelled");
    }

    private Reply validate(Row payment, JsonNode body) {
        if (!payment.status().equals("pending_validation")) return no(409, "CONFLICT");
        if (!body.path("code").asString().equals(payment.more.get("code")))
            return no(400, "CARRIER_BILLING.INVALID_CODE");
        payment.decides(
                (boolean) payment.more.get("twoStep") ? "reserved" : "succeeded", "processing");
        return new Reply.Got(204, "");
    }

    private Reply refund(boolean get, String payment, JsonNode body) {
        var charged = payments.get(payment);
        if (charged == null) return no(404, "NOT_FOUND");
        if (get) {
            var found =
                    refunds.values().stream()
                            .filter(r -> r.more.get("payment").equals(payment) && r.isVisible())
                            .map(SimulatedOthers::shownRefund)
                            .toList();
            return new Reply.Got(200, "[" + String.join(",", found) + "]");
        }
        var key = body.path("amountTransaction").path("clientCorrelator").asString();
        if (refunds.containsKey(key)) return no(400, "INVALID_ARGUMENT");
        if (!charged.status().equals("succeeded")) return no(422, "NOT_REFUNDABLE");
        var refund = new Row("refund", key, charged.amount, HIDDEN);
        if (refund.chance(4)) return no(422, "NOT_REFUNDABLE");
        refund.more.put("payment", payment);
        refunds.put(key, refund);
        refund.decides(refund.chance(8) ? "denied" : "succeeded", "processing");
        return new Reply.Got(201, shownRefund(refund));
    }

    private Reply issuer(boolean get, String path, JsonNode body) {
        var parts = path.split("/");
        if (!get && parts.length == 2) {
            var reference = body.path("reference").asString();
            var order =
                    orders.computeIfAbsent(
                            reference,
                            r -> {
                                var row =
                                        new Row(
                                                "order",
                                                r,
                                                body.path("face_value").asLong(),
                                                HIDDEN);
                                row.decides(row.chance(8) ? "DECLINED" : "ISSUED", "PENDING");
                                return row;
                            });
            return got(200, shownOrder(order));
        }
        var order = orders.get(parts[2]);
        if (order == null || !order.isVisible()) return no(404, "NOT_FOUND");
        if (!get) {
            if (!order.status().equals("ISSUED") && !order.status().equals("REFUNDED"))
                return no(422, order.status());
            if (order.status().equals("ISSUED") && order.chance(3))
                return no(422, "NOT_TAKEN_BACK");
            order.is("REFUNDED");
        }
        return got(200, shownOrder(order));
    }

    /** The holder of a voucher spends it, if it is worth something. */
    void use(String reference) {
        var order = orders.get(reference);
        if (order != null && order.status().equals("ISSUED")) order.is("SPENT");
    }

    private Reply provider(boolean get, String path, JsonNode body) {
        if (get) {
            var found = redemptions.get(path.split("/")[2]);
            return found == null || !found.isVisible()
                    ? no(404, "NOT_FOUND")
                    : got(200, shownRedemption(found));
        }
        var redemption =
                redemptions.computeIfAbsent(
                        body.path("reference").asString(),
                        reference -> {
                            var row =
                                    new Row(
                                            "redemption",
                                            reference,
                                            body.path("face_value").asLong(),
                                            HIDDEN);
                            row.more.put("pays", row.amount - body.path("fee").asLong());
                            redeem(row, body.path("voucher_code").asString());
                            return row;
                        });
        return got(200, shownRedemption(redemption));
    }

    /** A provider takes no voucher that its issuer does not know as unused, and one it takes is used. */
    private void redeem(Row row, String code) {
        var order = orders.get(code.substring("code-".length()));
        boolean good = order != null && order.status().equals("ISSUED");
        if (!good || row.chance(5)) {
            row.is("DECLINED");
            return;
        }
        order.is("REDEEMED");
        row.decides("ACCEPTED", "PENDING");
    }

    private Reply bank(boolean get, String path, JsonNode body) {
        var parts = path.split("/");
        if (!get && parts.length == 2) {
            var reference = body.path("reference").asString();
            var transfer =
                    transfers.computeIfAbsent(
                            reference,
                            r -> {
                                var row =
                                        new Row(
                                                "transfer",
                                                r,
                                                body.path("amount").asLong(),
                                                HIDDEN);
                                boolean back = r.endsWith("-back");
                                row.decides(
                                        row.chance(back ? 20 : 6) ? "DECLINED" : "BOOKED",
                                        "PENDING");
                                if (row.status().equals("BOOKED") && row.chance(back ? 12 : 20))
                                    row.becomes(
                                            "RETURNED",
                                            Duration.ofHours(1 + row.dice.nextInt(100)));
                                return row;
                            });
            return got(200, shownTransfer(transfer));
        }
        var transfer = transfers.get(parts[2]);
        if (transfer == null || !transfer.isVisible()) return no(404, "NOT_FOUND");
        if (!get && transfer.status().equals("BOOKED")) {
            if (transfer.dice.nextInt(2) == 0) {
                transfer.more.put("recall", "DECLINED");
                // Whoever has it gives it back all the same, days later.
                if (transfer.chance(40))
                    transfer.becomes("RETURNED", Duration.ofHours(1 + transfer.dice.nextInt(100)));
            } else transfer.is("RETURNED");
        }
        return got(200, shownTransfer(transfer));
    }

    private static Reply got(int status, Map<String, ?> body) {
        return new Reply.Got(status, JsonExchange.json(body));
    }

    private static Reply no(int status, String code) {
        return got(status, Map.of("status", status, "code", code));
    }

    private Reply list(Iterable<Row> rows, URI uri) {
        if (page(uri) > 1) return new Reply.Got(200, "[]");
        var shown = new ArrayList<String>();
        for (var row : rows) if (row.isVisible()) shown.add(JsonExchange.json(shown(row)));
        return new Reply.Got(200, "[" + String.join(",", shown) + "]");
    }

    private static int page(URI uri) {
        for (var pair : uri.getRawQuery().split("&"))
            if (pair.startsWith("page="))
                return Integer.parseInt(
                        URLDecoder.decode(pair.substring(5), StandardCharsets.UTF_8));
        return 1;
    }

    private static Map<String, Object> shown(Row payment) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("paymentId", "pay-" + payment.reference);
        shown.put("paymentStatus", payment.status());
        if (payment.more.containsKey("code"))
            shown.put("validationInfo", Map.of("authorizationId", "auth-" + payment.reference));
        shown.put(
                "amountTransaction",
                Map.of(
                        "clientCorrelator",
                        payment.reference,
                        "paymentAmount",
                        Map.of(
                                "chargingInformation",
                                Map.of("amount", payment.amount, "currency", "KRW"))));
        return shown;
    }

    private static String shownRefund(Row refund) {
        return JsonExchange.json(
                Map.of(
                        "refundId",
                        "ref-" + refund.reference,
                        "refundStatus",
                        refund.status(),
                        "amountTransaction",
                        Map.of("clientCorrelator", refund.reference)));
    }

    private static Map<String, Object> shownOrder(Row order) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("reference", order.reference);
        shown.put("status", order.status());
        shown.put("currency", "KRW");
        shown.put("face_value", order.amount);
        if (order.status().equals("ISSUED")) {
            shown.put("voucher_code", "code-" + order.reference);
            shown.put("expires_on", "2031-11-25");
        }
        return shown;
    }

    private static Map<String, Object> shownRedemption(Row redemption) {
        return Map.of(
                "reference",
                redemption.reference,
                "status",
                redemption.status(),
                "pays",
                redemption.more.get("pays"),
                "currency",
                "KRW");
    }

    private static Map<String, Object> shownTransfer(Row transfer) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("reference", transfer.reference);
        shown.put("status", transfer.status());
        shown.put("currency", "KRW");
        shown.put("amount", transfer.amount);
        if (transfer.more.containsKey("recall")) shown.put("recall", transfer.more.get("recall"));
        return shown;
    }

    /** The code that the customer's phone shows, when the carrier wants one. */
    String codeOnPhone(String correlator) {
        var payment = payments.get("pay-" + correlator);
        boolean wanted = payment != null && payment.status().equals("pending_validation");
        return wanted ? String.valueOf(payment.more.get("code")) : "";
    }

    /** How many entries a book has about a cash-out in one of these states, whatever comes after the reference. */
    long count(String book, String cashOut, String... states) {
        return book(book).values().stream()
                .filter(row -> row.reference.startsWith(cashOut))
                .filter(row -> List.of(states).contains(row.status()))
                .count();
    }

    /** The same of transfers of one purpose. */
    long transfers(String cashOut, String ending, String... states) {
        return transfers.values().stream()
                .filter(row -> row.reference.startsWith(cashOut) && row.reference.endsWith(ending))
                .filter(row -> List.of(states).contains(row.status()))
                .count();
    }

    private Map<String, Row> book(String name) {
        return switch (name) {
            case "payments" -> payments;
            case "refunds" -> refunds;
            case "orders" -> orders;
            case "redemptions" -> redemptions;
            default -> transfers;
        };
    }
}
