package org.facevalue.platform.jurisdiction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
        if (code.equals("no-rule-pack")) assertThat(refused.part()).isEqualTo(part);
        else assertThat(refused.part()).startsWith(part.substring(0, 3).equals("KR-") ? "" : "ZZ");
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
        var fictional = route(ZZ_LINE, ZZ_ACCOUNT, "ZZ", "ZZ", "ZZ", "ZZ");
        for (var homes : List.of(homes(home), homes("ZZ", home))) {
            if (homes.equals(Set.of("ZZ"))) continue;
            var route =
                    new Route(
                            fictional.activity(),
                            fictional.line(),
                            homes,
                            fictional.account(),
                            fictional.parties(),
                            fictional.facts());
            var verdict = serving("ZZ").ask(route);
            assertThat(verdict).as("%s", homes).isInstanceOf(Verdict.Refused.class);
            assertThat(((Verdict.Refused) verdict).code()).isEqualTo(code);
        }
    }

    private static Set<String> homes(String... homes) {
        return Arrays.stream(homes).filter(home -> !home.isEmpty()).collect(Collectors.toSet());
    }

    @Test
    void a_korean_who_lives_in_britain_gives_nothing_back_under_a_law_that_does_not_say_so() {
        for (var home : List.of("KR", "GB")) {
            var verdict =
                    serving("KR")
                            .ask(
                                    new Route(
                                            Activity.CANCELLATION,
                                            "+821000001234",
                                            Set.of(home),
                                            null,
                                            List.of(party(Part.CARRIER, "KR")),
                                            Map.of(
                                                    Fact.SAME_BILL,
                                                    true,
                                                    Fact.FACE_VALUE,
                                                    10_000L)));
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

    @Provide
    Arbitrary<Route> routes() {
        var lines =
                Arbitraries.of(
                        ZZ_LINE, "+821000001234", "+4915112345678", "+447700900123", "+1202", "");
        var accounts = Arbitraries.of(ZZ_ACCOUNT, "110123456789", "DE89370400440532013000", "none");
        var places = Arbitraries.of("ZZ", "KR", "EU", "UK", "US", "").list().ofSize(4);
        var facts =
                Combinators.combine(
                                Arbitraries.of(true, false),
                                Arbitraries.longs().between(-1, 4_000),
                                Arbitraries.longs().between(0, 100),
                                Arbitraries.of(true, false))
                        .as(
                                (bill, age, used, yes) ->
                                        Map.<Fact, Object>of(
                                                Fact.BOUGHT_ON_BILL, bill,
                                                Fact.AGE_DAYS, age,
                                                Fact.USED_PERCENT, used,
                                                Fact.FACE_VALUE, age * 100,
                                                Fact.EXPIRED, yes,
                                                Fact.SAME_BILL, yes,
                                                Fact.AUTHORISED, yes,
                                                Fact.WANTS_POINTS, bill));
        var homes = Arbitraries.of("ZZ", "KR", "DE", "GB", "US").set().ofMaxSize(2);
        return Combinators.combine(
                        Arbitraries.of(Activity.values()), lines, homes, accounts, places, facts)
                .as(
                        (activity, line, home, account, place, known) -> {
                            var route = route(line, account, place.toArray(String[]::new));
                            return new Route(activity, line, home, account, route.parties(), known);
                        });
    }

    @Property(tries = 2_000)
    void no_input_makes_a_forbidden_cash_out_permitted(@ForAll("routes") Route route) {
        boolean korean =
                route.line().startsWith("+82")
                        || route.residences().contains("KR")
                        || route.account().equals("110123456789")
                        || route.parties().stream().anyMatch(p -> p.jurisdiction().equals("KR"));
        boolean cashOut =
                route.activity() == Activity.CASH_OUT
                                && route.facts().get(Fact.BOUGHT_ON_BILL) == Boolean.TRUE
                        || route.activity() == Activity.SHOW_CASH_OUT;
        for (var served : List.of("ZZ", "KR", "EU", "UK")) {
            var verdict = serving(served).ask(route);
            if (cashOut && (korean || !served.equals("ZZ")))
                assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        }
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
                        .ask(
                                new Route(
                                        Activity.CANCELLATION,
                                        ZZ_LINE,
                                        Set.of("ZZ"),
                                        null,
                                        List.of(party(Part.CARRIER, "ZZ")),
                                        Map.of(Fact.SAME_BILL, true)));
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
