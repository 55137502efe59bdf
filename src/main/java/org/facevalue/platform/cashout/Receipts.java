package org.facevalue.platform.cashout;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.facevalue.platform.crypto.Signer;
import org.facevalue.platform.quote.FeeLine;
import org.facevalue.platform.quote.QuoteRows;
import org.facevalue.platform.quote.Quotes;
import org.facevalue.verify.CanonicalJson;
import org.springframework.stereotype.Component;

/** The signed summary of a cash-out that has ended. */
@Component
public class Receipts {
    private final Quotes quotes;
    private final AftermathRows aftermaths;
    private final Signer signer;

    Receipts(Quotes quotes, AftermathRows aftermaths, Signer signer) {
        this.quotes = quotes;
        this.aftermaths = aftermaths;
        this.signer = signer;
    }

    /** {@code signature}: Ed25519 over the canonical document, Base64; {@code publicKey}: X.509, Base64. */
    public record Receipt(Map<String, Object> document, String signature, String publicKey) {}

    /** @param cashOut one at its end */
    public Receipt of(CashOut cashOut) {
        var row = quotes.row(cashOut.terms().id()).orElseThrow();
        var document = document(cashOut, row);
        document.put(
                "aftermath",
                aftermaths.of(cashOut).stream()
                        .filter(Aftermath::turnedUp)
                        .map(Receipts::aftermath)
                        .toList());
        return new Receipt(
                document,
                Base64.getEncoder().encodeToString(signer.sign(CanonicalJson.bytes(document))),
                signer.publicKey());
    }

    private static Map<String, Object> document(CashOut cashOut, QuoteRows.Row row) {
        var terms = cashOut.terms();
        boolean paid = cashOut.state() == CashOutState.PAID;
        var document = new LinkedHashMap<String, Object>();
        document.put("kind", "facevalue receipt v1");
        document.put("cash_out", cashOut.id().shown());
        document.put("state", cashOut.state().name());
        document.put("quote", terms.id().shown());
        document.put("quote_digest", row.digest());
        document.put("currency", terms.faceValue().currency().getCurrencyCode());
        document.put("charged", paid ? terms.faceValue().minor() : 0L);
        document.put("paid_out", paid ? terms.net().minor() : 0L);
        document.put("payee", terms.payee());
        document.put(
                "fees",
                paid
                        ? terms.lines().stream().map(Receipts::fee).toList()
                        : java.util.List.<Map<String, Object>>of());
        document.put("confirmed_at", cashOut.confirmedAt().toString());
        document.put("ended_at", cashOut.stateSince().toString());
        return document;
    }

    private static Map<String, Object> aftermath(Aftermath aftermath) {
        return Map.of(
                "of",
                aftermath.of().name(),
                "state",
                aftermath.state().name(),
                "at",
                aftermath.stateSince().toString());
    }

    private static Map<String, Object> fee(FeeLine line) {
        return Map.of(
                "kind", line.kind().name(), "payee", line.payee(), "amount", line.amount().minor());
    }
}
