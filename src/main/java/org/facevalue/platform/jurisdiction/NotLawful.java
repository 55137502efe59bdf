package org.facevalue.platform.jurisdiction;

import java.util.Map;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;

/** A no of the rule packs, as a problem: with its code, the part of the route it is about, and the rules that say so in both languages. */
public final class NotLawful {
    private NotLawful() {}

    public static Problem problem(Verdict.Refused no) {
        var code = ProblemCode.of(no.code()).orElse(ProblemCode.NO_RULE_PACK);
        return new Problem(code)
                .with("party", no.part())
                .with("citations", no.citations().stream().map(NotLawful::cited).toList());
    }

    private static Map<String, String> cited(Verdict.Citation citation) {
        return Map.of(
                "rule", citation.rule(),
                "source", citation.source(),
                "ko", citation.korean(),
                "en", citation.english());
    }
}
