package org.facevalue.platform.identity.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.facevalue.platform.identity.BreakGlass;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.FourEyes;
import org.facevalue.platform.identity.Logins;
import org.facevalue.platform.identity.Reason;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What takes two: what is asked for, what came of it, and who did it alone. */
@Controller
class ApprovalPages {
    private final FourEyes fourEyes;
    private final BreakGlass glass;
    private final Logins logins;
    private final Clock clock;

    ApprovalPages(FourEyes fourEyes, BreakGlass glass, Logins logins, Clock clock) {
        this.fourEyes = fourEyes;
        this.logins = logins;
        this.glass = glass;
        this.clock = clock;
    }

    @GetMapping("/staff/approvals")
    String page(@SignedIn Caller staff, Model model) {
        return show(staff, "", model);
    }

    /** Allows or rejects one. {@code answer}: {@code allow} or {@code reject}. */
    @PostMapping("/staff/approvals/{id}")
    String decide(
            @SignedIn Caller staff,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String answer,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response) {
        if (!answer.equals("allow") && !answer.equals("reject"))
            throw Problem.field("/answer", "not-an-action");
        if (!Reason.isOne(reason.strip(), response)) return show(staff, id, model);
        return switch (fourEyes.decide(staff, uuid(id), answer.equals("allow"), reason.strip())) {
            case DONE -> "redirect:/staff/approvals";
            case NOT_PERMITTED -> throw new Problem(ProblemCode.NOT_PERMITTED);
            case OWN -> throw new Problem(ProblemCode.OWN_APPROVAL);
            case UNKNOWN -> throw new Problem(ProblemCode.NOT_FOUND);
            case TOO_LATE -> throw new Problem(ProblemCode.TOO_LATE);
        };
    }

    /** Breaks the glass, with a reason. */
    @PostMapping("/staff/break-glass")
    String breakGlass(
            @SignedIn Caller staff,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response) {
        if (!Reason.isOne(reason.strip(), response)) return show(staff, "glass", model);
        glass.breakIt(staff, reason.strip());
        return "redirect:/staff/approvals";
    }

    private String show(Caller staff, String noReason, Model model) {
        model.addAttribute("staff", staff);
        var approvals = fourEyes.all();
        var glasses = glass.all();
        model.addAttribute("approvals", approvals);
        model.addAttribute("glasses", glasses);
        model.addAttribute("names", names(approvals, glasses));
        model.addAttribute("now", clock.instant());
        model.addAttribute("noReason", noReason);
        return "identity/approvals";
    }

    private Map<UUID, String> names(
            List<FourEyes.Approval> approvals, List<BreakGlass.Broken> glasses) {
        var people = new HashSet<UUID>();
        for (var approval : approvals) {
            people.add(approval.maker());
            if (approval.checker() != null) people.add(approval.checker());
        }
        for (var broken : glasses) people.add(broken.staff());
        return logins.names(people);
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemCode.NOT_FOUND);
        }
    }
}
