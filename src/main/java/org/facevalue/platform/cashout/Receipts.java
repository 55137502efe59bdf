package org.facevalue.platform.cashout;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facevalue.platform.crypto.Signer;
import org.facevalue.platform.journal.Journal;
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
    private final Journal journal;
    private final Signer signer;

    Receipts(Quotes quotes, AftermathRows aftermaths, Journal journal, Signer signer) {
        this.quotes = quotes;
        this.aftermaths = aftermaths;
        this.journal = journal;
        this.signer = signer;
    }

    /** {@code signature}: Ed25519 over the canonical document, Base64; {@code publicKey}: X.509, Base64. */
    public record Receipt(Map<String, Object> document, String signature, String publicKey) {
        /** As it is handed out. */
        public Map<String, Object> shown() {
            return Map.of("document", document, "signature", signature, "public_key", publicKey);
        }
    }

    /** @param cashOut one at its end */
    public Receipt of(CashOut cashOut) {
        var row = quotes.row(cashOut.terms().id()).orElseThrow();
        var turnedUp = aftermaths.of(cashOut).stream().filter(Aftermath::turnedUp).toList();
        var document = document(cashOut, turnedUp, row);
        return new Receipt(
                document,
                Base64.getEncoder().encodeToString(signer.sign(CanonicalJson.bytes(document))),
                signer.publicKey());
    }

    private Map<String, Object> document(
            CashOut cashOut, List<Aftermath> turnedUp, QuoteRows.Row row) {
        var terms = cashOut.terms();
        var told = told(cashOut, turnedUp);
        long face = terms.faceValue().minor();
        long net = terms.net().minor();
        long payouts =
                told.of("payout-booked") - told.of("payout-returned") - told.of("payout-recovered");
        long payBacks = told.of("paid-back") - told.of("pay-back-returned");
        var document = new LinkedHashMap<String, Object>();
        document.put("kind", "facevalue receipt v1");
        document.put("cash_out", cashOut.id().shown());
        document.put("state", cashOut.state().name());
        document.put("quote", terms.id().shown());
        document.put("quote_digest", row.digest());
        document.put("currency", terms.faceValue().currency().getCurrencyCode());
        document.put("charged", face * (told.of("charged") - told.of("charge-refunded")));
        document.put("paid_out", net * payouts + face * payBacks);
        long kept = told.of("voucher-kept") - told.of("voucher-given-back");
        document.put("kept_as_voucher", face * kept);
        document.put("kept_as_cash", Books.cash(terms).minor() * told.of("cash-kept"));
        document.put("payee", terms.payee());
        boolean paid = payouts > 0 && payBacks == 0;
        boolean keptAsCash = told.of("cash-kept") > 0;
        document.put(
                "fees",
                terms.lines().stream()
                        .filter(line -> paid || keptAsCash && Books.isTakenOffKept(line.kind()))
                        .map(Receipts::fee)
                        .toList());
        document.put("confirmed_at", cashOut.confirmedAt().toString());
        document.put("ended_at", cashOut.stateSince().toString());
        document.put("aftermath", turnedUp.stream().map(Receipts::aftermath).toList());
        return document;
    }

    /** The facts of the cash-out and of what came of it later, each as often as it happened. */
    private record Told(List<String> events) {
        long of(String type) {
            return events.stream().filter(type::equals).count();
        }
    }

    private Told told(CashOut cashOut, List<Aftermath> turnedUp) {
        var events = new ArrayList<String>();
        journal.of(cashOut.cell(), cashOut.subject()).forEach(e -> events.add(e.type()));
        for (var aftermath : turnedUp)
            journal.of(cashOut.cell(), aftermath.subject()).forEach(e -> events.add(e.type()));
        return new Told(events);
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
