package org.facevalue.platform.wayout;

import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.JsonExchange;
import org.facevalue.platform.outside.Transport;
import org.facevalue.platform.outside.Transport.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is said to the desks. A request is put under our identifier: to say it again changes nothing, so that a lost answer is simply asked for again. */
final class UndoRequests {
    private UndoRequests() {}

    /** A file that goes with a request. */
    record Document(String name, String mediaType, byte[] content) {}

    /** How a request stands at a desk. */
    enum Status {
        RECEIVED,
        GRANTED,
        REFUSED,
        DONE,
        TAKEN_BACK
    }

    /**
     * What a desk says of a request.
     *
     * @param reason a code, where it has refused
     * @param given what it has given back, where it is done
     */
    record Standing(
            Status status, boolean withheld, @Nullable String reason, @Nullable Money given) {}

    /** Whether a voucher was charged to a phone bill, as its issuer has it; empty where it does not know it, or says nothing. */
    static Optional<Boolean> onBill(Transport transport, Desk desk, String number) {
        // In the body: whoever knows the number of a voucher can spend it, and addresses are
        // logged.
        var request =
                new Request(
                        "POST",
                        URI.create(desk.address() + "/voucher-questions"),
                        Map.of("Content-Type", "application/json"),
                        JsonExchange.json(Map.of("number", number)));
        return JsonExchange.send(transport, request) instanceof Answer.Done<JsonNode>(var body)
                ? switch (body.path("paid_by").asString("")) {
                    case "phone-bill" -> Optional.of(true);
                    case "card", "cash", "transfer" -> Optional.of(false);
                    default -> Optional.empty();
                }
                : Optional.empty();
    }

    /** @param line the number, or null where it is on no bill; {@code account}: where an issuer pays to, or null */
    static Answer<Standing> file(
            Transport transport,
            Desk desk,
            WayOut wayOut,
            @Nullable String line,
            @Nullable String account,
            List<Document> documents) {
        var purchase = wayOut.purchase();
        var body = new LinkedHashMap<String, Object>();
        body.put("kind", wayOut.kind().word());
        if (line != null) body.put("line", line);
        body.put("number", purchase.number());
        body.put("seller", purchase.seller());
        body.put("bought_on", purchase.boughtOn().toString());
        body.put("amount", purchase.amount().minor());
        body.put("currency", purchase.amount().currency().getCurrencyCode());
        var gives = wayOut.basis().gives();
        if (gives != null) body.put("asked", gives.minor());
        if (wayOut.basis().points()) body.put("points", true);
        if (account != null) body.put("account", account);
        body.put("rules", wayOut.basis().grounds().stream().map(Basis.Ground::rule).toList());
        body.put("documents", documents(documents));
        return put(transport, uri(desk, wayOut, ""), body).then(node -> standing(wayOut, node));
    }

    private static List<Map<String, String>> documents(List<Document> documents) {
        var list = new ArrayList<Map<String, String>>();
        for (var document : documents)
            list.add(
                    Map.of(
                            "name", document.name(),
                            "media_type", document.mediaType(),
                            "sha256", FileType.digest(document.content()),
                            "content", Base64.getEncoder().encodeToString(document.content())));
        return list;
    }

    static Answer<Standing> look(Transport transport, Desk desk, WayOut wayOut) {
        var request = Request.get(uri(desk, wayOut, ""), Map.of());
        return JsonExchange.send(transport, request).then(node -> standing(wayOut, node));
    }

    static Answer<Standing> remind(Transport transport, Desk desk, WayOut wayOut) {
        return put(
                        transport,
                        uri(desk, wayOut, "/reminder"),
                        Map.of("until", wayOut.until().day().toString()))
                .then(node -> standing(wayOut, node));
    }

    static Answer<Standing> takeBack(Transport transport, Desk desk, WayOut wayOut) {
        // With what it is about: a request that arrives after this one is to find it taken back.
        var purchase = wayOut.purchase();
        var about =
                Map.of(
                        "kind", wayOut.kind().word(),
                        "number", purchase.number(),
                        "amount", purchase.amount().minor(),
                        "currency", purchase.amount().currency().getCurrencyCode());
        return put(transport, uri(desk, wayOut, "/withdrawal"), about)
                .then(node -> standing(wayOut, node));
    }

    /** Hands the whole file to the dispute body, which answers with the number of the case. */
    static Answer<String> refer(
            Transport transport, Desk body, WayOut wayOut, List<Document> documents) {
        var file = new LinkedHashMap<String, Object>();
        file.put("party", wayOut.basis().party());
        file.put("kind", wayOut.kind().word());
        file.put("amount", wayOut.purchase().amount().minor());
        file.put("currency", wayOut.purchase().amount().currency().getCurrencyCode());
        file.put("documents", documents(documents));
        var uri = URI.create(body.address() + "/cases/" + wayOut.id().value());
        return put(transport, uri, file)
                .then(
                        node -> {
                            var number = node.path("case_number").asString("");
                            return node.path("id").asString("").equals(id(wayOut))
                                            && number.matches("[!-~]{1,40}")
                                    ? new Answer.Done<>(number)
                                    : new Answer.Odd<>("another case, or none");
                        });
    }

    /** Nobody gives back more than was paid, or than a voucher was worth. */
    private static long most(WayOut wayOut) {
        var purchase = wayOut.purchase();
        return Math.max(purchase.amount().minor(), purchase.faceValue().minor());
    }

    private static URI uri(Desk desk, WayOut wayOut, String what) {
        return URI.create(desk.address() + "/undo-requests/" + id(wayOut) + what);
    }

    private static String id(WayOut wayOut) {
        return wayOut.id().value().toString();
    }

    private static Answer<JsonNode> put(Transport transport, URI uri, Map<String, ?> body) {
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", "application/json");
        return JsonExchange.send(
                transport, new Request("PUT", uri, headers, JsonExchange.json(body)));
    }

    /** It must be about this request and this amount, or it is about something else. */
    private static Answer<Standing> standing(WayOut wayOut, JsonNode node) {
        var currency = wayOut.purchase().amount().currency();
        var status = status(node.path("status").asString(""));
        boolean ours =
                node.path("id").asString("").equals(id(wayOut))
                        && node.path("kind").asString("").equals(wayOut.kind().word())
                        && node.path("amount").asLong(-1) == wayOut.purchase().amount().minor()
                        && node.path("currency").asString("").equals(currency.getCurrencyCode());
        if (!ours || status.isEmpty()) return new Answer.Odd<>("about another request");
        boolean done = status.get() == Status.DONE;
        long given = node.path("given").asLong(-1);
        if (done && (given < 0 || given > most(wayOut)))
            return new Answer.Odd<>("done, without an amount");
        return new Answer.Done<>(
                new Standing(
                        status.get(),
                        node.path("withheld").asBoolean(false),
                        reason(node),
                        done ? new Money(given, currency) : null));
    }

    private static @Nullable String reason(JsonNode node) {
        var reason = node.path("reason").asString("");
        return reason.matches("[A-Z][A-Z_]{0,39}") ? reason : null;
    }

    private static Optional<Status> status(String word) {
        return switch (word) {
            case "received" -> Optional.of(Status.RECEIVED);
            case "granted" -> Optional.of(Status.GRANTED);
            case "refused" -> Optional.of(Status.REFUSED);
            case "done" -> Optional.of(Status.DONE);
            case "taken_back" -> Optional.of(Status.TAKEN_BACK);
            default -> Optional.empty();
        };
    }
}
