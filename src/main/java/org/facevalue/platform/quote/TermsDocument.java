package org.facevalue.platform.quote;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.DesignatedAccount.AccountId;
import org.facevalue.platform.customer.PhoneLine.LineId;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.money.Money;
import tools.jackson.databind.JsonNode;

/** Terms as the document that is signed and kept, and back. */
final class TermsDocument {
    private TermsDocument() {}

    static Map<String, Object> of(Terms terms) {
        var document = new LinkedHashMap<String, Object>();
        document.put("kind", "facevalue quote v1");
        document.put("id", terms.id().shown());
        document.put("cell", (int) terms.cell().number());
        document.put("customer", terms.customer().shown());
        document.put("line", terms.line().shown());
        document.put("account", terms.account().shown());
        document.put("carrier", terms.carrier());
        document.put("product", terms.product());
        document.put("issuer", terms.issuer());
        document.put("provider", terms.provider());
        document.put("bank", terms.bank());
        document.put("payee", terms.payee());
        document.put("currency", terms.faceValue().currency().getCurrencyCode());
        document.put("face_value", terms.faceValue().minor());
        document.put("lines", terms.lines().stream().map(TermsDocument::line).toList());
        document.put("net", terms.net().minor());
        document.put("effective_annual_cost_bps", terms.annualCostBps());
        document.put("bill_due_on", terms.billDueOn().toString());
        document.put("late_fee", terms.lateFee().minor());
        document.put("may_hold", terms.mayHold());
        document.put("jurisdiction", terms.jurisdiction());
        document.put("pack_version", terms.packVersion());
        document.put("rules", terms.rules());
        document.put("offered_at", terms.offeredAt().toString());
        document.put("expires_at", terms.expiresAt().toString());
        return document;
    }

    private static Map<String, Object> line(FeeLine line) {
        return Map.of(
                "kind",
                line.kind().name(),
                "payee",
                line.payee(),
                "amount",
                line.amount().minor(),
                "bps",
                line.bps(),
                "rule",
                line.rule());
    }

    static Terms read(JsonNode document) {
        var currency = Currency.getInstance(text(document, "currency"));
        return new Terms(
                new QuoteId(id("qt", document, "id")),
                new Cell((short) document.path("cell").asInt()),
                new CustomerId(id("cu", document, "customer")),
                new LineId(id("pl", document, "line")),
                new AccountId(id("da", document, "account")),
                text(document, "carrier"),
                text(document, "product"),
                text(document, "issuer"),
                text(document, "provider"),
                text(document, "bank"),
                text(document, "payee"),
                money(document, "face_value", currency),
                document.path("lines").valueStream().map(line -> line(line, currency)).toList(),
                money(document, "net", currency),
                document.path("effective_annual_cost_bps").asLong(),
                LocalDate.parse(text(document, "bill_due_on")),
                money(document, "late_fee", currency),
                document.path("may_hold").asBoolean(),
                text(document, "jurisdiction"),
                text(document, "pack_version"),
                document.path("rules").valueStream().map(JsonNode::asString).toList(),
                Instant.parse(text(document, "offered_at")),
                Instant.parse(text(document, "expires_at")));
    }

    private static FeeLine line(JsonNode line, Currency currency) {
        return new FeeLine(
                FeeLine.Kind.valueOf(text(line, "kind")),
                text(line, "payee"),
                money(line, "amount", currency),
                line.path("bps").asInt(),
                text(line, "rule"));
    }

    private static Money money(JsonNode node, String name, Currency currency) {
        return new Money(node.path(name).asLong(), currency);
    }

    private static UUID id(String prefix, JsonNode node, String name) {
        return Id.parse(prefix, text(node, name)).orElseThrow();
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString();
    }

    /** For the callers that list them. */
    static List<String> rules(org.facevalue.platform.jurisdiction.Verdict.Permitted verdict) {
        return verdict.citations().stream()
                .map(org.facevalue.platform.jurisdiction.Verdict.Citation::rule)
                .toList();
    }
}
