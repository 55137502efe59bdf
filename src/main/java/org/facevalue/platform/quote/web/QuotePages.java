package org.facevalue.platform.quote.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.jurisdiction.NotLawful;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.quote.CheaperWays;
import org.facevalue.platform.quote.PartyNames;
import org.facevalue.platform.quote.Quotes;
import org.facevalue.platform.quote.Quotes.Compared;
import org.facevalue.platform.quote.Quotes.Offered;
import org.facevalue.platform.voucher.Issuer;
import org.facevalue.platform.voucher.Issuers;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class QuotePages {
    private final Quotes quotes;
    private final Wishes wishes;
    private final Customers customers;
    private final PartyNames names;
    private final Issuers issuers;
    private final CheaperWays cheaper;

    QuotePages(
            Quotes quotes,
            Wishes wishes,
            Customers customers,
            PartyNames names,
            Issuers issuers,
            CheaperWays cheaper) {
        this.quotes = quotes;
        this.wishes = wishes;
        this.customers = customers;
        this.names = names;
        this.issuers = issuers;
        this.cheaper = cheaper;
    }

    /** {@code d}: {@code net} or {@code face}; {@code amount} as a person types it; {@code product}: the voucher's, or none for the usual one. */
    @GetMapping("/compare")
    String compare(
            @SignedIn Caller caller,
            @RequestParam(defaultValue = "net") String d,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(required = false) @Nullable String line,
            @RequestParam(required = false) @Nullable String account,
            @RequestParam(required = false) @Nullable String product,
            Model model,
            HttpServletResponse response,
            Locale language) {
        var customer = new CustomerId(caller.subject());
        model.addAttribute("d", d);
        model.addAttribute("amount", amount);
        model.addAttribute("lines", customers.lines(customer));
        model.addAttribute("accounts", customers.accounts(customer));
        model.addAttribute("line", line == null ? "" : line);
        model.addAttribute("account", account == null ? "" : account);
        model.addAttribute(
                "name",
                (java.util.function.UnaryOperator<String>) code -> names.name(code, language));
        try {
            var digits = amount.replace(",", "").replace(" ", "").strip();
            var wish =
                    wishes.ofQuery(
                            caller,
                            d.equals("face") ? digits : null,
                            d.equals("face") ? null : digits,
                            "KRW",
                            line,
                            account,
                            product);
            model.addAttribute("wish", wish);
            model.addAttribute("issuers", issuers.all());
            model.addAttribute("bought", bought(product));
            switch (quotes.compare(wish)) {
                case Compared.Estimates estimates -> model.addAttribute("compared", estimates);
                case Compared.NotLawful(var no) -> throw NotLawful.problem(no);
                case Compared.OutOfRange(var smallest, var largest) ->
                        throw Wishes.outOfRange(smallest, largest);
            }
            return "quote/compare";
        } catch (Problem problem) {
            response.setStatus(HttpStatusCode.valueOf(problem.code().status()).value());
            model.addAttribute("problem", problem);
            model.addAttribute("cheaper", cheaper.of(customer, language));
            return "quote/compare-refused";
        }
    }

    /** The product that is compared: the one asked for, else the usual one. */
    private String bought(@Nullable String product) {
        return product != null ? product : issuers.usual().map(Issuer::product).orElse("");
    }

    @PostMapping("/quotes")
    String ask(
            @SignedIn Caller caller,
            @RequestParam(defaultValue = "net") String d,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(required = false) @Nullable String line,
            @RequestParam(required = false) @Nullable String account,
            @RequestParam(defaultValue = "") String provider,
            @RequestParam(required = false) @Nullable String product) {
        var wish =
                wishes.ofQuery(
                        caller,
                        d.equals("face") ? amount : null,
                        d.equals("face") ? null : amount,
                        "KRW",
                        line,
                        account,
                        product);
        return switch (quotes.offer(wish, provider)) {
            case Offered.Offer(var quote) -> "redirect:/quotes/" + quote.terms().id().shown();
            case Offered.NotLawful(var no) -> throw NotLawful.problem(no);
            case Offered.NoProvider n ->
                    throw new Problem(
                            org.facevalue.platform.problem.ProblemCode.PROVIDER_SUSPENDED);
            case Offered.OutOfRange(var smallest, var largest) ->
                    throw Wishes.outOfRange(smallest, largest);
        };
    }

    @GetMapping("/quotes/{id}")
    String quote(@SignedIn Caller caller, @PathVariable String id, Model model, Locale language) {
        show(caller, id, model, language);
        return "quote/quote";
    }

    @GetMapping("/quotes/{id}/confirm")
    String confirm(@SignedIn Caller caller, @PathVariable String id, Model model, Locale language) {
        show(caller, id, model, language);
        return "quote/confirm";
    }

    private void show(Caller caller, String id, Model model, Locale language) {
        var quote = wishes.quote(caller, id);
        model.addAttribute("quote", quote);
        model.addAttribute(
                "line",
                customers.line(quote.terms().customer(), quote.terms().line()).orElseThrow());
        model.addAttribute("issuer", issuers.ofProduct(quote.terms().product()).orElseThrow());
        model.addAttribute(
                "name",
                (java.util.function.UnaryOperator<String>) code -> names.name(code, language));
        model.addAttribute("cheaper", cheaper.of(quote.terms().customer(), language));
        model.addAttribute("used", quotes.usedBy(quote.terms().id()).isPresent());
    }
}
