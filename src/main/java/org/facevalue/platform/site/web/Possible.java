package org.facevalue.platform.site.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.facevalue.platform.jurisdiction.Activity;
import org.facevalue.platform.jurisdiction.Share;
import org.facevalue.platform.jurisdiction.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One way out that is possible where the platform serves.
 *
 * @param kind as ways out are named: {@code issuer-refund}
 * @param gives the most that comes back by its rules, in hundredths of what is left; null where the issuer's terms say how much
 */
public record Possible(String kind, @Nullable Long gives, List<Verdict.Citation> rules) {

    private static final List<Activity> UNDOING =
            List.of(
                    Activity.CANCELLATION,
                    Activity.WITHDRAWAL,
                    Activity.CORRECTION,
                    Activity.ISSUER_REFUND);

    /** @param permitted by the word of each activity */
    static List<Possible> of(Map<String, List<Verdict.Citation>> permitted) {
        var all = new ArrayList<Possible>();
        for (var activity : UNDOING) {
            var rules = permitted.getOrDefault(activity.word(), List.of());
            if (!rules.isEmpty())
                all.add(new Possible(activity.word().replace('_', '-'), most(rules), rules));
        }
        return all;
    }

    private static @Nullable Long most(List<Verdict.Citation> rules) {
        return rules.stream()
                .map(Verdict.Citation::gives)
                .filter(Objects::nonNull)
                .map(Share::percent)
                .max(Long::compare)
                .orElse(null);
    }
}
