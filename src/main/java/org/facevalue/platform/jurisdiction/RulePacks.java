package org.facevalue.platform.jurisdiction;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.facevalue.platform.jurisdiction.PackFiles.Rule;

/**
 * The packs that decide, and the one that is served. Every pack that a route touches is asked, in no order that matters, and the strictest answer is
 * the verdict.
 */
final class RulePacks implements Jurisdictions {
    private final Map<String, RulePack> packs = new TreeMap<>();
    private final String served;
    private final boolean sandbox;
    private final Function<RulePack, LocalDate> today;

    /**
     * @param served the jurisdiction of the operator
     * @param sandbox whether a fictional one may be among them, and only the sandbox's numbers are taken
     * @param today in the zone of the pack
     */
    RulePacks(
            Collection<RulePack> packs,
            String served,
            boolean sandbox,
            Function<RulePack, LocalDate> today) {
        for (var pack : packs) {
            if (pack.isOnlySandbox() && (!sandbox || !pack.jurisdiction().equals(served))) continue;
            if (this.packs.put(pack.jurisdiction(), pack) != null)
                throw new IllegalStateException("two packs of " + pack.jurisdiction());
        }
        this.served = served;
        this.sandbox = sandbox;
        this.today = today;
    }

    @Override
    public Verdict ask(Route route) {
        var places = new EnumMap<Fact, String>(Fact.class);
        places.put(Fact.OPERATOR, served);
        if (route.line() != null) {
            var line = of(route.line(), RulePack::knowsLine);
            if (line.isEmpty()) return Verdict.Refused.noPack("line");
            places.put(Fact.LINE, line.get());
        }
        if (route.account() != null) {
            var account = of(route.account(), RulePack::knowsAccount);
            if (account.isEmpty()) return Verdict.Refused.noPack("account");
            places.put(Fact.ACCOUNT, account.get());
        }
        for (var party : route.parties()) places.put(party.part().fact(), party.jurisdiction());
        for (var place : places.entrySet())
            if (!packs.containsKey(place.getValue()))
                return Verdict.Refused.noPack(place.getKey().word());
        return strictest(route, places);
    }

    private interface Knows {
        boolean knows(RulePack pack, String number);
    }

    /** Whose number it is, by the numbering plans alone. */
    private Optional<String> of(String number, Knows knows) {
        return packs.values().stream()
                .filter(pack -> knows.knows(pack, number))
                .map(RulePack::jurisdiction)
                .findFirst();
    }

    private Verdict strictest(Route route, Map<Fact, String> places) {
        var facts = facts(route, places);
        var touched = new HashSet<>(places.values());
        var refusals = new ArrayList<Verdict.Refused>();
        var citations = new ArrayList<Verdict.Citation>();
        var versions = new ArrayList<String>();
        for (var pack : packs.values()) {
            if (!touched.contains(pack.jurisdiction())) continue;
            versions.add(pack.jurisdiction() + "@" + pack.version());
            refused(pack, facts, citations).ifPresent(refusals::add);
        }
        if (!refusals.isEmpty())
            return refusals.stream().max(Comparator.comparing(RulePacks::weight)).orElseThrow();
        return new Verdict.Permitted(
                served, String.join(" ", versions), citations, mayHold(route, citations));
    }

    /** What is permitted to be kept is asked of the same packs; its rules stand beside the others. */
    private boolean mayHold(Route route, List<Verdict.Citation> citations) {
        if (route.activity() != Activity.CASH_OUT
                || !(ask(route.as(Activity.HOLDING)) instanceof Verdict.Permitted held))
            return false;
        citations.addAll(held.citations());
        return true;
    }

    /** What a pack refuses it for; what it cites where it does not is added to {@code citations}. */
    private Optional<Verdict.Refused> refused(
            RulePack pack, Map<String, Object> facts, List<Verdict.Citation> citations) {
        return switch (pack.ask(facts, today.apply(pack))) {
            case RulePack.Answer.Failed(var code, var why) ->
                    Optional.of(new Verdict.Refused(code, pack.jurisdiction()));
            case RulePack.Answer.Said(var rules) -> {
                var strictest = RulePack.strictest(rules);
                if (strictest.isEmpty() || strictest.get().verdict() == Ruling.OBLIGES)
                    yield Optional.of(new Verdict.Refused("no-rule", pack.jurisdiction()));
                var cited = rules.stream().map(pack::citation).toList();
                citations.addAll(cited);
                yield switch (strictest.get().verdict()) {
                    case FORBIDDEN -> no("route-forbidden", pack, rules, Ruling.FORBIDDEN);
                    case UNCLEAR -> no("route-unclear", pack, rules, Ruling.UNCLEAR);
                    case PERMITTED_WITH_LICENCE ->
                            missing(rules, facts)
                                    .map(
                                            rule ->
                                                    new Verdict.Refused(
                                                            "licence-missing",
                                                            rule.id(),
                                                            List.of(pack.citation(rule))));
                    case PERMITTED, OBLIGES -> Optional.empty();
                };
            }
        };
    }

    private static Optional<Verdict.Refused> no(
            String code, RulePack pack, List<Rule> rules, Ruling ruling) {
        var because = rules.stream().filter(rule -> rule.verdict() == ruling).toList();
        return Optional.of(
                new Verdict.Refused(
                        code,
                        because.getFirst().id(),
                        because.stream().map(pack::citation).toList()));
    }

    /** Every licence that is wanted must be there. */
    private static Optional<Rule> missing(List<Rule> rules, Map<String, Object> facts) {
        var held = (Collection<?>) facts.getOrDefault(Fact.LICENCES.word(), List.of());
        return rules.stream()
                .filter(rule -> rule.verdict() == Ruling.PERMITTED_WITH_LICENCE)
                .filter(rule -> !held.contains(rule.licence()))
                .findFirst();
    }

    /** The strictest is the one that says most: what is forbidden before what is not known. */
    private static int weight(Verdict.Refused refused) {
        return switch (refused.code()) {
            case "route-forbidden" -> 5;
            case "route-unclear" -> 4;
            case "rule-unusable" -> 3;
            case "rule-pack-outdated" -> 2;
            case "no-rule", "no-rule-pack" -> 1;
            default -> 0;
        };
    }

    private static Map<String, Object> facts(Route route, Map<Fact, String> places) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put(Fact.ACTIVITY.word(), route.activity().word());
        places.forEach((fact, place) -> facts.put(fact.word(), place));
        if (!route.parties().isEmpty()) {
            facts.put(
                    Fact.HOSTS.word(),
                    route.parties().stream()
                            .map(party -> String.valueOf(party.address().getHost()))
                            .toList());
            facts.put(
                    Fact.LICENCES.word(),
                    route.parties().stream().flatMap(p -> p.licences().stream()).toList());
        }
        route.facts().forEach((fact, value) -> facts.put(fact.word(), value));
        return facts;
    }

    @Override
    public Verdict show() {
        return ask(new Route(Activity.SHOW_CASH_OUT, null, null, List.of(), Map.of()));
    }

    @Override
    public boolean isLine(String number) {
        return pack().filter(pack -> pack.mayAddLine(number, sandbox)).isPresent();
    }

    @Override
    public boolean isAccount(String number) {
        return pack().filter(pack -> pack.mayAddAccount(number, sandbox)).isPresent();
    }

    @Override
    public Optional<ZoneId> zone() {
        return pack().map(RulePack::zone);
    }

    private Optional<RulePack> pack() {
        return Optional.ofNullable(packs.get(served));
    }

    Collection<RulePack> all() {
        return packs.values();
    }
}
