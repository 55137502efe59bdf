package org.facevalue.platform.desk.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.facevalue.platform.desk.Desk;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.Reason;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.notification.Messages;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.outside.Matters;
import org.facevalue.platform.outside.OutsideCalls;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.wayout.WayOut;
import org.facevalue.platform.wayout.WayOutId;
import org.facevalue.platform.wayout.WayOuts;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class WayOutDeskPages {
    private final WayOuts wayOuts;
    private final Desk desk;
    private final Matters matters;
    private final Journal journal;
    private final OutsideCalls calls;
    private final Messages messages;

    WayOutDeskPages(
            WayOuts wayOuts,
            Desk desk,
            Matters matters,
            Journal journal,
            OutsideCalls calls,
            Messages messages) {
        this.wayOuts = wayOuts;
        this.desk = desk;
        this.matters = matters;
        this.journal = journal;
        this.calls = calls;
        this.messages = messages;
    }

    @GetMapping("/staff/ways-out/{id}")
    String wayOut(@SignedIn Caller staff, @PathVariable String id, Model model) {
        return show(any(id), staff, false, model);
    }

    private String show(WayOut wayOut, Caller staff, boolean noReason, Model model) {
        var subject = wayOut.id().value();
        model.addAttribute("wayOut", wayOut);
        model.addAttribute("noReason", noReason);
        model.addAttribute("may", Desk.Action.NOTED.isFor(staff.role()));
        model.addAttribute("matters", matters.open(wayOut.cell(), List.of(subject)));
        model.addAttribute("notes", desk.notes(wayOut.cell(), wayOut.id()));
        model.addAttribute("events", journal.of(wayOut.cell(), subject));
        model.addAttribute("calls", calls.of(wayOut.cell(), subject));
        model.addAttribute("messages", messages.about(subject));
        return "desk/way-out";
    }

    private WayOut any(String id) {
        return Id.parse("wo", id)
                .flatMap(uuid -> wayOuts.any(new WayOutId(uuid)))
                .orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND));
    }

    /** {@code action}: {@code note}, {@code ask-again}, or {@code close} of the matter {@code about}; each with its reason. */
    @PostMapping("/staff/ways-out/{id}")
    String act(
            @SignedIn Caller staff,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String about,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response) {
        var wayOut = any(id);
        var words = reason.strip();
        if (!Reason.isOne(words, response)) return show(wayOut, staff, true, model);
        var result =
                switch (action) {
                    case "note" -> desk.note(staff, wayOut, words);
                    case "ask-again" -> desk.askAgain(staff, wayOut, words);
                    case "close" -> desk.close(staff, wayOut, matter(wayOut, about), words);
                    default -> throw Problem.field("/action", "not-an-action");
                };
        return Forms.after(result, "/staff/ways-out/" + id);
    }

    private Matter matter(WayOut wayOut, String about) {
        return Forms.matter(matters.open(wayOut.cell(), List.of(wayOut.id().value())), about);
    }
}
