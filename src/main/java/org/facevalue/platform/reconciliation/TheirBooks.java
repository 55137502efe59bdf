package org.facevalue.platform.reconciliation;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facevalue.platform.carrier.CarrierProfile;
import org.facevalue.platform.carrier.CarrierStatements;
import org.facevalue.platform.carrier.Carriers;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.jurisdiction.Verdict;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Lines;
import org.facevalue.platform.outside.Statement;
import org.facevalue.platform.payout.Banks;
import org.facevalue.platform.payout.Payouts;
import org.facevalue.platform.provider.Providers;
import org.facevalue.platform.reconciliation.Comparison.Amount;
import org.facevalue.platform.reconciliation.Comparison.Key;
import org.facevalue.platform.redemption.Redemptions;
import org.facevalue.platform.voucher.Issuers;
import org.facevalue.platform.voucher.Vouchers;
import org.facevalue.platform.wayout.Desk;
import org.facevalue.platform.wayout.DeskStatements;
import org.springframework.stereotype.Component;

/** What each party says that it has done, asked over its own interface. */
@Component
class TheirBooks {
    private final Lines lines;
    private final Carriers carriers;
    private final CarrierStatements statements;
    private final Issuers issuers;
    private final Vouchers vouchers;
    private final Providers providers;
    private final Redemptions redemptions;
    private final Banks banks;
    private final Payouts payouts;
    private final DeskStatements desks;
    private final Jurisdictions jurisdictions;

    TheirBooks(
            Lines lines,
            Carriers carriers,
            CarrierStatements statements,
            Issuers issuers,
            Vouchers vouchers,
            Providers providers,
            Redemptions redemptions,
            Banks banks,
            Payouts payouts,
            DeskStatements desks,
            Jurisdictions jurisdictions) {
        this.lines = lines;
        this.carriers = carriers;
        this.statements = statements;
        this.issuers = issuers;
        this.vouchers = vouchers;
        this.providers = providers;
        this.redemptions = redemptions;
        this.banks = banks;
        this.payouts = payouts;
        this.desks = desks;
        this.jurisdictions = jurisdictions;
    }

    /** One party's entries of a time; {@code problem}: why there are none, or empty. */
    record Read(Map<Key, Amount> entries, String problem) {}

    /** Of every party there is, by its code. */
    Map<String, Read> read(Instant from, Instant until) {
        var all = new LinkedHashMap<String, Read>();
        boolean shows = jurisdictions.show() instanceof Verdict.Permitted;
        for (var carrier : carriers.all()) all.put(carrier.code(), carrier(carrier, from, until));
        for (var issuer : issuers.all()) {
            var line = lines.to(issuer.code());
            var said = vouchers.statement(line, issuer, from, until);
            all.put(issuer.code(), entries(issuer.code(), said, TheirBooks::ofVoucher));
        }
        for (var provider : providers.all()) {
            // Where nothing is converted there is nobody who converts.
            if (!shows && !redemptions.isKnown(provider.code())) continue;
            var line = lines.to(provider.code());
            var said = redemptions.statement(line, provider, from, until);
            all.put(provider.code(), entries(provider.code(), said, TheirBooks::ofRedemption));
        }
        for (var desk : desks.all()) given(desk, from, until, all);
        banks.bank()
                .ifPresent(
                        bank -> {
                            var line = lines.to(bank.code());
                            var said = payouts.statement(line, bank, from, until);
                            all.put(bank.code(), entries(bank.code(), said, TheirBooks::ofPayout));
                        });
        return all;
    }

    private Read carrier(CarrierProfile carrier, Instant from, Instant until) {
        var line = lines.to(carrier.code());
        var payments = statements.statement(line, carrier, from, until);
        if (!(payments instanceof Answer.Done<List<CarrierStatements.Paid>>(var paid)))
            return new Read(Map.of(), payments.outcome());
        var entries = new HashMap<Key, Amount>();
        for (var payment : paid) {
            if (!payment.succeeded()) continue;
            add(entries, carrier.code(), Book.CHARGE, payment.entry());
            var refunded = statements.refunded(line, carrier, payment);
            if (!(refunded instanceof Answer.Done<Statement.Entry>(var refund)))
                return new Read(Map.of(), refunded.outcome());
            add(entries, carrier.code(), Book.REFUND, refund);
        }
        return new Read(entries, "");
    }

    /** What a carrier or an issuer has given back on request, beside its other books. */
    private void given(Desk desk, Instant from, Instant until, Map<String, Read> all) {
        var before = all.getOrDefault(desk.code(), new Read(Map.of(), ""));
        if (!before.problem().isEmpty()) return;
        var said = desks.given(lines.to(desk.code()), desk, from, until);
        var read = entries(desk.code(), said, TheirBooks::ofRequest);
        var entries = new HashMap<>(before.entries());
        entries.putAll(read.entries());
        all.put(desk.code(), new Read(entries, read.problem()));
    }

    private static List<Book> ofRequest(Statement.Entry entry) {
        return entry.status().equals("done") ? List.of(Book.GIVEN_BACK) : List.of();
    }

    private interface Booked {
        /** The books in which an entry counts; none for what has come to nothing. */
        List<Book> in(Statement.Entry entry);
    }

    private static Read entries(String party, Answer<List<Statement.Entry>> said, Booked booked) {
        if (!(said instanceof Answer.Done<List<Statement.Entry>>(var all)))
            return new Read(Map.of(), said.outcome());
        var entries = new HashMap<Key, Amount>();
        for (var entry : all) for (var book : booked.in(entry)) add(entries, party, book, entry);
        return new Read(entries, "");
    }

    private static List<Book> ofVoucher(Statement.Entry entry) {
        return switch (entry.status()) {
            case "REDEEMED" -> List.of(Book.VOUCHER, Book.VOUCHER_USED);
            case "REFUNDED" -> List.of(Book.VOUCHER, Book.VOUCHER_RETURNED);
            default -> List.of(Book.VOUCHER);
        };
    }

    private static List<Book> ofRedemption(Statement.Entry entry) {
        return entry.status().equals("ACCEPTED") ? List.of(Book.REDEMPTION) : List.of();
    }

    private static List<Book> ofPayout(Statement.Entry entry) {
        if (!entry.status().equals("BOOKED")) return List.of();
        return List.of(entry.reference().endsWith("-back") ? Book.PAY_BACK : Book.PAYOUT);
    }

    private static void add(
            Map<Key, Amount> entries, String party, Book book, Statement.Entry entry) {
        if (entry.amount() == 0) return;
        var reference = entry.reference().replaceFirst("-(net|back)$", "");
        entries.merge(
                new Key(party, book, reference),
                new Amount(entry.amount(), entry.at()),
                (one, other) -> new Amount(one.amount() + other.amount(), one.dated()));
    }
}
