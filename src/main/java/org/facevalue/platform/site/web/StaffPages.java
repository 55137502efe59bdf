package org.facevalue.platform.site.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.facevalue.platform.cashout.CashOut;
import org.facevalue.platform.cashout.CashOutId;
import org.facevalue.platform.cashout.CashOuts;
import org.facevalue.platform.cashout.Progress;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.ledger.Postings;
import org.facevalue.platform.outside.Matters;
import org.facevalue.platform.outside.OutsideCalls;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.quote.PartyNames;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** What waits for a person, and any cash-out with its whole story. */
@Controller
public class StaffPages {
    private static final int MOST = 200;
    private final CashOuts cashOuts;
    private final Matters matters;
    private final Journal journal;
    private final Postings postings;
    private final OutsideCalls calls;
    private final PartyNames names;
    private final BusinessClock clock;

    StaffPages(
            CashOuts cashOuts,
            Matters matters,
            Journal journal,
            Postings postings,
            OutsideCalls calls,
            PartyNames names,
            BusinessClock clock) {
        this.cashOuts = cashOuts;
        this.matters = matters;
        this.journal = journal;
        this.postings = postings;
        this.calls = calls;
        this.names = names;
        this.clock = clock;
    }

    /** A line of the desk: what it is about, why, how old. */
    public record Waiting(String id, String reason, String owner, Duration age, String due) {}

    /** A running cash-out and how long it has been in its state. */
    public record Running(CashOut cashOut, Progress progress, Duration age) {}

    @GetMapping("/staff")
    String desk(Model model, Locale language) {
        Instant now = clock.now();
        model.addAttribute(
                "waiting",
                matters.open().stream()
                        .map(
                                m ->
                                        new Waiting(
                                                new CashOutId(m.subject()).shown(),
                                                m.reason(),
                                                m.owner(),
                                                Duration.between(m.openedAt(), now),
                                                m.dueOn().toString()))
                        .toList());
        model.addAttribute(
                "running",
                cashOuts.running(MOST).stream()
                        .map(
                                c ->
                                        new Running(
                                                c,
                                                Progress.of(c),
                                                Duration.between(c.stateSince(), now)))
                        .toList());
        model.addAttribute("name", (UnaryOperator<String>) code -> names.name(code, language));
        return "site/staff";
    }

    @GetMapping("/staff/cash-outs/{id}")
    String cashOut(@PathVariable String id, Model model) {
        var cashOut =
                Id.parse("co", id)
                        .flatMap(uuid -> cashOuts.any(new CashOutId(uuid)))
                        .orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND));
        var uuid = cashOut.id().value();
        model.addAttribute("cashOut", cashOut);
        model.addAttribute("progress", Progress.of(cashOut));
        var aftermaths = cashOuts.aftermaths(cashOut);
        var subjects = new ArrayList<UUID>();
        subjects.add(uuid);
        aftermaths.forEach(aftermath -> subjects.add(aftermath.id()));
        var cell = cashOut.cell();
        model.addAttribute("aftermaths", aftermaths);
        model.addAttribute("events", all(subjects, subject -> journal.of(cell, subject)));
        model.addAttribute("postings", all(subjects, subject -> postings.of(cell, subject)));
        model.addAttribute("calls", all(subjects, subject -> calls.of(cell, subject)));
        return "site/staff-cash-out";
    }

    private static <T> List<T> all(List<UUID> subjects, Function<UUID, List<T>> of) {
        return subjects.stream().map(of).flatMap(List::stream).toList();
    }

    /** The journal in the order of places, for integrators of the operator: {@code after} is the last place they have. */
    @GetMapping("/api/v1/staff/events")
    @ResponseBody
    Map<String, Object> events(
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") int limit) {
        if (after < 0) throw Problem.field("/after", "out-of-range");
        if (limit < 1 || limit > MOST) throw Problem.field("/limit", "out-of-range");
        var page = journal.after(after, limit);
        List<Map<String, Object>> data =
                page.stream()
                        .map(
                                placed ->
                                        Map.<String, Object>of(
                                                "place",
                                                placed.place(),
                                                "type",
                                                placed.event().type(),
                                                "subject",
                                                placed.event().subjectKind()
                                                        + "_"
                                                        + placed.event()
                                                                .subject()
                                                                .toString()
                                                                .replace("-", ""),
                                                "sequence",
                                                placed.event().sequence(),
                                                "at",
                                                placed.event().at().toString(),
                                                "data",
                                                placed.event().data()))
                        .toList();
        return Map.of("data", data, "next", page.isEmpty() ? after : page.getLast().place());
    }
}
