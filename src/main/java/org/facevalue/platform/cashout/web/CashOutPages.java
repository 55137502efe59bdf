package org.facevalue.platform.cashout.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.facevalue.platform.cashout.CashOut;
import org.facevalue.platform.cashout.CashOutId;
import org.facevalue.platform.cashout.CashOutState;
import org.facevalue.platform.cashout.CashOuts;
import org.facevalue.platform.cashout.Choices;
import org.facevalue.platform.cashout.Contests;
import org.facevalue.platform.cashout.CustomerCodes;
import org.facevalue.platform.cashout.CustomerCodes.Given;
import org.facevalue.platform.cashout.Progress;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.jurisdiction.NotLawful;
import org.facevalue.platform.jurisdiction.Verdict;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.quote.PartyNames;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class CashOutPages {
    private static final int PAGE = 20;
    private final CashOuts cashOuts;
    private final CustomerCodes codes;
    private final Choices choices;
    private final Contests contests;
    private final Journal journal;
    private final PartyNames names;
    private final Jurisdictions jurisdictions;
    private final Customers customers;

    CashOutPages(
            CashOuts cashOuts,
            CustomerCodes codes,
            Choices choices,
            Contests contests,
            Journal journal,
            PartyNames names,
            Jurisdictions jurisdictions,
            Customers customers) {
        this.customers = customers;
        this.jurisdictions = jurisdictions;
        this.cashOuts = cashOuts;
        this.codes = codes;
        this.choices = choices;
        this.contests = contests;
        this.journal = journal;
        this.names = names;
    }

    @GetMapping("/cash-outs/{id}")
    String track(@SignedIn Caller caller, @PathVariable String id, Model model, Locale language) {
        return show(mine(caller, id), null, model, language);
    }

    private String show(
            CashOut cashOut, @Nullable Integer wrongCodeTriesLeft, Model model, Locale language) {
        model.addAttribute("cashOut", cashOut);
        model.addAttribute("progress", Progress.of(cashOut));
        model.addAttribute("events", journal.of(cashOut.cell(), cashOut.id().value()));
        model.addAttribute("aftermaths", cashOuts.turnedUp(cashOut));
        model.addAttribute("name", (UnaryOperator<String>) code -> names.name(code, language));
        model.addAttribute("choices", choices.open(cashOut));
        model.addAttribute("hasVoucher", choices.hasVoucher(cashOut));
        model.addAttribute("contestable", contests.isOpen(cashOut));
        model.addAttribute("triesLeft", wrongCodeTriesLeft == null ? -1 : wrongCodeTriesLeft);
        return "cashout/track";
    }

    @PostMapping("/cash-outs/{id}/carrier-code")
    String code(
            @SignedIn Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String code,
            Model model,
            Locale language) {
        var cashOut = mine(caller, id);
        return switch (codes.give(cashOut.id(), code.strip())) {
            case Given.NoCode n -> show(cashOut, CustomerCodes.left(cashOut), model, language);
            case Given.Wrong(var left) -> show(mine(caller, id), left, model, language);
            case Given.Taken t -> "redirect:/cash-outs/" + id;
            case Given.Unknown u -> "redirect:/cash-outs/" + id;
            case Given.NotWanted n -> "redirect:/cash-outs/" + id;
        };
    }

    @PostMapping("/cash-outs/{id}/cancel")
    String cancel(@SignedIn Caller caller, @PathVariable String id) {
        cashOuts.cancel(mine(caller, id));
        return "redirect:/cash-outs/" + id;
    }

    @PostMapping("/cash-outs/{id}/choice")
    String choose(
            @SignedIn Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String choice) {
        var cashOut = mine(caller, id);
        for (var open : choices.open(cashOut))
            if (open.name().equals(choice)
                    && choices.choose(cashOut, open) == Choices.Chosen.FROZEN)
                throw new Problem(ProblemCode.ACCOUNT_FROZEN).money(Progress.of(cashOut).money());
        // Too late, or taken before: the page says how it stands.
        return "redirect:/cash-outs/" + id;
    }

    /** {@code state}: empty, {@code running}, or the name of an end. */
    @GetMapping("/cash-outs")
    String history(
            @SignedIn Caller caller,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(required = false) @Nullable String after,
            Model model,
            Locale language) {
        var customer = new CustomerId(caller.subject());
        // What somebody has done here stays theirs to see, whatever the law says now.
        if (jurisdictions.show(customers.residences(customer)) instanceof Verdict.Refused no
                && cashOuts.history(customer, List.of(), "", null, 1).isEmpty())
            throw NotLawful.problem(no);
        UUID before = after == null ? null : Id.parse("co", after).orElse(null);
        var found = cashOuts.history(customer, states(state), text(q), before, PAGE + 1);
        var page = found.stream().limit(PAGE).toList();
        model.addAttribute("cashOuts", page);
        model.addAttribute("next", found.size() > PAGE ? page.getLast().id().shown() : "");
        model.addAttribute("q", q);
        model.addAttribute("state", state);
        model.addAttribute("name", (UnaryOperator<String>) code -> names.name(code, language));
        return "cashout/history";
    }

    /** An amount is found however it was typed. */
    private static String text(String q) {
        var text = q.strip().replace("\0", "");
        if (text.length() > 60) text = text.substring(0, 60);
        return text.matches("[₩0-9,원 ]+") ? text.replaceAll("[^0-9]", "") : text;
    }

    private static List<CashOutState> states(String state) {
        if (state.equals("running"))
            return Arrays.stream(CashOutState.values()).filter(s -> !s.isEnd()).toList();
        return Arrays.stream(CashOutState.values()).filter(s -> s.name().equals(state)).toList();
    }

    private CashOut mine(Caller caller, String text) {
        return Id.parse("co", text)
                .flatMap(id -> cashOuts.of(new CustomerId(caller.subject()), new CashOutId(id)))
                .orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND));
    }
}
