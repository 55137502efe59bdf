package org.facevalue.platform.jurisdiction;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.facevalue.platform.jurisdiction.PackFiles.Rule;
import org.jspecify.annotations.Nullable;

/**
 * The packs that decide, and the one that is served. Every pack that a route touches is asked, in no order that matters, and the strictest answer is
 * the verdict.
 */
final class RulePacks {
    private final Map<String, RulePack> packs = new TreeMap<>();
    private final String served;
    private final boolean sandbox;
    private final Function<RulePack, LocalDate> today;
    private volatile @Nullable Map<String, List<Verdict.Citation>> permitted;

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

    Verdict ask(Route route) {
        var places = new EnumMap<Fact, String>(Fact.class);
        var touched = new TreeSet<String>();
        var refusals = new ArrayList<Verdict.Refused>();
        places.put(Fact.OPERATOR, served);
        for (var party : route.parties()) places.put(party.part().fact(), party.jurisdiction());
        if (route.line() != null) {
            var lines = claiming(route.line());
            if (lines.isEmpty()) refusals.add(noPack(Fact.LINE));
            else places.put(Fact.LINE, lines.getFirst());
            if (lines.size() > 1)
                refusals.add(new Verdict.Refused("rule-packs-conflict", Fact.LINE.word()));
            touched.addAll(lines);
        }
        var residences = residences(route);
        boolean unknown =
                route.residences().isEmpty()
                        ? route.activity() != Activity.SHOW_CASH_OUT
                        : !route.residences().stream().allMatch(this::isKnown);
        if (unknown) refusals.add(Verdict.Refused.noPack("residence"));
        touched.addAll(residences);
        if (route.account() != null && isOfItsBank(route.account(), places.get(Fact.BANK)))
            places.put(Fact.ACCOUNT, places.getOrDefault(Fact.BANK, ""));
        else if (route.account() != null) refusals.add(noPack(Fact.ACCOUNT));
        places.forEach(
                (fact, place) -> {
                    if (!packs.containsKey(place)) refusals.add(noPack(fact));
                });
        touched.addAll(places.values());
        return strictest(route, facts(route, places, residences), touched, refusals);
    }

    private static Verdict.Refused noPack(Fact part) {
        return Verdict.Refused.noPack(part.word());
    }

    /** Whose law follows the customer. */
    private Set<String> residences(Route route) {
        return packs.values().stream()
                .filter(pack -> route.residences().stream().anyMatch(pack::knowsResident))
                .map(RulePack::jurisdiction)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of a country that is no pack's nobody can say what its law asks. */
    private boolean isKnown(String country) {
        return packs.values().stream().anyMatch(pack -> pack.knowsResident(country));
    }

    /** A number alone does not say of which country's bank an account is: its bank does, and the number must be of that country's kind. */
    private boolean isOfItsBank(String account, @Nullable String bank) {
        var pack = bank == null ? null : packs.get(bank);
        return pack != null && pack.knowsAccount(account);
    }

    /** Whose line it is, by the numbering plans alone; where several claim it, all of them. */
    private List<String> claiming(String line) {
        return packs.values().stream()
                .filter(pack -> pack.knowsLine(line))
                .map(RulePack::jurisdiction)
                .toList();
    }

    /** @param refusals for want of a pack, or for too many; those of the packs are added */
    private Verdict strictest(
            Route route,
            Map<String, Object> facts,
            Set<String> touched,
            List<Verdict.Refused> refusals) {
        var citations = new ArrayList<Verdict.Citation>();
        var asked = new ArrayList<PackId>();
        for (var pack : packs.values()) {
            if (!touched.contains(pack.jurisdiction())) continue;
            asked.add(pack.id());
            refused(pack, route, facts, citations).ifPresent(refusals::add);
        }
        if (!refusals.isEmpty())
            return refusals.stream().max(Comparator.comparing(RulePacks::weight)).orElseThrow();
        return new Verdict.Permitted(served, asked, citations, mayHold(route, citations));
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
            RulePack pack,
            Route route,
            Map<String, Object> facts,
            List<Verdict.Citation> citations) {
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
                            missing(pack, rules, route)
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

    /** Every licence that is wanted is the provider's, of this jurisdiction. */
    private static Optional<Rule> missing(RulePack pack, List<Rule> rules, Route route) {
        var held =
                route.parties().stream()
                        .filter(party -> party.part() == Route.Part.PROVIDER)
                        .filter(party -> party.jurisdiction().equals(pack.jurisdiction()))
                        .flatMap(party -> party.licences().stream())
                        .toList();
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
            case "no-rule-pack" -> 3;
            case "rule-unusable", "rule-too-expensive", "rule-packs-conflict" -> 2;
            case "rule-pack-outdated", "no-rule" -> 1;
            default -> 0;
        };
    }

    private static Map<String, Object> facts(
            Route route, Map<Fact, String> places, Set<String> residences) {
        var facts = new LinkedHashMap<String, Object>();
        route.facts().forEach((fact, value) -> facts.put(fact.word(), value));
        facts.put(Fact.ACTIVITY.word(), route.activity().word());
        places.forEach((fact, place) -> facts.put(fact.word(), place));
        facts.put(Fact.RESIDENCES.word(), List.copyOf(residences));
        if (!route.parties().isEmpty()) {
            facts.put(
                    Fact.HOSTS.word(),
                    route.parties().stream()
                            .map(party -> String.valueOf(party.address().getHost()))
                            .toList());
            facts.put(
                    Fact.LICENCES.word(),
                    route.parties().stream()
                            .filter(party -> party.part() == Route.Part.PROVIDER)
                            .flatMap(party -> party.licences().stream())
                            .toList());
        }
        return facts;
    }

    Verdict show(Set<String> residences) {
        return ask(new Route(Activity.SHOW_CASH_OUT, null, residences, null, List.of(), Map.of()));
    }

    /** Every case of the pack is asked for it: once, so long as these packs are those that decide. */
    Map<String, List<Verdict.Citation>> permits() {
        var known = permitted;
        if (known == null) permitted = known = pack().map(this::permits).orElseGet(Map::of);
        return known;
    }

    private Map<String, List<Verdict.Citation>> permits(RulePack pack) {
        var all = new LinkedHashMap<String, List<Verdict.Citation>>();
        pack.permits(today.apply(pack))
                .forEach(
                        (activity, rules) ->
                                all.put(activity, rules.stream().map(pack::citation).toList()));
        return all;
    }

    boolean isLine(String number) {
        return pack().filter(pack -> pack.mayAddLine(number, sandbox)).isPresent();
    }

    boolean isAccount(String number) {
        return pack().filter(pack -> pack.mayAddAccount(number, sandbox)).isPresent();
    }

    Optional<Term> term(String id, LocalDate from) {
        return pack().flatMap(pack -> pack.term(id, from));
    }

    LocalDate businessDaysBefore(LocalDate day, int count) {
        return pack().map(pack -> pack.businessDaysBefore(day, count))
                .orElseGet(() -> day.minusDays(count));
    }

    boolean decides() {
        return pack().isPresent();
    }

    private Optional<RulePack> pack() {
        return Optional.ofNullable(packs.get(served));
    }

    Collection<RulePack> all() {
        return packs.values();
    }
}
