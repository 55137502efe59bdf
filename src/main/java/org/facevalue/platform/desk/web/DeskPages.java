package org.facevalue.platform.desk.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.facevalue.platform.cashout.Aftermath;
import org.facevalue.platform.cashout.ByHand;
import org.facevalue.platform.cashout.ByHand.Back;
import org.facevalue.platform.cashout.ByHand.Said;
import org.facevalue.platform.cashout.ByHand.Whole;
import org.facevalue.platform.cashout.CashOut;
import org.facevalue.platform.cashout.CashOutId;
import org.facevalue.platform.cashout.CashOuts;
import org.facevalue.platform.cashout.Progress;
import org.facevalue.platform.desk.Desk;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.Reason;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.ledger.Postings;
import org.facevalue.platform.notification.Messages;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.outside.Matters;
import org.facevalue.platform.outside.OutsideCalls;
import org.facevalue.platform.outside.Switchboard;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.quote.PartyNames;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.platform.wayout.WayOuts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** What waits for a person, and any cash-out with its whole story. */
@Controller
public class DeskPages {
    private static final int MOST = 200;
    private static final Duration STUCK = Duration.ofMinutes(10);
    private static final String CASH_OUT = "/staff/cash-outs/";
    private static final String WAY_OUT = "/staff/ways-out/";
    private final CashOuts cashOuts;
    private final WayOuts wayOuts;
    private final Messages messages;
    private final ByHand byHand;
    private final Desk desk;
    private final Matters matters;
    private final Journal journal;
    private final Postings postings;
    private final OutsideCalls calls;
    private final Switchboard switchboard;
    private final PartyNames names;
    private final BusinessClock clock;

    DeskPages(
            CashOuts cashOuts,
            WayOuts wayOuts,
            Messages messages,
            ByHand byHand,
            Desk desk,
            Matters matters,
            Journal journal,
            Postings postings,
            OutsideCalls calls,
            Switchboard switchboard,
            PartyNames names,
            BusinessClock clock) {
        this.cashOuts = cashOuts;
        this.wayOuts = wayOuts;
        this.messages = messages;
        this.byHand = byHand;
        this.desk = desk;
        this.matters = matters;
        this.journal = journal;
        this.postings = postings;
        this.calls = calls;
        this.switchboard = switchboard;
        this.names = names;
        this.clock = clock;
    }

    /** A line of the desk: what it is about, or null where the books with a party are, and its page; why, how old. */
    public record Waiting(
            @Nullable String id,
            String page,
            String reason,
            String owner,
            Duration age,
            String due) {}

    /** A running cash-out and how long it has been in its state. */
    public record Running(CashOut cashOut, Progress progress, Duration age) {}

    /** {@code reason}: only the queue of that reason, or all. */
    @GetMapping("/staff")
    String desk(@RequestParam(defaultValue = "") String reason, Model model, Locale language) {
        Instant now = clock.now();
        var open = matters.open();
        var queues = new TreeMap<String, Long>();
        open.forEach(matter -> queues.merge(matter.reason(), 1L, Long::sum));
        var shown =
                reason.isEmpty()
                        ? open
                        : open.stream().filter(m -> m.reason().equals(reason)).toList();
        model.addAttribute("queues", queues);
        model.addAttribute("reason", reason);
        model.addAttribute("waiting", waiting(shown, now));
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
        model.addAttribute("waysOut", wayOuts.running(MOST));
        model.addAttribute("now", now);
        model.addAttribute("stuck", messages.stuck(now.minus(STUCK)));
        model.addAttribute("parties", switchboard.lines());
        model.addAttribute("name", (UnaryOperator<String>) code -> names.name(code, language));
        return "desk/desk";
    }

    private List<Waiting> waiting(List<Matter> open, Instant now) {
        var cashOut = cashOuts.about(open);
        var wayOut = wayOuts.among(open.stream().map(Matter::subject).toList());
        var waiting = new ArrayList<Waiting>();
        for (var matter : open) {
            Id id = cashOut.get(matter.subject());
            if (id == null) id = wayOut.get(matter.subject());
            waiting.add(
                    new Waiting(
                            id == null ? null : id.shown(),
                            id == null
                                    ? "/staff/reconciliation"
                                    : (id.prefix().equals("wo") ? WAY_OUT : CASH_OUT) + id.shown(),
                            matter.reason(),
                            matter.owner(),
                            Duration.between(matter.openedAt(), now),
                            matter.dueOn().toString()));
        }
        return waiting;
    }

    @GetMapping("/staff/cash-outs/{id}")
    String cashOut(@SignedIn Caller staff, @PathVariable String id, Model model, Locale language) {
        return show(any(id), staff, false, model, language);
    }

    private String show(
            CashOut cashOut, Caller staff, boolean noReason, Model model, Locale language) {
        var aftermaths = cashOuts.aftermaths(cashOut);
        var cell = cashOut.cell();
        var subjects = subjects(cashOut, aftermaths);
        model.addAttribute("cashOut", cashOut);
        model.addAttribute("progress", Progress.of(cashOut));
        model.addAttribute("aftermaths", aftermaths);
        model.addAttribute("matters", matters.open(cell, subjects));
        model.addAttribute("notes", desk.notes(cashOut.cell(), cashOut.id()));
        model.addAttribute("owed", byHand.owed(cashOut));
        model.addAttribute("unclear", byHand.unclear(cashOut, clock.now()));
        model.addAttribute(
                "back",
                byHand.back(cashOut).map(back -> back.name().toLowerCase(Locale.ROOT)).orElse(""));
        model.addAttribute("name", (UnaryOperator<String>) code -> names.name(code, language));
        model.addAttribute("noReason", noReason);
        model.addAttribute("may", (Predicate<Desk.Action>) action -> action.isFor(staff.role()));
        model.addAttribute("events", all(subjects, subject -> journal.of(cell, subject)));
        model.addAttribute("postings", all(subjects, subject -> postings.of(cell, subject)));
        model.addAttribute("calls", all(subjects, subject -> calls.of(cell, subject)));
        return "desk/cash-out";
    }

    private static List<UUID> subjects(CashOut cashOut, List<Aftermath> aftermaths) {
        var subjects = new ArrayList<UUID>();
        subjects.add(cashOut.id().value());
        aftermaths.forEach(aftermath -> subjects.add(aftermath.id()));
        return subjects;
    }

    private CashOut any(String id) {
        return Id.parse("co", id)
                .flatMap(uuid -> cashOuts.any(new CashOutId(uuid)))
                .orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND));
    }

    /**
     * Does one thing about a cash-out. {@code action}: {@code note}, {@code release}, {@code refund}; of the course {@code about}
     * {@code ask-again}, {@code charged-otherwise} under {@code identifier}, {@code said-done}, {@code said-not-done}, {@code paid-by-hand} or {@code whole-already}; or
     * {@code close} of the matter {@code about}; each with its reason.
     */
    @PostMapping("/staff/cash-outs/{id}")
    String act(
            @SignedIn Caller staff,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String about,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String identifier,
            Model model,
            HttpServletResponse response,
            Locale language) {
        var cashOut = any(id);
        var words = reason.strip();
        if (!Reason.isOne(words, response)) return show(cashOut, staff, true, model, language);
        var result =
                switch (action) {
                    case "note" -> desk.note(staff, cashOut, words);
                    case "ask-again" -> desk.askAgain(staff, cashOut, Forms.uuid(about), words);
                    case "close" -> desk.close(staff, cashOut, matter(cashOut, about), words);
                    case "release" -> desk.turnRound(staff, cashOut, Back.RELEASE, words);
                    case "refund" -> desk.turnRound(staff, cashOut, Back.REFUND, words);
                    case "said-done" ->
                            desk.said(staff, cashOut, Forms.uuid(about), Said.DONE, words);
                    case "charged-otherwise" ->
                            desk.chargedOtherwise(
                                    staff,
                                    cashOut,
                                    Forms.uuid(about),
                                    identifier(identifier),
                                    words);
                    case "said-not-done" ->
                            desk.said(staff, cashOut, Forms.uuid(about), Said.NOT_DONE, words);
                    case "paid-by-hand" ->
                            desk.settle(staff, cashOut, Forms.uuid(about), Whole.PAID, words);
                    case "whole-already" ->
                            desk.settle(staff, cashOut, Forms.uuid(about), Whole.ALREADY, words);
                    default -> throw Problem.field("/action", "not-an-action");
                };
        return Forms.after(result, CASH_OUT + id);
    }

    private Matter matter(CashOut cashOut, String about) {
        var subjects = subjects(cashOut, cashOuts.aftermaths(cashOut));
        return Forms.matter(matters.open(cashOut.cell(), subjects), about);
    }

    /** As the carrier tells it: printable and without spaces. */
    private static String identifier(String text) {
        var identifier = text.strip();
        if (!identifier.matches("[!-~]{1,200}"))
            throw Problem.field("/identifier", "not-an-identifier");
        return identifier;
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
