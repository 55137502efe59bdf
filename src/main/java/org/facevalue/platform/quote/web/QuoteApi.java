package org.facevalue.platform.quote.web;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.ChallengeView;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.identity.StepUp;
import org.facevalue.platform.jurisdiction.NotLawful;
import org.facevalue.platform.money.MoneyJson;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.quote.CheaperWays;
import org.facevalue.platform.quote.Estimate;
import org.facevalue.platform.quote.FeeLine;
import org.facevalue.platform.quote.Quote;
import org.facevalue.platform.quote.Quotes;
import org.facevalue.platform.quote.Quotes.Compared;
import org.facevalue.platform.quote.Quotes.Offered;
import org.facevalue.platform.quote.Terms;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class QuoteApi {
    private final CheaperWays cheaper;
    private final Quotes quotes;
    private final Wishes wishes;
    private final StepUp stepUp;

    QuoteApi(Quotes quotes, Wishes wishes, StepUp stepUp, CheaperWays cheaper) {
        this.cheaper = cheaper;
        this.quotes = quotes;
        this.wishes = wishes;
        this.stepUp = stepUp;
    }

    /** Either {@code face_value} or {@code net}; {@code product} may be left out. */
    record AskQuote(
            @Nullable MoneyJson faceValue,
            @Nullable MoneyJson net,
            @Nullable String line,
            @Nullable String account,
            @Nullable String provider,
            @Nullable String product) {}

    record FeeLineView(String kind, String payee, MoneyJson amount, int feeBps, String rule) {
        static FeeLineView of(FeeLine line) {
            return new FeeLineView(
                    line.kind().name(),
                    line.payee(),
                    MoneyJson.of(line.amount()),
                    line.bps(),
                    line.rule());
        }
    }

    record CitationView(String rule, String source, String text) {}

    record VerdictView(String jurisdiction, String pack, List<CitationView> citations) {}

    /** A purchase that could be undone instead, at no cost. */
    record CheaperView(
            String kind,
            String purchase,
            String seller,
            MoneyJson gives,
            MoneyJson saves,
            String stated) {}

    record QuoteView(
            String id,
            MoneyJson faceValue,
            List<FeeLineView> lines,
            MoneyJson net,
            MoneyJson cost,
            long effectiveAnnualCostBps,
            LocalDate billDueOn,
            MoneyJson lateFee,
            String provider,
            String line,
            String account,
            String payee,
            List<CheaperView> cheaper,
            VerdictView verdict,
            Instant expiresAt,
            String digest,
            String signature) {}

    record EstimateView(
            String provider,
            MoneyJson faceValue,
            List<FeeLineView> lines,
            MoneyJson net,
            MoneyJson cost,
            long effectiveAnnualCostBps,
            LocalDate billDueOn,
            int usualSeconds) {}

    record RefusedView(String provider, String reason) {}

    record ComparisonView(
            MoneyJson notConvertingCosts, List<EstimateView> data, List<RefusedView> refused) {}

    @GetMapping("/api/v1/comparison")
    ComparisonView compare(
            @SignedIn Caller caller,
            @RequestParam(name = "face_value", required = false) @Nullable String faceValue,
            @RequestParam(required = false) @Nullable String net,
            @RequestParam(defaultValue = "KRW") String currency,
            @RequestParam(required = false) @Nullable String line,
            @RequestParam(required = false) @Nullable String account,
            @RequestParam(required = false) @Nullable String product) {
        var wish = wishes.ofQuery(caller, faceValue, net, currency, line, account, product);
        return switch (quotes.compare(wish)) {
            case Compared.Estimates(var estimates, var refused, var verdict) ->
                    new ComparisonView(
                            new MoneyJson(0L, currency),
                            estimates.stream().map(QuoteApi::view).toList(),
                            refused.stream()
                                    .map(p -> new RefusedView(p.code(), "not-authorised"))
                                    .toList());
            case Compared.NotLawful(var no) -> throw NotLawful.problem(no);
            case Compared.OutOfRange(var smallest, var largest) ->
                    throw Wishes.outOfRange(smallest, largest);
        };
    }

    @PostMapping("/api/v1/quotes")
    ResponseEntity<QuoteView> ask(
            @SignedIn Caller caller, @RequestBody AskQuote request, Locale language) {
        if (request.provider() == null) throw Problem.field("/provider", "missing");
        var wish =
                wishes.of(
                        caller,
                        request.faceValue(),
                        request.net(),
                        request.line(),
                        request.account(),
                        request.product());
        return switch (quotes.offer(wish, request.provider())) {
            case Offered.Offer(var quote) ->
                    ResponseEntity.created(
                                    URI.create("/api/v1/quotes/" + quote.terms().id().shown()))
                            .body(view(quote, language));
            case Offered.NotLawful(var no) -> throw NotLawful.problem(no);
            case Offered.NoProvider n -> throw new Problem(ProblemCode.PROVIDER_SUSPENDED);
            case Offered.OutOfRange(var smallest, var largest) ->
                    throw Wishes.outOfRange(smallest, largest);
        };
    }

    @GetMapping("/api/v1/quotes/{id}")
    QuoteView read(@SignedIn Caller caller, @PathVariable String id, Locale language) {
        return view(wishes.quote(caller, id), language);
    }

    @PostMapping("/api/v1/quotes/{id}/challenges")
    @ResponseStatus(HttpStatus.CREATED)
    ChallengeView challenge(@SignedIn Caller caller, @PathVariable String id) {
        var quote = wishes.quote(caller, id);
        var terms = quote.terms();
        var challenge =
                stepUp.challenge(
                        caller,
                        new StepUp.Agreement(
                                terms.cell(), quote.digest(), terms.net().minor(), terms.payee()));
        return ChallengeView.of(
                challenge, terms.net() + " to " + terms.payee() + ", quote " + quote.digest());
    }

    private static EstimateView view(Estimate estimate) {
        return new EstimateView(
                estimate.provider().code(),
                MoneyJson.of(estimate.faceValue()),
                estimate.lines().stream().map(FeeLineView::of).toList(),
                MoneyJson.of(estimate.net()),
                MoneyJson.of(estimate.cost()),
                estimate.annualCostBps(),
                estimate.billDueOn(),
                estimate.provider().seconds());
    }

    private QuoteView view(Quote quote, Locale language) {
        var terms = quote.terms();
        return new QuoteView(
                terms.id().shown(),
                MoneyJson.of(terms.faceValue()),
                terms.lines().stream().map(FeeLineView::of).toList(),
                MoneyJson.of(terms.net()),
                MoneyJson.of(terms.cost()),
                terms.annualCostBps(),
                terms.billDueOn(),
                MoneyJson.of(terms.lateFee()),
                terms.provider(),
                terms.line().shown(),
                terms.account().shown(),
                terms.payee(),
                cheaper.of(terms.customer(), language).stream().map(c -> view(c, terms)).toList(),
                new VerdictView(
                        quote.verdict().jurisdiction(),
                        quote.verdict().packVersion(),
                        quote.verdict().citations().stream()
                                .map(c -> new CitationView(c.rule(), c.source(), c.english()))
                                .toList()),
                terms.expiresAt(),
                quote.digest(),
                quote.signature());
    }

    private static CheaperView view(CheaperWays.Cheaper cheaper, Terms terms) {
        return new CheaperView(
                cheaper.kind(),
                cheaper.purchase(),
                cheaper.seller(),
                MoneyJson.of(cheaper.gives()),
                MoneyJson.of(cheaper.saves(terms)),
                cheaper.stated());
    }
}
