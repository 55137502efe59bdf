package org.facevalue.platform.wayout;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.quote.CheaperWays;
import org.facevalue.platform.wayout.Ways.Way;
import org.springframework.stereotype.Component;

/** The purchases of a customer that the law lets them undo today, for who is about to convert something. */
@Component
class UndoInstead implements CheaperWays {
    private static final int MOST = 3;
    private static final int NEWEST = 10;
    private final Purchases purchases;
    private final KeptVouchers keptVouchers;
    private final WayOuts wayOuts;
    private final Ways ways;

    UndoInstead(Purchases purchases, KeptVouchers keptVouchers, WayOuts wayOuts, Ways ways) {
        this.purchases = purchases;
        this.keptVouchers = keptVouchers;
        this.wayOuts = wayOuts;
        this.ways = ways;
    }

    @Override
    public List<Cheaper> of(CustomerId customer, Locale language) {
        var entered =
                purchases.of(customer, NEWEST).stream()
                        .filter(this::canBeUndone)
                        .flatMap(purchase -> best(purchase, purchase.id()).stream());
        var kept =
                keptVouchers.notEntered(customer, NEWEST).stream()
                        .flatMap(
                                cashOut ->
                                        best(
                                                keptVouchers.asPurchase(cashOut, language),
                                                cashOut.id())
                                                .stream());
        return Stream.concat(entered, kept)
                .sorted(Comparator.comparing(Cheaper::gives).reversed())
                .limit(MOST)
                .toList();
    }

    private boolean canBeUndone(Purchase purchase) {
        boolean shown = purchase.isMadeHere() || !purchases.evidence(purchase).isEmpty();
        return shown && wayOuts.blocking(purchase).isEmpty();
    }

    /** One tap must do: what needs more than a word of the customer's, and an account that the quote has, is not begun from elsewhere. */
    private Optional<Cheaper> best(Purchase purchase, Id asked) {
        return Stream.of(Kind.CANCELLATION, Kind.WITHDRAWAL, Kind.ISSUER_REFUND)
                .map(kind -> ways.of(purchase, kind, false))
                .flatMap(way -> way instanceof Way.Open open ? Stream.of(open) : Stream.empty())
                .flatMap(open -> cheaper(purchase, asked, open).stream())
                .findFirst();
    }

    private static Optional<Cheaper> cheaper(Purchase purchase, Id asked, Way.Open open) {
        var gives = open.gives();
        return gives == null
                ? Optional.empty()
                : Optional.of(
                        new Cheaper(
                                open.kind().word(),
                                asked.shown(),
                                purchase.seller(),
                                gives,
                                open.kind().statement()));
    }
}
