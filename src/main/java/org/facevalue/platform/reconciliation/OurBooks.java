package org.facevalue.platform.reconciliation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.facevalue.platform.cashout.Tally;
import org.facevalue.platform.cashout.Tally.Told;
import org.facevalue.platform.quote.FeeLine;
import org.facevalue.platform.reconciliation.Comparison.Amount;
import org.facevalue.platform.reconciliation.Comparison.Key;
import org.facevalue.platform.wayout.WayOut;
import org.facevalue.platform.wayout.WayOuts;
import org.springframework.stereotype.Component;

/** What we say that each party has done, from the journal. */
@Component
class OurBooks {
    private static final int PAGE = 500;
    private final Tally tally;
    private final WayOuts wayOuts;

    OurBooks(Tally tally, WayOuts wayOuts) {
        this.tally = tally;
        this.wayOuts = wayOuts;
    }

    /** Every way out begun before {@code until} and changed since {@code from} that a desk elsewhere was asked for: what is carried out here is in the other books. */
    List<WayOut> waysOut(Instant from, Instant until) {
        return wayOuts.changed(from, until).stream()
                .filter(wayOut -> !wayOut.isCarriedOutHere())
                .toList();
    }

    /** Those of these references that are ours. */
    List<WayOut> waysOut(Collection<UUID> references) {
        return wayOuts.all(references);
    }

    static Map<Key, Amount> amounts(WayOut wayOut) {
        var given = wayOut.given();
        var key = new Key(wayOut.basis().party(), Book.GIVEN_BACK, wayOut.id().value().toString());
        return Map.of(key, new Amount(given == null ? 0 : given.minor(), wayOut.createdAt()));
    }

    /** From when on cash-outs and ways out have to be looked at, so that none is left out that has changed since {@code since}. */
    Instant from(Instant since) {
        var cashOuts = tally.confirmedBefore(since);
        var waysOut = wayOuts.begunBefore(since);
        return cashOuts.isBefore(waysOut) ? cashOuts : waysOut;
    }

    /** Those of these references that are ours. */
    List<Told> told(Collection<UUID> references) {
        return tally.told(references);
    }

    /** Every cash-out confirmed from {@code from} on and before {@code until}. */
    List<Told> told(Instant from, Instant until) {
        var all = new ArrayList<Told>();
        var page = tally.told(from, until, null, PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = tally.told(from, until, page.getLast().cashOut(), PAGE);
        }
        return all;
    }

    /** What it comes to in each book, zeros included. */
    static Map<Key, Amount> amounts(Told told) {
        var terms = told.cashOut().terms();
        long faceValue = terms.faceValue().minor();
        var amounts = new LinkedHashMap<Book, Long>();
        amounts.put(Book.CHARGE, told.times("charged") * faceValue);
        amounts.put(Book.REFUND, told.times("charge-refunded") * faceValue);
        amounts.put(Book.VOUCHER, told.times("voucher-issued") * faceValue);
        amounts.put(
                Book.VOUCHER_RETURNED,
                (told.times("voucher-returned") + told.times("voucher-given-back")) * faceValue);
        // A voucher that the customer has kept is the customer's to use.
        if (told.times("voucher-kept") == 0)
            amounts.put(Book.VOUCHER_USED, told.times("redeemed") * faceValue);
        long pays = faceValue - terms.fee(FeeLine.Kind.PROVIDER).minor();
        amounts.put(Book.REDEMPTION, told.times("redeemed") * pays);
        long payouts =
                told.times("payout-booked")
                        - told.times("payout-returned")
                        - told.times("payout-recovered");
        amounts.put(Book.PAYOUT, payouts * terms.net().minor());
        long back = told.times("paid-back") - told.times("pay-back-returned");
        amounts.put(Book.PAY_BACK, back * faceValue);
        var reference = told.cashOut().id().value().toString();
        var keyed = new LinkedHashMap<Key, Amount>();
        amounts.forEach(
                (book, amount) ->
                        keyed.put(
                                new Key(party(told, book), book, reference),
                                new Amount(amount, told.cashOut().confirmedAt())));
        return keyed;
    }

    private static String party(Told told, Book book) {
        var terms = told.cashOut().terms();
        return switch (book) {
            case CHARGE, REFUND -> terms.carrier();
            case VOUCHER, VOUCHER_USED, VOUCHER_RETURNED -> terms.issuer();
            case REDEMPTION -> terms.provider();
            case PAYOUT, PAY_BACK -> terms.bank();
            case GIVEN_BACK -> throw new IllegalArgumentException("of ways out");
        };
    }
}
