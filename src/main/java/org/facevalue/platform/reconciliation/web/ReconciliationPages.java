package org.facevalue.platform.reconciliation.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.facevalue.platform.cashout.CashOutId;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.Reason;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.money.MoneyJson;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.quote.PartyNames;
import org.facevalue.platform.reconciliation.Book;
import org.facevalue.platform.reconciliation.DifferenceRows;
import org.facevalue.platform.reconciliation.Findings;
import org.facevalue.platform.reconciliation.Reconciliation;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.platform.wayout.WayOutId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** How the comparison with each party went, and what differs. */
@Controller
public class ReconciliationPages {
    private final Reconciliation reconciliation;
    private final Findings findings;
    private final DifferenceRows rows;
    private final PartyNames names;
    private final BusinessClock clock;

    ReconciliationPages(
            Reconciliation reconciliation,
            Findings findings,
            DifferenceRows rows,
            PartyNames names,
            BusinessClock clock) {
        this.reconciliation = reconciliation;
        this.findings = findings;
        this.rows = rows;
        this.names = names;
        this.clock = clock;
    }

    /** A difference as it is shown; {@code about}: the shown identifier of the cash-out or way out, or null. */
    public record Row(DifferenceRows.Open open, @Nullable String about, Duration age) {}

    @GetMapping("/staff/reconciliation")
    String page(Model model, Locale language) {
        var now = clock.now();
        model.addAttribute("results", rows.results());
        model.addAttribute(
                "differences",
                rows.open().stream()
                        .map(
                                open ->
                                        new Row(
                                                open,
                                                shown(open),
                                                Duration.between(open.foundAt(), now)))
                        .toList());
        model.addAttribute("acceptances", findings.acceptances());
        model.addAttribute("name", (UnaryOperator<String>) code -> names.name(code, language));
        if (!model.containsAttribute("noReason")) model.addAttribute("noReason", "");
        return "reconciliation/reconciliation";
    }

    /** A person says why a difference stays as it is. {@code reason}: what stands in it is kept sealed. */
    @PostMapping("/staff/reconciliation/{id}/accept")
    String accept(
            @SignedIn Caller staff,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response,
            Locale language) {
        var words = reason.strip();
        if (!Reason.isOne(words, response)) {
            model.addAttribute("noReason", id);
            return page(model, language);
        }
        if (!findings.accept(staff, uuid(id), words)) throw new Problem(ProblemCode.TOO_LATE);
        return "redirect:/staff/reconciliation";
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemCode.NOT_FOUND);
        }
    }

    @PostMapping("/staff/reconciliation")
    String now() {
        reconciliation.soon();
        return "redirect:/staff/reconciliation";
    }

    record ResultView(
            String party,
            Instant at,
            Instant from,
            long matched,
            long differing,
            @Nullable String problem) {}

    record DifferenceView(
            String party,
            String book,
            String reference,
            @Nullable String about,
            String kind,
            MoneyJson ours,
            MoneyJson theirs,
            Instant foundAt) {}

    record ReconciliationView(List<ResultView> parties, List<DifferenceView> differences) {}

    @GetMapping("/api/v1/staff/reconciliation")
    @ResponseBody
    ReconciliationView read() {
        return new ReconciliationView(
                rows.results().stream()
                        .map(
                                r ->
                                        new ResultView(
                                                r.party(),
                                                r.at(),
                                                r.from(),
                                                r.matched(),
                                                r.differing(),
                                                r.problem()))
                        .toList(),
                rows.open().stream()
                        .map(
                                d ->
                                        new DifferenceView(
                                                d.party(),
                                                d.book().name(),
                                                d.reference(),
                                                shown(d),
                                                d.kind(),
                                                new MoneyJson(d.ours(), "KRW"),
                                                new MoneyJson(d.theirs(), "KRW"),
                                                d.foundAt()))
                        .toList());
    }

    /** Compares now; what came of it is there to be read a moment later. */
    @PostMapping("/api/v1/staff/reconciliation")
    @ResponseBody
    @ResponseStatus(org.springframework.http.HttpStatus.ACCEPTED)
    Map<String, Instant> compare() {
        // Before: one that begins in this very moment is the one that was asked for.
        var asked = clock.now();
        reconciliation.soon();
        return Map.of("asked_at", asked);
    }

    private static @Nullable String shown(DifferenceRows.Open open) {
        var about = open.about();
        if (about == null) return null;
        Id id = open.book() == Book.GIVEN_BACK ? new WayOutId(about) : new CashOutId(about);
        return id.shown();
    }
}
