package org.facevalue.platform.wayout.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.money.MoneyJson;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.quote.PartyNames;
import org.facevalue.platform.wayout.Desks;
import org.facevalue.platform.wayout.KeptVouchers;
import org.facevalue.platform.wayout.Letters;
import org.facevalue.platform.wayout.Purchase;
import org.facevalue.platform.wayout.Purchases;
import org.facevalue.platform.wayout.WayOut;
import org.facevalue.platform.wayout.WayOuts;
import org.facevalue.platform.wayout.Ways;
import org.facevalue.platform.wayout.web.Entries.NewPurchase;
import org.facevalue.platform.wayout.web.Entries.NewVoucher;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

@Controller
class WayOutPages {
    private final Entries entries;
    private final Purchases purchases;
    private final Ways ways;
    private final WayOuts wayOuts;
    private final Letters letters;
    private final Customers customers;
    private final Desks desks;
    private final KeptVouchers keptVouchers;
    private final PartyNames names;
    private final Journal journal;

    WayOutPages(
            Entries entries,
            Purchases purchases,
            Ways ways,
            WayOuts wayOuts,
            Letters letters,
            Customers customers,
            Desks desks,
            KeptVouchers keptVouchers,
            PartyNames names,
            Journal journal) {
        this.keptVouchers = keptVouchers;
        this.names = names;
        this.entries = entries;
        this.purchases = purchases;
        this.ways = ways;
        this.wayOuts = wayOuts;
        this.letters = letters;
        this.customers = customers;
        this.desks = desks;
        this.journal = journal;
    }

    @GetMapping("/ways-out")
    String list(@SignedIn Caller caller, Model model, Locale language) {
        var customer = new CustomerId(caller.subject());
        model.addAttribute("wayOuts", wayOuts.of(customer));
        model.addAttribute("purchases", purchases.of(customer, WayOutApi.MOST));
        model.addAttribute("madeHere", keptVouchers.notEntered(customer, WayOutApi.MOST));
        model.addAttribute("name", name(language));
        return "wayout/list";
    }

    @GetMapping("/ways-out/new")
    String form(@SignedIn Caller caller, Model model) {
        return form(caller, Map.of(), "", "", model);
    }

    /** {@code typed}: what stands in the fields; {@code at}: the field that is wrong, and {@code why}. */
    private String form(
            Caller caller, Map<String, String> typed, String at, String why, Model model) {
        model.addAttribute("typed", typed);
        model.addAttribute("at", at);
        model.addAttribute("why", why);
        model.addAttribute("lines", customers.lines(new CustomerId(caller.subject())));
        model.addAttribute("issuers", desks.issuers());
        model.addAttribute("today", ways.today());
        return "wayout/new";
    }

    /** {@code cash_out}: that it was made by, and nothing else; or {@code line}: its identifier, or empty where it is on no bill; {@code issuer}: or empty where it is no voucher; amounts as people type them. */
    @PostMapping("/purchases")
    String enter(
            @SignedIn Caller caller,
            @RequestParam Map<String, String> typed,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Model model,
            HttpServletResponse response,
            Locale language)
            throws IOException {
        var cashOut = typed.getOrDefault("cash_out", "");
        if (!cashOut.isEmpty()) {
            var made = new NewPurchase(cashOut, null, null, null, null, null, null, null);
            return "redirect:/purchases/" + entries.enter(caller, made, language).id().shown();
        }
        var issuer = typed.getOrDefault("issuer", "");
        var voucher =
                issuer.isEmpty()
                        ? null
                        : new NewVoucher(
                                issuer,
                                typed.get("expires_on"),
                                money(typed.get("face_value")),
                                money(typed.get("balance")));
        try {
            var evidence = look(file);
            var line = typed.getOrDefault("line", "");
            var purchase =
                    entries.enter(
                            caller,
                            new NewPurchase(
                                    null,
                                    line.isEmpty() ? null : line,
                                    typed.get("seller"),
                                    typed.get("article"),
                                    typed.getOrDefault("number", "").strip(),
                                    typed.get("bought_on"),
                                    money(typed.get("amount")),
                                    voucher),
                            language);
            add(purchase, evidence);
            return "redirect:/purchases/" + purchase.id().shown();
        } catch (Problem problem) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return form(caller, typed, field(problem), why(problem), model);
        }
    }

    /** Before anything is entered: whether it can be evidence. */
    private static MultipartFile look(@Nullable MultipartFile file) throws IOException {
        if (file == null || file.isEmpty()) throw Problem.field("/file", "missing");
        if (file.getSize() > Purchases.LARGEST_EVIDENCE) throw Problem.field("/file", "too-large");
        if (!Purchases.isTaken(String.valueOf(file.getContentType()), file.getBytes()))
            throw new Problem(ProblemCode.EVIDENCE_TYPE);
        return file;
    }

    private static String field(Problem problem) {
        if (problem.code() == ProblemCode.EVIDENCE_TYPE) return "file";
        return problem.errors().isEmpty()
                ? "file"
                : problem.errors()
                        .getFirst()
                        .pointer()
                        .replaceAll("^/(voucher/)?", "")
                        .replaceAll("/.*", "");
    }

    /** A message key: of the field's own where there is one, of the problem else. */
    private static String why(Problem problem) {
        for (var own : List.of("made-here", "too-large"))
            if (problem.errors().stream().anyMatch(error -> error.code().equals(own)))
                return "wayout.new.wrong." + own;
        return problem.code() == ProblemCode.INVALID_FIELD
                ? "wayout.new.wrong." + field(problem)
                : "problem." + problem.code().code() + ".detail";
    }

    private void add(Purchase purchase, MultipartFile file) throws IOException {
        var name = file.getOriginalFilename();
        entries.addEvidence(
                purchase,
                name == null || name.isBlank() ? "evidence" : shortened(name),
                file.getContentType(),
                file.getBytes());
    }

    private static String shortened(String name) {
        return name.length() <= 80 ? name : name.substring(name.length() - 80);
    }

    private static @Nullable MoneyJson money(@Nullable String text) {
        var digits = text == null ? "" : text.replaceAll("[,원₩ ]", "");
        return digits.matches("[0-9]{1,12}")
                ? new MoneyJson(Long.parseLong(digits), "KRW")
                : digits.isEmpty() ? null : new MoneyJson(-1L, "KRW");
    }

    @GetMapping("/purchases/{id}")
    String purchase(
            @SignedIn Caller caller, @PathVariable String id, Model model, Locale language) {
        return purchase(caller, entries.purchase(caller, id), "", model, language);
    }

    /** {@code why}: the file that was to be added is not taken, or empty. */
    private String purchase(
            Caller caller, Purchase purchase, String why, Model model, Locale language) {
        model.addAttribute("purchase", purchase);
        model.addAttribute("why", why);
        model.addAttribute("evidence", purchases.evidence(purchase));
        model.addAttribute("ways", ways.of(purchase));
        model.addAttribute("wayOuts", wayOuts.of(purchase));
        model.addAttribute("blocked", wayOuts.blocking(purchase).isPresent());
        model.addAttribute("accounts", customers.accounts(new CustomerId(caller.subject())));
        model.addAttribute("name", name(language));
        return "wayout/purchase";
    }

    @GetMapping("/purchases/{id}/evidence/{number}")
    ResponseEntity<byte[]> evidence(
            @SignedIn Caller caller, @PathVariable String id, @PathVariable int number) {
        return entries.evidence(caller, id, number);
    }

    @PostMapping("/purchases/{id}/evidence")
    String evidence(
            @SignedIn Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Model model,
            HttpServletResponse response,
            Locale language)
            throws IOException {
        var purchase = entries.purchase(caller, id);
        try {
            var evidence = look(file);
            add(purchase, evidence);
            return "redirect:/purchases/" + purchase.id().shown();
        } catch (Problem problem) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return purchase(caller, purchase, why(problem), model, language);
        }
    }

    @PostMapping("/ways-out")
    String ask(
            @SignedIn Caller caller,
            @RequestParam(defaultValue = "") String purchase,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "false") boolean points,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(required = false) @Nullable String stated,
            Locale language) {
        var way = Entries.kind(kind);
        Entries.stated(way, stated);
        var asked =
                wayOuts.ask(
                        entries.asked(caller, purchase, language),
                        way,
                        points,
                        entries.account(caller, account),
                        language);
        // Pressed twice: the first one is shown.
        if (asked instanceof WayOuts.Asked.Running(var other))
            return "redirect:/ways-out/" + other.shown();
        return "redirect:/ways-out/" + WayOutApi.begun(asked).id().shown();
    }

    @GetMapping("/ways-out/{id}")
    String track(@SignedIn Caller caller, @PathVariable String id, Model model, Locale language) {
        WayOut wayOut = entries.wayOut(caller, id);
        model.addAttribute("wayOut", wayOut);
        model.addAttribute("events", journal.of(wayOut.cell(), wayOut.id().value()));
        model.addAttribute("evidence", purchases.evidence(wayOut.purchase()));
        model.addAttribute("name", name(language));
        return "wayout/track";
    }

    @PostMapping("/ways-out/{id}/{choice}")
    String choose(@SignedIn Caller caller, @PathVariable String id, @PathVariable String choice) {
        // Too late: the page says how it stands.
        WayOutApi.choose(wayOuts, entries.wayOut(caller, id), choice);
        return "redirect:/ways-out/" + id;
    }

    @GetMapping("/ways-out/{id}/{document}.pdf")
    ResponseEntity<byte[]> document(
            @SignedIn Caller caller,
            @PathVariable String id,
            @PathVariable String document,
            Locale language) {
        return WayOutApi.paper(letters, entries.wayOut(caller, id), document, language);
    }

    private UnaryOperator<String> name(Locale language) {
        return code ->
                desks.named(code)
                        .map(desk -> desk.name(language))
                        .orElseGet(() -> names.name(code, language));
    }
}
