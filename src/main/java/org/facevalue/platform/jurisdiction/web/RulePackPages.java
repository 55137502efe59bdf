package org.facevalue.platform.jurisdiction.web;

import jakarta.servlet.http.HttpServletResponse;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.Reason;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.jurisdiction.Packs;
import org.facevalue.platform.jurisdiction.Packs.Shelved;
import org.facevalue.platform.jurisdiction.Redecisions;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which rule packs there are, which decide, and what another one would have decided otherwise. */
@Controller
class RulePackPages {
    private final Packs packs;
    private final Redecisions redecisions;

    RulePackPages(Packs packs, Redecisions redecisions) {
        this.packs = packs;
        this.redecisions = redecisions;
    }

    @GetMapping("/staff/rule-packs")
    String shelf(Model model) {
        model.addAttribute("shelf", packs.shelf());
        return "jurisdiction/rule-packs";
    }

    /** {@code pack}: jurisdiction and version, {@code KR@2026-11-28}. */
    @GetMapping("/staff/rule-packs/{pack}")
    String one(@SignedIn Caller staff, @PathVariable String pack, Model model) {
        return show(staff, find(pack), false, model);
    }

    /** Asks for it to decide, or where another one has allowed that lets it. */
    @PostMapping("/staff/rule-packs/{pack}")
    String activate(
            @SignedIn Caller staff,
            @PathVariable String pack,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response) {
        var wanted = find(pack);
        var words = reason.strip();
        if (!Reason.isOne(words, response)) return show(staff, wanted, true, model);
        return switch (packs.activate(staff, wanted, words)) {
            case DONE -> "redirect:/staff/rule-packs";
            case ASKED -> "redirect:/staff/approvals";
            case NOT_PERMITTED -> throw new Problem(ProblemCode.NOT_PERMITTED);
            case NOT_YET -> throw new Problem(ProblemCode.PACK_NOT_YET);
            case WEAKER -> throw new Problem(ProblemCode.PACK_WEAKER);
            case NOT_REVIEWED -> throw new Problem(ProblemCode.PACK_NOT_REVIEWED);
            case TOO_LATE -> throw new Problem(ProblemCode.TOO_LATE);
        };
    }

    private String show(Caller staff, Shelved pack, boolean noReason, Model model) {
        model.addAttribute("pack", pack);
        model.addAttribute("redecided", redecisions.with(pack));
        model.addAttribute("most", Redecisions.MOST);
        model.addAttribute("noReason", noReason);
        model.addAttribute("mayAsk", Packs.mayAsk(staff));
        return "jurisdiction/rule-pack";
    }

    private Shelved find(String shown) {
        return packs.shelf().stream()
                .filter(pack -> pack.id().shown().equals(shown))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND));
    }
}
