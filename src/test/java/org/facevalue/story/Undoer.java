package org.facevalue.story;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.facevalue.cli.Api;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.platform.time.BusinessClock;
import tools.jackson.databind.JsonNode;

/** A customer who undoes what is on their bill, through the public API. */
record Undoer(World world, SandboxCustomer customer) {
    private static final String EVIDENCE = pdf("what the bill says");
    private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

    /** A file of one empty page that opens, with a remark to tell it from others. */
    static String pdf(String remark) {
        return """
        %%PDF-1.4
        %% %s
        1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
        2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
        3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200]>> endobj
        trailer <</Root 1 0 R>>
        startxref
        9
        %%%%EOF
        """
                .formatted(remark);
    }

    static LocalDate today(World world) {
        return LocalDate.ofInstant(world.bean(BusinessClock.class).now(), ZONE);
    }

    LocalDate today() {
        return today(world);
    }

    /** A purchase on the bill, as the carrier has it. */
    JsonNode bought(long amount, LocalDate on) {
        return world.sandbox()
                .post(
                        "/sandbox/purchases",
                        Map.of(
                                "line", customer.secret("line_number"),
                                "amount", amount,
                                "bought_on", on.toString()))
                .ok();
    }

    /** The body that enters it. */
    Map<String, Object> entry(JsonNode bought) {
        var body = new HashMap<String, Object>();
        body.put("line", customer.secret("line"));
        for (var field : List.of("number", "seller", "article", "bought_on"))
            body.put(field, bought.path(field).asString());
        body.put("amount", won(bought.path("amount").asLong()));
        return body;
    }

    static Map<String, Object> won(long won) {
        return Map.of("amount", won, "currency", "KRW");
    }

    Api.Answer enter(Map<String, Object> entry) {
        return customer.api().post("/api/v1/purchases", entry, key());
    }

    Api.Answer prove(JsonNode purchase) {
        return prove(purchase, "application/pdf", EVIDENCE);
    }

    Api.Answer prove(JsonNode purchase, String type, String content) {
        return customer.api()
                .send(
                        "POST",
                        "/api/v1/purchases/" + id(purchase) + "/evidence?name=bill",
                        content,
                        Map.of("Content-Type", type));
    }

    /** A purchase on the bill, entered with its evidence. */
    JsonNode entered(long amount, LocalDate on) {
        var purchase = enter(entry(bought(amount, on))).ok();
        prove(purchase).ok();
        return purchase;
    }

    /** A voucher that is on no bill, a year old and valid for another. */
    Map<String, Object> voucher(long paid, long left, String issuer) {
        var body = new HashMap<String, Object>();
        body.put("seller", "물결상점");
        body.put("article", "모바일상품권");
        body.put("number", "HN0000111122223333");
        body.put("bought_on", today().minusYears(1).toString());
        body.put("amount", won(paid));
        body.put(
                "voucher",
                Map.of(
                        "issuer", issuer,
                        "expires_on", today().plusYears(1).toString(),
                        "balance", won(left)));
        return body;
    }

    /** As it is shown now. */
    JsonNode seen(JsonNode purchase) {
        return customer.api().get("/api/v1/purchases/" + id(purchase)).ok();
    }

    Api.Answer ask(JsonNode purchase, String kind) {
        return customer.api().post("/api/v1/ways-out", asking(purchase, kind), key());
    }

    /** With what the customer has to state. */
    static Map<String, Object> asking(JsonNode purchase, String kind) {
        var body = new HashMap<String, Object>(Map.of("purchase", id(purchase), "kind", kind));
        if (kind.equals("withdrawal")) body.put("stated", "unused");
        if (kind.equals("correction")) body.put("stated", "not-authorised");
        return body;
    }

    JsonNode asked(JsonNode purchase, String kind) {
        return ask(purchase, kind).ok();
    }

    Api.Answer choose(JsonNode wayOut, String choice) {
        return customer.api()
                .post("/api/v1/ways-out/" + id(wayOut) + "/" + choice, Map.of(), key());
    }

    JsonNode until(JsonNode wayOut, String state) {
        JsonNode seen = wayOut;
        for (int i = 0; i < 300; i++) {
            seen = customer.api().get("/api/v1/ways-out/" + id(wayOut)).ok();
            if (seen.path("state").asString().equals(state)) return seen;
            World.sleep();
        }
        throw new AssertionError("not " + state + " but " + seen);
    }

    static List<String> events(JsonNode wayOut) {
        var events = new ArrayList<String>();
        wayOut.path("timeline").forEach(event -> events.add(event.path("event").asString()));
        return events;
    }

    static String id(JsonNode node) {
        return node.path("id").asString();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
