package org.facevalue.platform.jurisdiction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.facevalue.platform.jurisdiction.Route.Part;
import org.facevalue.platform.jurisdiction.Route.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which packs are asked, and whose answer counts. */
class RulePacksTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
    private static final List<RulePack> PACKS = packs();
    private static final URI HERE = URI.create("http://localhost:8081/x");

    private static List<RulePack> packs() {
        try {
            var packs = new ArrayList<RulePack>();
            for (var name : List.of("zz", "kr", "eu", "uk")) packs.add(PackReaderTest.pack(name));
            return packs;
        } catch (BrokenPack | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RulePacks serving(String jurisdiction) {
        return new RulePacks(PACKS, jurisdiction, true, pack -> TODAY);
    }

    private static Party party(Part part, String jurisdiction) {
        return new Party(
                part,
                jurisdiction,
                HERE,
                part == Part.PROVIDER ? Set.of("zz-converter") : Set.of());
    }

    private static Route route(String line, String account, String... parties) {
        var all = new ArrayList<Party>();
        for (var part : Part.values()) all.add(party(part, parties[part.ordinal()]));
        return new Route(
                Activity.CASH_OUT,
                line,
                Set.of("ZZ"),
                account,
                all,
                Map.of(Fact.BOUGHT_ON_BILL, true));
    }

    private static final String ZZ_LINE = "+999100000001";
    private static final String ZZ_ACCOUNT = "999000100001";
    private static final String KR_LINE = "+821000001234";
    private static final String KR_ACCOUNT = "110123456789";

    /** All of it of one country, with what makes lawful whatever can be, but for the changes. */
    private static Route within(String place, Activity activity, Map<Fact, Object> changes) {
        boolean korean = place.equals("KR");
        var all = new EnumMap<Fact, Object>(Fact.class);
        for (var fact : Fact.values()) {
            Object usual =
                    switch (fact) {
                        case LINE -> korean ? KR_LINE : ZZ_LINE;
                        case ACCOUNT -> korean ? KR_ACCOUNT : ZZ_ACCOUNT;
                        case AGE_DAYS, USED_PERCENT -> 0L;
                        case FACE_VALUE -> 10_000L;
                        case AUTHORISED, WANTS_POINTS -> false;
                        case BOUGHT_ON_BILL, IN_TERM, EXPIRED, IS_E_MONEY, SAME_BILL -> true;
                        default -> place;
                    };
            all.put(fact, usual);
        }
        all.putAll(changes);
        var parties =
                Arrays.stream(Part.values())
                        .map(part -> party(part, (String) all.get(part.fact())))
                        .toList();
        var facts = new EnumMap<Fact, Object>(all);
        facts.keySet().removeIf(Fact::isDerived);
        return new Route(
                activity,
                (String) all.get(Fact.LINE),
                homes(((String) all.get(Fact.RESIDENCES)).split(" ")),
                (String) all.get(Fact.ACCOUNT),
                parties,
                facts);
    }

    @Test
    void a_route_of_the_sandbox_is_permitted_with_its_sources_and_may_be_held() {
        var verdict =
                (Verdict.Permitted)
                        serving("ZZ").ask(route(ZZ_LINE, ZZ_ACCOUNT, "ZZ", "ZZ", "ZZ", "ZZ"));
        assertThat(verdict.mayHold()).isTrue();
        assertThat(verdict.packVersion()).isEqualTo("ZZ@2026-11-28");
        assertThat(verdict.citations())
                .extracting(Verdict.Citation::rule)
                .containsExactly("ZZ-01", "ZZ-02", "ZZ-03");
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource({
        "a Korean line,            +821000001234, 999000100001, route-forbidden, KR-01",
        "a real Korean line,       +821012345678, 999000100001, route-forbidden, KR-01",
        "a German line,            +4915112345678, 999000100001, route-forbidden, ZZ-00",
        "a British line,           +447700900123, 999000100001, route-forbidden, ZZ-00",
        "a line of no pack,        +12025550123, 999000100001, no-rule-pack, line",
        "an account of no pack,    +999100000001, X1, no-rule-pack, account",
        "a Korean account,         +999100000001, 110123456789, no-rule-pack, account",
        "a German account,         +999100000001, DE89370400440532013000, no-rule-pack, account",
    })
    void the_sandbox_mixed_with_what_is_real_is_refused(
            String what, String line, String account, String code, String part) {
        var verdict = serving("ZZ").ask(route(line, account, "ZZ", "ZZ", "ZZ", "ZZ"));
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        var refused = (Verdict.Refused) verdict;
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.part()).isEqualTo(part);
    }

    @Test
    void one_foreign_party_is_enough_to_be_refused_whichever_it_is() {
        for (var foreign : List.of("KR", "EU", "UK", "US"))
            for (var part : Part.values()) {
                var parties = new String[] {"ZZ", "ZZ", "ZZ", "ZZ"};
                parties[part.ordinal()] = foreign;
                assertThat(serving("ZZ").ask(route(ZZ_LINE, ZZ_ACCOUNT, parties)))
                        .as("%s %s", foreign, part)
                        .isInstanceOf(Verdict.Refused.class);
            }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "KR, route-forbidden",
        "DE, route-forbidden",
        "GB, route-forbidden",
        "US, no-rule-pack",
        "'', no-rule-pack",
    })
    void where_the_customer_lives_is_asked_whatever_the_line_and_the_parties_are(
            String home, String code) {
        for (var homes : List.of(home, "ZZ " + home)) {
            if (homes.equals("ZZ ")) continue;
            var route = within("ZZ", Activity.CASH_OUT, Map.of(Fact.RESIDENCES, homes));
            var verdict = serving("ZZ").ask(route);
            assertThat(verdict).as(homes).isInstanceOf(Verdict.Refused.class);
            assertThat(((Verdict.Refused) verdict).code()).as(homes).isEqualTo(code);
        }
    }

    private static Set<String> homes(String... homes) {
        return Arrays.stream(homes).filter(home -> !home.isEmpty()).collect(Collectors.toSet());
    }

    @Test
    void a_korean_who_lives_in_britain_gives_nothing_back_under_a_law_that_does_not_say_so() {
        for (var home : List.of("KR", "GB")) {
            var route = within("KR", Activity.CANCELLATION, Map.of(Fact.RESIDENCES, home));
            var verdict = serving("KR").ask(route);
            assertThat(verdict instanceof Verdict.Permitted).as(home).isEqualTo(home.equals("KR"));
        }
    }

    @Test
    void zz_is_never_there_beside_another_that_is_served() {
        var there = serving("KR").ask(route(ZZ_LINE, ZZ_ACCOUNT, "ZZ", "ZZ", "ZZ", "ZZ"));
        assertThat(((Verdict.Refused) there).code()).isEqualTo("route-forbidden");
        assertThat(serving("EU").ask(route(ZZ_LINE, ZZ_ACCOUNT, "ZZ", "ZZ", "ZZ", "ZZ")))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(serving("KR").isLine(ZZ_LINE)).isFalse();
        assertThat(serving("KR").isLine("+821000001234")).isTrue();
        assertThat(serving("KR").isLine("+821012345678")).as("a real one").isFalse();
        assertThat(serving("ZZ").isLine("+821000001234")).isFalse();
    }

    @Test
    void nothing_of_cash_outs_is_shown_but_where_a_rule_permits_it() {
        assertThat(serving("ZZ").show(Set.of())).isInstanceOf(Verdict.Permitted.class);
        for (var other : List.of("KR", "EU", "UK"))
            assertThat(serving(other).show(Set.of())).isInstanceOf(Verdict.Refused.class);
        assertThat(((Verdict.Refused) serving("KR").show(Set.of())).code())
                .isEqualTo("route-forbidden");
        assertThat(((Verdict.Refused) serving("EU").show(Set.of())).code())
                .isEqualTo("route-unclear");
    }

    @Test
    void a_licence_that_the_law_asks_for_is_held_or_it_is_refused() {
        var route = route(ZZ_LINE, ZZ_ACCOUNT, "ZZ", "ZZ", "ZZ", "ZZ");
        var without =
                route.parties().stream()
                        .map(p -> new Party(p.part(), p.jurisdiction(), p.address(), Set.of()))
                        .toList();
        var verdict =
                serving("ZZ")
                        .ask(
                                new Route(
                                        route.activity(),
                                        route.line(),
                                        route.residences(),
                                        route.account(),
                                        without,
                                        route.facts()));
        assertThat(((Verdict.Refused) verdict).code()).isEqualTo("licence-missing");
        assertThat(((Verdict.Refused) verdict).citations()).hasSize(1);
    }

    @Test
    void a_pack_permits_nothing_before_its_first_day_or_after_its_review() {
        var route = route(ZZ_LINE, ZZ_ACCOUNT, "ZZ", "ZZ", "ZZ", "ZZ");
        var early = new RulePacks(PACKS, "ZZ", true, pack -> LocalDate.of(2025, 12, 31));
        assertThat(((Verdict.Refused) early.ask(route)).code()).isEqualTo("no-rule-pack");
        var late = new RulePacks(PACKS, "ZZ", true, pack -> LocalDate.of(2036, 1, 1));
        assertThat(((Verdict.Refused) late.ask(route)).code()).isEqualTo("rule-pack-outdated");
    }

    @Test
    void what_a_condition_needs_and_nobody_knows_refuses() {
        var verdict =
                serving("KR")
                        .ask(
                                new Route(
                                        Activity.ISSUER_REFUND,
                                        "+821000001234",
                                        Set.of("KR"),
                                        null,
                                        List.of(),
                                        Map.of()));
        assertThat(((Verdict.Refused) verdict).code()).isEqualTo("rule-unusable");
    }

    @Test
    void a_rule_more_never_makes_what_is_forbidden_less_so() throws BrokenPack, IOException {
        var rule =
                """
                  - id: %s-98
                    when: "true"
                    verdict: permitted
                    source: {law: L, article: A, where: W, grade: P}
                    ko: "무엇이든 된다."
                    en: "Anything goes."
                left:""";
        for (var name : List.of("ZZ", "KR")) {
            var generous =
                    PackReaderTest.packWith(name.toLowerCase(Locale.ROOT), rule.formatted(name));
            var packs = new ArrayList<>(PACKS);
            packs.replaceAll(p -> p.jurisdiction().equals(name) ? generous : p);
            var served = new RulePacks(packs, "ZZ", true, pack -> TODAY);
            assertThat(served.ask(route("+821000001234", ZZ_ACCOUNT, "ZZ", "ZZ", "ZZ", "ZZ")))
                    .isInstanceOf(Verdict.Refused.class);
            assertThat(new RulePacks(packs, "KR", true, pack -> TODAY).show(Set.of()))
                    .isInstanceOf(Verdict.Refused.class);
        }
    }

    /** What a part or a fact may be made. */
    private static List<Object> others(Fact fact) {
        return switch (fact) {
            case LINE -> List.of(ZZ_LINE, KR_LINE, "+4915112345678", "+447700900123", "+1202", "");
            case ACCOUNT -> List.of(ZZ_ACCOUNT, KR_ACCOUNT, "DE89370400440532013000", "none");
            case RESIDENCES -> List.of("ZZ", "KR", "DE KR", "GB", "US", "");
            case CARRIER, ISSUER, PROVIDER, BANK -> List.of("ZZ", "KR", "EU", "UK", "US", "");
            case AGE_DAYS, USED_PERCENT, FACE_VALUE -> List.of(-1L, 0L, 7L, 60L, 100L, 50_001L);
            case ACTIVITY, OPERATOR, HOSTS, LICENCES -> List.of();
            default -> List.of(true, false);
        };
    }

    /** Of one country alone, with up to two changes. */
    @Provide
    Arbitrary<Route> routes() {
        var changes = new ArrayList<Map<Fact, Object>>();
        for (var fact : Fact.values())
            for (var other : others(fact)) changes.add(Map.of(fact, other));
        return Combinators.combine(
                        Arbitraries.of("ZZ", "KR"),
                        Arbitraries.of(Activity.values()),
                        Arbitraries.of(changes).list().ofMaxSize(2))
                .as(
                        (place, activity, some) -> {
                            var all = new EnumMap<Fact, Object>(Fact.class);
                            some.forEach(all::putAll);
                            return within(place, activity, all);
                        });
    }

    @Property(tries = 2_000)
    void no_input_makes_a_forbidden_cash_out_permitted(@ForAll("routes") Route route) {
        var parts = new HashSet<>(route.residences());
        route.parties().forEach(party -> parts.add(party.jurisdiction()));
        parts.addAll(List.of(route.line(), route.account()));
        boolean real = !Set.of("ZZ", ZZ_LINE, ZZ_ACCOUNT).containsAll(parts);
        boolean korean = parts.contains("KR") || parts.contains(KR_LINE);
        var rule = route.activity() == Activity.SHOW_CASH_OUT ? "KR-03" : "KR-01";
        boolean cashOut =
                Set.of(Activity.CASH_OUT, Activity.HOLDING, Activity.SHOW_CASH_OUT)
                        .contains(route.activity());
        boolean crime =
                cashOut
                        && (rule.equals("KR-03")
                                || route.facts().get(Fact.BOUGHT_ON_BILL).equals(true));
        boolean permitted = false;
        for (var served : List.of("ZZ", "KR", "EU", "UK")) {
            var verdict = serving(served).ask(route);
            permitted |= verdict instanceof Verdict.Permitted;
            if (cashOut && (real || !served.equals("ZZ")))
                assertThat(verdict).as(served).isInstanceOf(Verdict.Refused.class);
            if (crime && (korean || served.equals("KR"))) {
                var no = (Verdict.Refused) verdict;
                assertThat(no.code()).as(served).isEqualTo("route-forbidden");
                assertThat(no.part()).as(served).isEqualTo(rule);
            }
        }
        happensOften("permitted", permitted);
        happensOften("a crime in Korea", crime && korean);
    }

    /** What is hardly ever drawn would prove nothing. */
    private static void happensOften(String what, boolean happens) {
        Statistics.label(what)
                .collect(happens)
                .coverage(drawn -> drawn.check(true).percentage(share -> share >= 10));
    }

    @Property(tries = 300)
    void the_order_of_the_packs_and_of_their_rules_changes_nothing(
            @ForAll("routes") Route route, @ForAll long seed) throws BrokenPack, IOException {
        var random = new Random(seed);
        var shuffled = new ArrayList<RulePack>();
        for (var name : List.of("zz", "kr", "eu", "uk"))
            shuffled.add(PackReaderTest.packWithRulesShuffled(name, random));
        Collections.shuffle(shuffled, random);
        for (var served : List.of("ZZ", "KR")) {
            var here = serving(served).ask(route);
            var there = new RulePacks(shuffled, served, true, pack -> TODAY).ask(route);
            assertThat(there.getClass()).isEqualTo(here.getClass());
            if (here instanceof Verdict.Refused no)
                assertThat(((Verdict.Refused) there).code()).isEqualTo(no.code());
            if (here instanceof Verdict.Permitted yes)
                assertThat(((Verdict.Permitted) there).citations())
                        .containsExactlyInAnyOrderElementsOf(yes.citations());
        }
    }

    @Property(tries = 300)
    void a_rule_more_whatever_it_says_never_makes_less_of_what_is_forbidden(
            @ForAll("routes") Route route,
            @ForAll("activities") List<String> activities,
            @ForAll("verdicts") Ruling verdict)
            throws BrokenPack, IOException {
        var packs = new ArrayList<RulePack>();
        for (var name : List.of("zz", "kr", "eu", "uk"))
            packs.add(PackReaderTest.packWithRule(name, activities, verdict));
        for (var served : List.of("ZZ", "KR")) {
            var before = serving(served).ask(route);
            var after = new RulePacks(packs, served, true, pack -> TODAY).ask(route);
            if (before instanceof Verdict.Refused no && no.code().equals("route-forbidden"))
                assertThat(((Verdict.Refused) after).code()).isEqualTo("route-forbidden");
            if (before instanceof Verdict.Refused no && no.code().equals("route-unclear"))
                assertThat(((Verdict.Refused) after).code())
                        .isIn("route-unclear", "route-forbidden");
        }
    }

    @Provide
    Arbitrary<List<String>> activities() {
        var words = Arrays.stream(Activity.values()).map(Activity::word).toList();
        // A rule that no case meets is refused, and every pack has cases of these.
        return Arbitraries.subsetOf(words)
                .map(
                        some -> {
                            var all = new ArrayList<>(some);
                            for (var met : List.of("cash_out", "show_cash_out"))
                                if (!all.contains(met)) all.add(met);
                            return all;
                        });
    }

    @Provide
    Arbitrary<Ruling> verdicts() {
        return Arbitraries.of(Ruling.PERMITTED, Ruling.OBLIGES, Ruling.UNCLEAR, Ruling.FORBIDDEN);
    }

    @Test
    void a_line_that_two_plans_claim_is_nobodys_to_decide() throws BrokenPack, IOException {
        var packs = new ArrayList<>(PACKS);
        packs.removeIf(pack -> pack.jurisdiction().equals("UK"));
        packs.add(
                PackReaderTest.packOf(
                        "uk", "pack.yaml", "'\\+44[1-9][0-9]{8,9}'", "'\\+999[0-9]{9}'"));
        var verdict =
                new RulePacks(packs, "ZZ", true, pack -> TODAY)
                        .ask(within("ZZ", Activity.CANCELLATION, Map.of()));
        assertThat(((Verdict.Refused) verdict).code()).isEqualTo("rule-packs-conflict");
    }

    @Test
    void nothing_of_cash_outs_is_shown_to_who_lives_where_it_may_not_be() {
        for (var home : List.of("KR", "GB", "DE", "US", ""))
            assertThat(serving("ZZ").show(Set.of("ZZ", home)))
                    .as(home)
                    .isInstanceOf(Verdict.Refused.class);
        assertThat(serving("ZZ").show(Set.of("ZZ"))).isInstanceOf(Verdict.Permitted.class);
    }
}
