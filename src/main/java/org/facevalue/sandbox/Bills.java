package org.facevalue.sandbox;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;

/** What people have bought on their phone bills elsewhere, from sellers who are nobody here. */
final class Bills {
    private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");
    private static final List<String> SELLERS = List.of("반딧불게임즈", "물결상점", "솔방울문화상품권");
    private static final List<String> ARTICLES = List.of("게임 아이템", "모바일 쿠폰", "문화상품권 50,000원");
    private final Db db;
    private final SandboxClock clock;

    Bills(Db db, SandboxClock clock) {
        this.db = db;
        this.clock = clock;
    }

    void routes(Server server) {
        server.route("POST", "/sandbox/purchases", this::buy);
        server.route(
                "GET",
                "/sandbox/phones/([^/]+)/bill",
                request -> Reply.of(200, page(request.part(0))));
    }

    /** {@code {line, amount, bought_on}}: a purchase on that line's bill; what is left out is chosen. */
    private Reply buy(Request request) {
        var body = request.json();
        var line = body.path("line").asString("");
        long amount = body.path("amount").asLong(-1);
        if (Operator.tariffOf(line).isEmpty() || amount <= 0)
            return Issuer.error(400, "INVALID", "line and amount");
        try {
            var day = body.path("bought_on").asString("");
            return Reply.of(
                    201, bought(line, amount, day.isEmpty() ? today() : LocalDate.parse(day)));
        } catch (DateTimeParseException e) {
            return Issuer.error(400, "INVALID", "bought_on");
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.now(), ZONE);
    }

    Map<String, Object> bought(String line, long amount, LocalDate on) {
        long number = db.one("SELECT nextval('bill_number')", row -> row.getLong(1)).orElseThrow();
        int which = (int) (number % SELLERS.size());
        var item = new LinkedHashMap<String, Object>();
        item.put("number", String.format(Locale.ROOT, "B%08d", number));
        item.put("line", line);
        item.put("seller", SELLERS.get(which));
        item.put("article", ARTICLES.get(which));
        item.put("amount", amount);
        item.put("currency", "KRW");
        item.put("bought_on", on.toString());
        db.update(
                "INSERT INTO bill_item (number, line, seller, article, amount, bought_on) VALUES (?, ?, ?, ?, ?, ?)",
                item.get("number"),
                line,
                item.get("seller"),
                item.get("article"),
                amount,
                on);
        return item;
    }

    /** A few purchases, of a person who was just made: today's, last week's and last month's. */
    void someFor(String line) {
        bought(line, 33_000, today());
        bought(line, 55_000, today().minusDays(5));
        bought(line, 12_900, today().minusDays(40));
    }

    /** What stands on it, each purchase whether it was undone. */
    List<Map<String, Object>> of(String line) {
        return db.list(
                "SELECT * FROM bill_item WHERE line = ? ORDER BY bought_on DESC, number",
                row ->
                        Map.<String, Object>of(
                                "number", row.getString("number"),
                                "seller", row.getString("seller"),
                                "article", row.getString("article"),
                                "amount", row.getLong("amount"),
                                "bought_on", row.getObject("bought_on", LocalDate.class).toString(),
                                "undone", row.getBoolean("undone")),
                line);
    }

    private String page(String line) {
        var page =
                new StringBuilder(
                        "<!doctype html><html lang=\"ko\"><meta charset=\"utf-8\"><title>연습 청구서</title><h1>연습 청구서 ");
        page.append(Optional.of(line).filter(l -> l.matches("[+0-9]{1,16}")).orElse(""))
                .append("</h1><table><tr><th>청구 번호<th>판매자<th>산 것<th>금액<th>산 날<th>상태");
        for (var item : of(line))
            page.append("<tr><td>")
                    .append(item.get("number"))
                    .append("<td>")
                    .append(item.get("seller"))
                    .append("<td>")
                    .append(item.get("article"))
                    .append("<td>")
                    .append(item.get("amount"))
                    .append("<td>")
                    .append(item.get("bought_on"))
                    .append("<td>")
                    .append(Boolean.TRUE.equals(item.get("undone")) ? "취소됨" : "청구됨");
        return page.append("</table></html>").toString();
    }
}
