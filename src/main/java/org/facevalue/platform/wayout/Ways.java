package org.facevalue.platform.wayout;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.facevalue.platform.customer.DesignatedAccount.AccountId;
import org.facevalue.platform.jurisdiction.Fact;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.jurisdiction.Route;
import org.facevalue.platform.jurisdiction.Share;
import org.facevalue.platform.jurisdiction.Verdict;
import org.facevalue.platform.money.BasisPoints;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.money.Rounding;
import org.facevalue.platform.payout.Banks;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.platform.voucher.Issuer;
import org.facevalue.platform.voucher.Issuers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the law lets a customer do about a purchase today, and what comes back by it. */
@Component
public class Ways {
    private static final String WITHDRAWAL_TERM = "withdrawal";
    private final Jurisdictions jurisdictions;
    private final Desks desks;
    private final Purchases purchases;
    private final Banks banks;
    private final Issuers issuers;
    private final MadeHere madeHere;
    private final BusinessClock clock;

    Ways(
            Jurisdictions jurisdictions,
            Desks desks,
            Purchases purchases,
            Banks banks,
            Issuers issuers,
            MadeHere madeHere,
            BusinessClock clock) {
        this.madeHere = madeHere;
        this.issuers = issuers;
        this.banks = banks;
        this.jurisdictions = jurisdictions;
        this.desks = desks;
        this.purchases = purchases;
        this.clock = clock;
    }

    /** One of the ways. {@code points}: whether the issuer's points are taken instead of money. */
    public sealed interface Way {
        Kind kind();

        boolean points();

        /**
         * It can be asked for.
         *
         * @param gives what comes back, or null where the issuer's own terms say how much
         */
        record Open(
                Kind kind,
                boolean points,
                Desk desk,
                Verdict.Permitted by,
                @Nullable Money gives,
                WayOut.Until until)
                implements Way {}

        record Closed(Kind kind, boolean points, Verdict.Refused no) implements Way {}
    }

    /** Every way that fits this kind of purchase, open ones first, the one that gives most at the top. */
    public List<Way> of(Purchase purchase) {
        var open = new ArrayList<Way.Open>();
        var closed = new ArrayList<Way.Closed>();
        for (var kind : Kind.values()) {
            if (!fits(kind, purchase)) continue;
            switch (of(purchase, kind, false)) {
                case Way.Open way -> open.add(way);
                case Way.Closed way -> closed.add(way);
            }
        }
        pointsToo(purchase, open);
        open.sort((one, other) -> Long.compare(minor(other), minor(one)));
        return List.<Way>copyOf(
                java.util.stream.Stream.concat(open.stream(), closed.stream()).toList());
    }

    /** Points are shown where more of them comes back than of money. */
    private void pointsToo(Purchase purchase, List<Way.Open> open) {
        for (var way : List.copyOf(open))
            if (way.kind() == Kind.ISSUER_REFUND
                    && of(purchase, way.kind(), true) instanceof Way.Open points
                    && minor(points) > minor(way)) open.add(points);
    }

    private static long minor(Way.Open way) {
        return way.gives() == null ? 0 : way.gives().minor();
    }

    private boolean fits(Kind kind, Purchase purchase) {
        if (purchase.isMadeHere())
            return switch (kind) {
                case CANCELLATION, WITHDRAWAL -> purchase.voucher() != null;
                case CORRECTION -> madeHere.isContestable(purchase);
                case ISSUER_REFUND -> false;
            };
        return kind.isByCarrier() ? purchase.isOnBill() : purchase.voucher() != null;
    }

    /** One way, as the rule packs see it today, by what the customer says of the purchase. */
    public Way of(Purchase purchase, Kind kind, boolean points) {
        return of(purchase, kind, points, purchase.isOnBill(), null);
    }

    /**
     * One way, when it is asked for.
     *
     * @param onBill whether it was charged to a bill, as its issuer says where one is asked
     * @param account where an issuer would pay money to, or null
     */
    Way of(
            Purchase purchase,
            Kind kind,
            boolean points,
            boolean onBill,
            @Nullable AccountId account) {
        var today = today();
        var desk = desk(purchase, kind);
        var route = desk.flatMap(d -> route(purchase, kind, points, onBill, account, d, today));
        if (desk.isEmpty() || route.isEmpty())
            return new Way.Closed(
                    kind,
                    points,
                    Verdict.Refused.noPack(kind.isByCarrier() ? "carrier" : "issuer"));
        return switch (jurisdictions.ask(route.get())) {
            case Verdict.Refused no -> new Way.Closed(kind, points, no);
            case Verdict.Permitted yes ->
                    until(purchase, kind, today)
                            .<Way>map(
                                    until ->
                                            new Way.Open(
                                                    kind,
                                                    points,
                                                    asked(purchase, kind, desk.get()),
                                                    yes,
                                                    gives(purchase, kind, yes),
                                                    until))
                            .orElseGet(
                                    () ->
                                            new Way.Closed(
                                                    kind,
                                                    points,
                                                    new Verdict.Refused(
                                                            "rule-pack-outdated",
                                                            String.valueOf(kind.term()),
                                                            List.of())));
        };
    }

    /** As the packs were asked about it when it was asked for; empty where nobody is there to be asked any more. */
    Optional<Route> route(WayOut wayOut) {
        var purchase = wayOut.purchase();
        return desk(purchase, wayOut.kind())
                .flatMap(
                        desk ->
                                route(
                                        purchase,
                                        wayOut.kind(),
                                        wayOut.basis().points(),
                                        purchase.isOnBill(),
                                        wayOut.basis().account(),
                                        desk,
                                        day(wayOut.createdAt())));
    }

    private Optional<Route> route(
            Purchase purchase,
            Kind kind,
            boolean points,
            boolean onBill,
            @Nullable AccountId account,
            Desk desk,
            LocalDate day) {
        if (!fits(kind, purchase)) return Optional.empty();
        var parties = new ArrayList<Route.Party>();
        var part = kind.isByCarrier() ? Route.Part.CARRIER : Route.Part.ISSUER;
        parties.add(new Route.Party(part, desk.jurisdiction(), desk.address(), Set.of()));
        issuer(purchase)
                .ifPresent(
                        issuer ->
                                parties.add(
                                        new Route.Party(
                                                Route.Part.ISSUER,
                                                issuer.jurisdiction(),
                                                issuer.address(),
                                                Set.of())));
        var number = purchases.accountNumber(purchase, account);
        if (number != null)
            banks.bank()
                    .ifPresent(
                            bank ->
                                    parties.add(
                                            new Route.Party(
                                                    Route.Part.BANK,
                                                    bank.jurisdiction(),
                                                    bank.address(),
                                                    Set.of())));
        return Optional.of(
                new Route(
                        kind.activity(),
                        purchases.lineNumber(purchase),
                        purchases.residences(purchase),
                        number,
                        parties,
                        facts(purchase, points, onBill, day)));
    }

    /** Who has to agree: of a voucher that was kept here the issuer, which takes it back. */
    private Desk asked(Purchase purchase, Kind kind, Desk desk) {
        if (kind == Kind.CORRECTION) return desk;
        return issuer(purchase)
                .map(
                        i ->
                                new Desk(
                                        i.code(),
                                        i.korean(),
                                        i.english(),
                                        i.jurisdiction(),
                                        i.address()))
                .orElse(desk);
    }

    private Optional<Issuer> issuer(Purchase purchase) {
        var voucher = purchase.voucher();
        return purchase.isMadeHere() && voucher != null
                ? issuers.named(voucher.issuer())
                : Optional.empty();
    }

    /** Whose desk it is; empty where nobody is there. */
    Optional<Desk> desk(Purchase purchase, Kind kind) {
        if (kind.isByCarrier())
            return Optional.ofNullable(purchases.lineNumber(purchase)).flatMap(desks::ofLine);
        var voucher = purchase.voucher();
        return desks.issuers().stream()
                .filter(desk -> voucher != null && desk.code().equals(voucher.issuer()))
                .findFirst();
    }

    private Map<Fact, Object> facts(
            Purchase purchase, boolean points, boolean onBill, LocalDate today) {
        var facts = new EnumMap<Fact, Object>(Fact.class);
        facts.put(Fact.BOUGHT_ON_BILL, onBill);
        facts.put(Fact.AGE_DAYS, purchase.ageDays(today));
        facts.put(Fact.IN_TERM, inTerm(purchase.boughtOn(), today));
        facts.put(Fact.USED_PERCENT, purchase.usedPercent());
        facts.put(Fact.FACE_VALUE, purchase.faceValue().minor());
        facts.put(Fact.EXPIRED, purchase.isExpired(today));
        facts.put(
                Fact.SAME_BILL, YearMonth.from(today).equals(YearMonth.from(purchase.boughtOn())));
        facts.put(Fact.AUTHORISED, false);
        facts.put(Fact.WANTS_POINTS, points);
        return facts;
    }

    private boolean inTerm(LocalDate boughtOn, LocalDate today) {
        return jurisdictions
                .term(WITHDRAWAL_TERM, boughtOn)
                .filter(term -> !today.isAfter(term.lastDay()))
                .isPresent();
    }

    /** The most that any of the rules gives; null where none says how much. */
    private static @Nullable Money gives(Purchase purchase, Kind kind, Verdict.Permitted by) {
        return by.citations().stream()
                .map(Verdict.Citation::gives)
                .filter(Objects::nonNull)
                .mapToLong(Share::percent)
                .boxed()
                .max(Long::compare)
                .map(percent -> new BasisPoints(Math.toIntExact(percent * 100)))
                .map(share -> purchase.refundable(kind).share(share, Rounding.CUSTOMER_GETS))
                .orElse(null);
    }

    /**
     * By when the party has to answer a request that it gets, or is told of, on {@code day}. A cancellation is of use until the bill is closed; what no law
     * limits is waited for with patience; a term that the pack cannot count is not guessed.
     */
    Optional<WayOut.Until> until(Purchase purchase, Kind kind, LocalDate day) {
        if (kind == Kind.CANCELLATION)
            return Optional.of(until(YearMonth.from(purchase.boughtOn()).atEndOfMonth(), ""));
        var term = kind.term();
        return term == null
                ? Optional.of(WayOut.Until.patience(day))
                : jurisdictions.term(term, day).map(runs -> until(runs.lastDay(), runs.source()));
    }

    private WayOut.Until until(LocalDate day, String law) {
        return new WayOut.Until(
                day, law, jurisdictions.businessDaysBefore(day, WayOut.REMIND_DAYS));
    }

    /** In the zone of the served jurisdiction. */
    public LocalDate today() {
        return day(clock.now());
    }

    /** Likewise. */
    public LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, jurisdictions.zone());
    }
}
