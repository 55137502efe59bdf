package org.facevalue.platform.jurisdiction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facevalue.platform.jurisdiction.BrokenPack.Fault;
import org.facevalue.platform.jurisdiction.PackFiles.Case;
import org.facevalue.platform.jurisdiction.PackFiles.Cases;

/** The cases that a pack brings with it: what it must say of what, and why. Without one for each rule it is not taken. */
final class PackCases {
    private PackCases() {}

    static List<Fault> wrong(RulePack pack, Cases cases) {
        var wrong = new ArrayList<Fault>();
        var met = new HashSet<String>();
        for (var given : cases.cases()) {
            var place = "cases.yaml " + given.is();
            try {
                check(pack, given, place, met, wrong);
            } catch (IllegalArgumentException e) {
                wrong.add(new Fault(place, String.valueOf(e.getMessage())));
            }
        }
        for (var rule : pack.rules())
            if (!met.contains(rule.id()))
                wrong.add(new Fault("cases.yaml", "no case meets the rule " + rule.id()));
        return wrong;
    }

    private static void check(
            RulePack pack, Case given, String place, HashSet<String> met, List<Fault> wrong) {
        switch (pack.ask(facts(given.given()), pack.from())) {
            case RulePack.Answer.Failed(var code, var why) ->
                    wrong.add(new Fault(place, code + ": " + why));
            case RulePack.Answer.Said(var hits) -> {
                var rules = hits.stream().map(PackFiles.Rule::id).sorted().toList();
                met.addAll(rules);
                if (!rules.equals(given.rules().stream().sorted().toList()))
                    wrong.add(new Fault(place, "the rules that apply are " + rules));
                var verdict = RulePack.strictest(hits).map(PackFiles.Rule::verdict);
                if (!verdict.equals(Optional.ofNullable(given.expect())))
                    wrong.add(
                            new Fault(
                                    place,
                                    "the verdict is "
                                            + verdict.map(Ruling::toString).orElse("none")));
            }
        }
    }

    /** As a condition takes them: whole numbers are 64 bits wide. */
    static Map<String, Object> facts(Map<String, Object> given) {
        var facts = new HashMap<String, Object>();
        given.forEach(
                (name, value) -> {
                    var fact =
                            Arrays.stream(Fact.values())
                                    .filter(known -> known.word().equals(name))
                                    .findFirst()
                                    .orElseThrow(
                                            () ->
                                                    new IllegalArgumentException(
                                                            "there is no fact " + name));
                    var taken = value instanceof Integer number ? number.longValue() : value;
                    if (!fact.isOfType(taken))
                        throw new IllegalArgumentException(
                                "the fact " + name + " is of another type");
                    facts.put(name, taken);
                });
        return facts;
    }
}
