package org.facevalue.platform.desk.web;

import java.util.List;
import java.util.UUID;
import org.facevalue.platform.desk.Desk;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;

/** What the desk's forms have in common. */
final class Forms {
    private Forms() {}

    /** Where a person goes after what they did on {@code page}. */
    static String after(Desk.Result result, String page) {
        return switch (result) {
            case DONE -> "redirect:" + page;
            case ASKED -> "redirect:/staff/approvals";
            case NOT_PERMITTED -> throw new Problem(ProblemCode.NOT_PERMITTED);
            case NOT_SETTLED -> throw new Problem(ProblemCode.NOT_SETTLED);
            case TOO_LATE -> throw new Problem(ProblemCode.TOO_LATE);
        };
    }

    /** The matter that a form names, if it is open still. */
    static Matter matter(List<Matter> open, String about) {
        var id = uuid(about);
        return open.stream()
                .filter(matter -> matter.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemCode.TOO_LATE));
    }

    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.field("/about", "not-an-identifier");
        }
    }
}
