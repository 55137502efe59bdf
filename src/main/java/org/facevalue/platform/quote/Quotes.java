package org.facevalue.platform.quote;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.facevalue.platform.carrier.CarrierProfile;
import org.facevalue.platform.carrier.Carriers;
import org.facevalue.platform.crypto.Signer;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.jurisdiction.Activity;
import org.facevalue.platform.jurisdiction.Fact;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.jurisdiction.Route;
import org.facevalue.platform.jurisdiction.Route.Part;
import org.facevalue.platform.jurisdiction.Route.Party;
import org.facevalue.platform.jurisdiction.Verdict;
import org.facevalue.platform.money.BasisPoints;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.money.Rounding;
import org.facevalue.platform.payout.Bank;
import org.facevalue.platform.payout.Banks;
import org.facevalue.platform.provider.Provider;
import org.facevalue.platform.provider.Providers;
import org.facevalue.platform.quote.Wish.Direction;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.platform.voucher.Issuer;
import org.facevalue.platform.voucher.Issuers;
import org.facevalue.verify.CanonicalJson;
import org.facevalue.verify.SignedDocument;
import org.springframework.stereotype.Component;

/** Makes estimates and quotes. */
@Component
public class Quotes {
    private static final Duration VALID = Duration.ofMinutes(15);
    private static final BasisPoints OPERATOR_FEE = new BasisPoints(80);
    private final Jurisdictions jurisdictions;
    private final Carriers carriers;
    private final Issuers issuers;
    private final Banks banks;
    private final Providers providers;
    private final Customers customers;
    private final QuoteRows rows;
    private final Signer signer;
    private final Ids ids;
    private final BusinessClock clock;

    Quotes(
            Jurisdictions jurisdictions,
            Carriers carriers,
            Issuers issuers,
            Banks banks,
            Providers providers,
            Customers customers,
            QuoteRows rows,
            Signer signer,
            Ids ids,
            BusinessClock clock) {
        this.jurisdictions = jurisdictions;
        this.carriers = carriers;
        this.issuers = issuers;
        this.banks = banks;
        this.providers = providers;
        this.customers = customers;
        this.rows = rows;
        this.signer = signer;
        this.ids = ids;
        this.clock = clock;
    }

    /** What came of a wish. */
    public sealed interface Offered {
        record Offer(Quote quote) implements Offered {}

        /** The law says no, or says nothing. */
        record NotLawful(Verdict.Refused verdict) implements Offered {}

        record NoProvider() implements Offered {}

        /** No face value between these gives what was asked for. */
        record OutOfRange(Money smallest, Money largest) implements Offered {}
    }

    /** What came of a comparison. */
    public sealed interface Compared {
        /** Best net first; {@code refused} are those that may not take part now. */
        record Estimates(
                List<Estimate> estimates, List<Provider> refused, Verdict.Permitted verdict)
                implements Compared {}

        record NotLawful(Verdict.Refused verdict) implements Compared {}

        record OutOfRange(Money smallest, Money largest) implements Compared {}
    }

    /** All parties of one wish, and where the customer lives. */
    private record Parties(
            CarrierProfile carrier, Issuer issuer, Bank bank, Set<String> residences) {}

    public Compared compare(Wish wish) {
        var parties = parties(wish);
        if (parties.isEmpty()) return new Compared.NotLawful(noPack());
        var now = clock.now();
        var estimates = new ArrayList<Estimate>();
        var refused = new ArrayList<Provider>();
        Verdict.Permitted permitted = null;
        Verdict.Refused unlawful = noPack();
        for (var provider : providers.all()) {
            // Who may not take part now is shown where the law would show them.
            switch (verdict(wish, parties.get(), provider)) {
                case Verdict.Refused no -> unlawful = no;
                case Verdict.Permitted no when !provider.authorised(now) -> refused.add(provider);
                case Verdict.Permitted yes -> {
                    permitted = yes;
                    price(wish, parties.get(), provider)
                            .ifPresent(
                                    priced ->
                                            estimates.add(
                                                    estimate(
                                                            priced, parties.get(), provider, now)));
                }
            }
        }
        if (permitted == null) return new Compared.NotLawful(unlawful);
        if (estimates.isEmpty()) return outOfRange(parties.get());
        estimates.sort(
                Comparator.comparing(Estimate::cost)
                        .thenComparing(estimate -> estimate.provider().code()));
        return new Compared.Estimates(estimates, refused, permitted);
    }

    private static Compared outOfRange(Parties parties) {
        return new Compared.OutOfRange(
                Money.won(parties.issuer().smallest()), Money.won(parties.issuer().largest()));
    }

    /** A signed quote of that provider. */
    public Offered offer(Wish wish, String providerCode) {
        var parties = parties(wish);
        if (parties.isEmpty()) return new Offered.NotLawful(noPack());
        var now = clock.now();
        var provider = providers.provider(providerCode).filter(p -> p.authorised(now));
        if (provider.isEmpty()) return new Offered.NoProvider();
        return switch (verdict(wish, parties.get(), provider.get())) {
            case Verdict.Refused no -> new Offered.NotLawful(no);
            case Verdict.Permitted yes ->
                    price(wish, parties.get(), provider.get())
                            .<Offered>map(
                                    priced ->
                                            new Offered.Offer(
                                                    sign(
                                                            wish,
                                                            priced,
                                                            parties.get(),
                                                            provider.get(),
                                                            yes,
                                                            now)))
                            .orElseGet(
                                    () ->
                                            new Offered.OutOfRange(
                                                    Money.won(parties.get().issuer().smallest()),
                                                    Money.won(parties.get().issuer().largest())));
        };
    }

    /** The customer's quote; empty when there is none, it is somebody else's, or its route is not permitted any more. */
    public Optional<Quote> quote(CustomerId customer, QuoteId id) {
        return rows.of(id)
                .filter(row -> row.terms().customer().equals(customer))
                .flatMap(
                        row ->
                                verdict(row.terms()) instanceof Verdict.Permitted yes
                                        ? Optional.of(
                                                new Quote(
                                                        row.terms(),
                                                        yes,
                                                        row.digest(),
                                                        row.signature()))
                                        : Optional.empty());
    }

    /** Whether there is such a quote of the customer's, however old. */
    public boolean isOf(CustomerId customer, QuoteId id) {
        return rows.of(id).filter(row -> row.terms().customer().equals(customer)).isPresent();
    }

    /** Why a quote of the customer's is none any more; empty when there is no such quote, or nothing refuses it. */
    public Optional<Verdict.Refused> refused(CustomerId customer, QuoteId id) {
        return rows.of(id)
                .filter(row -> row.terms().customer().equals(customer))
                .map(row -> verdict(row.terms()))
                .filter(Verdict.Refused.class::isInstance)
                .map(Verdict.Refused.class::cast);
    }

    /** The terms of a quote, whoever's and however old. */
    public Optional<QuoteRows.Row> row(QuoteId id) {
        return rows.of(id);
    }

    /** The terms of these quotes, whoever's and however old; one that cannot be read is missing. */
    public Map<QuoteId, Terms> terms(Collection<QuoteId> ids) {
        return rows.terms(ids);
    }

    private Verdict verdict(Terms terms) {
        return route(terms).map(jurisdictions::ask).orElseGet(Quotes::noPack);
    }

    /** The route of these terms as the register knows it today; empty when a part of it is not there any more. */
    Optional<Route> route(Terms terms) {
        var line = customers.line(terms.customer(), terms.line());
        var account = customers.account(terms.customer(), terms.account());
        var provider = providers.provider(terms.provider());
        if (line.isEmpty() || account.isEmpty() || provider.isEmpty()) return Optional.empty();
        var wish =
                new Wish(
                        line.get(),
                        account.get(),
                        Direction.FACE_VALUE,
                        terms.faceValue(),
                        terms.product());
        return parties(wish).map(parties -> route(wish, parties, provider.get()));
    }

    private Verdict verdict(Wish wish, Parties parties, Provider provider) {
        return jurisdictions.ask(route(wish, parties, provider));
    }

    private static Route route(Wish wish, Parties parties, Provider provider) {
        var carrier = parties.carrier();
        var issuer = parties.issuer();
        var bank = parties.bank();
        return new Route(
                Activity.CASH_OUT,
                wish.line().number(),
                parties.residences(),
                wish.account().number(),
                List.of(
                        new Party(
                                Part.CARRIER, carrier.jurisdiction(), carrier.address(), Set.of()),
                        new Party(Part.ISSUER, issuer.jurisdiction(), issuer.address(), Set.of()),
                        new Party(
                                Part.PROVIDER,
                                provider.jurisdiction(),
                                provider.address(),
                                Set.of(provider.licence())),
                        new Party(Part.BANK, bank.jurisdiction(), bank.address(), Set.of())),
                Map.of(Fact.BOUGHT_ON_BILL, true));
    }

    private Optional<Parties> parties(Wish wish) {
        var carrier = carriers.of(wish.line().number());
        var product = wish.product();
        var issuer = product == null ? issuers.usual() : issuers.ofProduct(product);
        var bank = banks.bank();
        return carrier.isPresent() && issuer.isPresent() && bank.isPresent()
                ? Optional.of(
                        new Parties(
                                carrier.get(),
                                issuer.get(),
                                bank.get(),
                                customers.residences(wish.line().customer())))
                : Optional.empty();
    }

    private static Verdict.Refused noPack() {
        return Verdict.Refused.noPack("route");
    }

    private Optional<Pricing.Priced> price(Wish wish, Parties parties, Provider provider) {
        var pricing =
                new Pricing(
                        List.of(
                                new Pricing.Rate(
                                        FeeLine.Kind.CARRIER,
                                        parties.carrier().code(),
                                        parties.carrier().fee(),
                                        "carrier-tariff"),
                                new Pricing.Rate(
                                        FeeLine.Kind.ISSUER,
                                        parties.issuer().code(),
                                        parties.issuer().fee(),
                                        "issuer-tariff"),
                                new Pricing.Rate(
                                        FeeLine.Kind.PROVIDER,
                                        provider.code(),
                                        provider.fee(),
                                        "provider-schedule"),
                                new Pricing.Rate(
                                        FeeLine.Kind.OPERATOR,
                                        "operator",
                                        OPERATOR_FEE,
                                        "operator-tariff")),
                        new Pricing.Fixed(
                                parties.bank().code(), parties.bank().fee(), "bank-tariff"),
                        parties.issuer().unit());
        var smallest = new Money(parties.issuer().smallest(), wish.amount().currency());
        var largest = new Money(parties.issuer().largest(), wish.amount().currency());
        var priced =
                switch (wish.direction()) {
                    case FACE_VALUE ->
                            wish.amount().minor() % parties.issuer().unit() == 0
                                            && wish.amount().compareTo(largest) <= 0
                                    ? pricing.of(wish.amount())
                                    : Optional.<Pricing.Priced>empty();
                    case NET -> pricing.reaching(wish.amount(), largest);
                };
        return priced.filter(p -> p.faceValue().compareTo(smallest) >= 0);
    }

    private Estimate estimate(
            Pricing.Priced priced, Parties parties, Provider provider, Instant now) {
        var today = today(now);
        var dueOn = parties.carrier().dueOn(today);
        long cost =
                AnnualCost.bps(
                        priced.faceValue(), priced.net(), ChronoUnit.DAYS.between(today, dueOn));
        return new Estimate(
                provider, priced.faceValue(), priced.lines(), priced.net(), cost, dueOn);
    }

    private Quote sign(
            Wish wish,
            Pricing.Priced priced,
            Parties parties,
            Provider provider,
            Verdict.Permitted verdict,
            Instant now) {
        var estimate = estimate(priced, parties, provider, now);
        var customer = wish.line().customer();
        var terms =
                new Terms(
                        new QuoteId(ids.next()),
                        customers.cellOf(customer),
                        customer,
                        wish.line().id(),
                        wish.account().id(),
                        parties.carrier().code(),
                        parties.issuer().product(),
                        parties.issuer().code(),
                        provider.code(),
                        parties.bank().code(),
                        wish.account().masked() + " " + wish.account().maskedHolder(),
                        priced.faceValue(),
                        priced.lines(),
                        priced.net(),
                        estimate.annualCostBps(),
                        estimate.billDueOn(),
                        priced.faceValue()
                                .share(parties.carrier().lateFee(), Rounding.CUSTOMER_PAYS),
                        verdict.mayHold(),
                        verdict.jurisdiction(),
                        verdict.packVersion(),
                        TermsDocument.rules(verdict),
                        now,
                        now.plus(VALID));
        var document = TermsDocument.of(terms);
        var signature =
                Base64.getEncoder().encodeToString(signer.sign(CanonicalJson.bytes(document)));
        var quote = new Quote(terms, verdict, SignedDocument.digest(document), signature);
        rows.add(quote);
        return quote;
    }

    private LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, zone());
    }

    /** For who shows times: the zone of the jurisdiction that is served. */
    public java.time.ZoneId zone() {
        return jurisdictions.zone();
    }

    /** Whether somebody used the quote already: the identifier of what it became. */
    public Optional<UUID> usedBy(QuoteId id) {
        return rows.usedBy(id);
    }
}
