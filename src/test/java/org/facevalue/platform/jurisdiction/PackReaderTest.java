package org.facevalue.platform.jurisdiction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pack is taken whole or not at all, and who has written it is told every fault by its place. */
class PackReaderTest {
    private static final Path PACKS = Path.of("src/main/resources/rulepacks");

    static RulePack pack(String name) throws BrokenPack, IOException {
        return PackReader.read(open(files(name)));
    }

    /** With {@code rules} in the place where the rules end; its cases say what they then say. */
    /** One with a rule more, of these activities, and the cases that follow from it. */
    static RulePack packWithRule(String pack, List<String> activities, Ruling verdict)
            throws BrokenPack, IOException {
        var files = files(pack);
        var id = pack.toUpperCase(Locale.ROOT) + "-98";
        var word = verdict.name().toLowerCase(Locale.ROOT);
        var rule =
                """
                  - id: %s
                    when: activity in %s
                    verdict: %s
                    source: {law: L, article: A, where: W, grade: P}
                    ko: "무엇이든 된다."
                    en: "Anything goes."
                left:"""
                        .formatted(id, activities.stream().map(a -> "'" + a + "'").toList(), word);
        files.computeIfPresent("rules.yaml", (n, text) -> text.replaceFirst("left:", rule));
        files.computeIfPresent(
                "cases.yaml",
                (n, text) -> {
                    var cases = text.split("\n(?=  - is:)");
                    for (int i = 0; i < cases.length; i++) {
                        var each = cases[i];
                        if (activities.stream().noneMatch(a -> each.contains("activity: " + a)))
                            continue;
                        if (!each.contains("expect: ")) {
                            cases[i] =
                                    each.replace(
                                            "rules: []",
                                            "expect: " + word + "\n    rules: [" + id + "]");
                            continue;
                        }
                        var expected = each.replaceFirst("(?s).*expect: ([a-z ]+)\n.*", "$1");
                        var before =
                                Ruling.valueOf(expected.toUpperCase(Locale.ROOT).replace(' ', '_'));
                        var then = before.compareTo(verdict) < 0 ? word : expected;
                        cases[i] =
                                each.replace("expect: " + expected, "expect: " + then)
                                        .replace("rules: [", "rules: [" + id + ", ");
                    }
                    return String.join("\n", cases);
                });
        return PackReader.read(open(files));
    }

    /** One with a change in a file. */
    static RulePack packOf(String pack, String file, String old, String changed)
            throws BrokenPack, IOException {
        var files = files(pack);
        assertThat(files.get(file)).contains(old);
        files.computeIfPresent(file, (name, text) -> text.replace(old, changed));
        return PackReader.read(open(files));
    }

    /** The same rules in another order. */
    static RulePack packWithRulesShuffled(String pack, Random random)
            throws BrokenPack, IOException {
        var files = files(pack);
        files.computeIfPresent(
                "rules.yaml",
                (name, text) -> {
                    int left = text.indexOf("\nleft:");
                    int first = text.indexOf("  - id:");
                    var rules =
                            new ArrayList<>(
                                    List.of(text.substring(first, left).split("\n(?=  - id:)")));
                    Collections.shuffle(rules, random);
                    return text.substring(0, first)
                            + String.join("\n", rules)
                            + text.substring(left);
                });
        return PackReader.read(open(files));
    }

    static RulePack packWith(String name, String rules) throws BrokenPack, IOException {
        var files = files(name);
        var id = rules.substring(rules.indexOf("id: ") + 4, rules.indexOf("\n")).strip();
        files.compute("rules.yaml", (file, text) -> text.replaceFirst("left:", rules));
        files.compute(
                "cases.yaml",
                (file, text) ->
                        text.replaceAll("rules: \\[", "rules: [" + id + ", ")
                                .replace("expect: obliges", "expect: permitted"));
        return PackReader.read(open(files));
    }

    private static PackReader.Folder open(Map<String, String> files) {
        return name -> {
            var text = files.get(name);
            return text == null
                    ? null
                    : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        };
    }

    private static Map<String, String> files(String pack) throws IOException {
        var files = new HashMap<String, String>();
        for (var name : new String[] {"pack.yaml", "rules.yaml", "calendar.yaml", "cases.yaml"})
            files.put(name, Files.readString(PACKS.resolve(pack).resolve(name)));
        return files;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"zz", "kr", "eu", "uk"})
    void the_packs_that_come_with_the_platform_are_sound_and_their_cases_are_as_they_say(
            String pack) throws BrokenPack, IOException {
        assertThat(pack(pack).jurisdiction()).isEqualToIgnoringCase(pack);
        assertThat(PackCheck.check(PACKS.resolve(pack))).contains("all cases as they say");
    }

    @ParameterizedTest(name = "{0} percent")
    @ValueSource(strings = {"101", "0", "-90", "50000"})
    void nothing_gives_more_than_all_or_less_than_something(String share) {
        var figure = "expired-share: ";
        assertThatThrownBy(() -> packOf("zz", "pack.yaml", figure + "90", figure + share))
                .isInstanceOf(BrokenPack.class)
                .hasMessageContaining("gives: is a share from 1 to 100, and expired-share is none");
    }

    @Test
    void each_of_the_korean_rules_is_in_the_pack_or_on_its_list_with_the_reason()
            throws IOException {
        var rules = files("kr").get("rules.yaml");
        var there = new TreeSet<String>();
        var ids = java.util.regex.Pattern.compile("id: (KR-[0-9]{2})").matcher(rules);
        while (ids.find()) there.add(ids.group(1));
        var wanted = new TreeSet<String>();
        for (int i = 1; i <= 31; i++) wanted.add("KR-%02d".formatted(i));
        assertThat(there).isEqualTo(wanted);
    }

    @ParameterizedTest(name = "{0}: {2} instead of {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "pack.yaml | jurisdiction: ZZ | jurisdiction: Zed | is two capital letters",
                "pack.yaml | jurisdiction: ZZ | jurisdiction: [ZZ | pack.yaml:",
                "pack.yaml | version: 2026-11-28 | version: two | pack.yaml version: is a day",
                "pack.yaml | from: 2026-01-01 | from: 2026-02-30 | pack.yaml:",
                "pack.yaml | review_by: 2035-12-31 | review_by: 2025-12-31 | pack.yaml review_by: is before from",
                "pack.yaml | reviewer: The fictional ministry | reviewer: Facevalue | pack.yaml reviewer: is the author",
                "pack.yaml | author: Facevalue | mood: good | mood",
                "pack.yaml | reviewed_on: 2026-11-28 | # not yet | stands with the reviewer",
                "pack.yaml | version: 2026-11-28 | version: 2026-13-45 | pack.yaml version: is a day",
                "pack.yaml | only_sandbox: true | only_sandbox: '' | pack.yaml:",
                "pack.yaml | used-share: 60 | used-share: 60.9 | pack.yaml:",
                "pack.yaml | used-share: 60 | used-share: ~ | pack.yaml:19:",
                "pack.yaml | used-share: 60 | used_share_60: 60 | an id is of small letters",
                "rules.yaml | verdict: forbidden | verdict: 1 | rules.yaml:",
                "cases.yaml | same_bill: true | same_bill: 1 | is of another type",
                "pack.yaml | author: Facevalue | # none | pack.yaml author: is missing",
                "pack.yaml | residents: 'ZZ' | residents: '(ZZ' | pack.yaml residents: is no regular expression",
                "pack.yaml | lines: '\\+999[0-9]{9}' | lines: '\\+999[0-9' | is no regular expression",
                "rules.yaml | activity == \"cash_out\" | activity == | rules.yaml ZZ-01 when: ",
                "rules.yaml | activity == \"cash_out\" | weather == \"cash_out\" | weather",
                "rules.yaml | activity == \"cash_out\" | activity == 7 | rules.yaml ZZ-01 when: ",
                "rules.yaml | activity == \"cash_out\" | activity | rules.yaml ZZ-01 when: ",
                "rules.yaml | verdict: permitted with licence | verdict: fine | rules.yaml:",
                "rules.yaml | licence: zz-converter | criminal: true | stands with the verdict 'permitted with licence'",
                "rules.yaml | law: \"ZZ Cash-out Act (fictional)\", | | law",
                "rules.yaml | grade: P | grade: S | names its counsel",
                "rules.yaml | id: ZZ-02 | id: ZZ-01 | there are two of this id",
                "rules.yaml | id: ZZ-02 | id: KR-02 | its id begins with the jurisdiction",
                "rules.yaml | with every fee. | within 7 days. | a digit stands in it",
                "rules.yaml | figure[\"used-share\"] | figure['used-share'] | a figure is named as",
                "rules.yaml | figure[\"used-share\"] | figure[ \"used-share\" ] | a figure is named as",
                "rules.yaml | figure[\"used-share\"] | figure[\"unused-share\"] | there is no figure unused-share",
                "rules.yaml | gives: expired-share | gives: expired-part | there is no figure expired-part",
                "rules.yaml | {used-share} | {share-used} | there is no figure or deadline share-used",
                "calendar.yaml | count: 7 | count: 0 | calendar.yaml withdrawal count: is from 1 to 3660",
                "calendar.yaml | unit: DAYS | unit: MOONS | calendar.yaml:",
                "calendar.yaml | on: 2026-12-25 | on: 2026-02-29 | calendar.yaml:",
                "calendar.yaml | on: 2026-12-25 | on: 2027-01-01 | stands there twice",
                "cases.yaml | rules: [ZZ-04] | rules: [ZZ-05] | the rules that apply are [ZZ-04]",
                "cases.yaml | expect: forbidden | expect: permitted | the verdict is FORBIDDEN",
                "cases.yaml | same_bill: true | moon: full | there is no fact moon",
                "cases.yaml | used_percent: 60, | | rule-unusable",
            })
    void a_broken_pack_is_refused_with_the_place(
            String file, String sound, String broken, String says) throws IOException {
        var files = files("zz");
        assertThat(files.get(file)).contains(sound);
        files.put(file, files.get(file).replace(sound, broken == null ? "" : broken));
        assertThatThrownBy(() -> PackReader.read(open(files)))
                .isInstanceOf(BrokenPack.class)
                .hasMessageContaining(says)
                .hasMessageContaining(file);
    }

    @Test
    void two_rules_of_one_condition_that_say_different_things_are_refused() throws IOException {
        var files = files("zz");
        files.compute(
                "rules.yaml",
                (name, text) ->
                        text.replace(
                                "left: []",
                                """
                                  - id: ZZ-99
                                    when: activity == "correction" && !authorised
                                    verdict: forbidden
                                    source: {law: L, article: A, where: W, grade: P}
                                    ko: "안 된다."
                                    en: "No."
                                left: []
                                """));
        assertThatThrownBy(() -> PackReader.read(open(files)))
                .isInstanceOf(BrokenPack.class)
                .hasMessageContaining("ZZ-99: contradicts ZZ-07");
    }

    @Test
    void an_expression_that_is_too_long_too_deep_or_turns_too_often_is_refused()
            throws IOException {
        for (var when :
                new String[] {
                    "activity == \"x\"" + " || activity == \"x\"".repeat(60),
                    "(".repeat(60) + "true" + ")".repeat(60),
                }) {
            var files = files("zz");
            files.compute(
                    "rules.yaml", (name, text) -> text.replace("activity == \"holding\"", when));
            assertThatThrownBy(() -> PackReader.read(open(files)))
                    .as(when)
                    .isInstanceOf(BrokenPack.class)
                    .hasMessageContaining("rules.yaml ZZ-03 when");
        }
        var list = "[" + "1,".repeat(20) + "1]";
        var turns = list + ".exists(a, " + list + ".all(b, " + list + ".exists(c, c == 2)))";
        var files = files("zz");
        files.compute("rules.yaml", (name, text) -> text.replace("activity == \"holding\"", turns));
        assertThatThrownBy(() -> PackReader.read(open(files)))
                .isInstanceOf(BrokenPack.class)
                .hasMessageContaining("rule-too-expensive");
    }

    @Test
    void a_pack_that_lifts_a_crime_or_settles_the_unclear_without_counsel_is_weaker()
            throws BrokenPack, IOException {
        var old = pack("kr");
        assertThat(old.weakerThan(old)).isEmpty();
        var lifted = files("kr");
        lifted.compute(
                "rules.yaml",
                (name, text) ->
                        text.replace(
                                "activity in [\"cash_out\", \"holding\"] && bought_on_bill",
                                "activity in [\"cash_out\", \"holding\"] && !bought_on_bill"));
        lifted.compute(
                "cases.yaml",
                (name, text) ->
                        text.replace("bought_on_bill: true, line", "bought_on_bill: false, line")
                                .replace(
                                        "activity: holding, bought_on_bill: true",
                                        "activity: holding, bought_on_bill: false"));
        assertThat(PackReader.read(open(lifted)).weakerThan(old)).containsExactly("KR-01");
        var settled = files("kr");
        settled.compute(
                "rules.yaml",
                (name, text) -> text.replace("verdict: unclear", "verdict: permitted"));
        settled.compute(
                "cases.yaml", (name, text) -> text.replace("expect: unclear", "expect: permitted"));
        assertThat(PackReader.read(open(settled)).weakerThan(old)).containsExactly("KR-08");
        settled.compute(
                "rules.yaml",
                (name, text) ->
                        text.replace(
                                "verdict: permitted\n    source: {law: \"정보통신망법 (Network Act)\", article: \"Article 72(1)4\"",
                                "verdict: permitted\n    counsel: {name: A. Lawyer, scope: vouchers of one issuer, expires: 2027-06-30}\n"
                                        + "    source: {law: \"정보통신망법 (Network Act)\", article: \"Article 72(1)4\""));
        assertThat(PackReader.read(open(settled)).weakerThan(old)).isEmpty();
    }

    @Test
    void what_two_versions_would_lift_one_after_the_other_the_first_of_them_may_not()
            throws BrokenPack, IOException {
        var old = pack("kr");
        for (var change :
                List.of(
                        List.of("rules.yaml", "criminal: true", "criminal: false", "KR-01"),
                        List.of(
                                "rules.yaml",
                                "activity in [\"cash_out\", \"holding\"] && bought_on_bill",
                                "activity in [\"cash_out\", \"holding\"] && bought_on_bill && activity != \"other\"",
                                "KR-01"),
                        List.of(
                                "rules.yaml",
                                "activity == \"issuer_refund\" && bought_on_bill\n",
                                "activity == \"issuer_refund\" && bought_on_bill && true\n",
                                "KR-08"),
                        List.of(
                                "pack.yaml",
                                "'\\+82[1-9][0-9]{7,9}'",
                                "'\\+82[1-8][0-9]{7,9}'",
                                "lines"),
                        List.of("pack.yaml", "residents: 'KR'", "residents: 'KP'", "residents")))
            assertThat(packOf("kr", change.get(0), change.get(1), change.get(2)).weakerThan(old))
                    .as(change.get(2))
                    .contains(change.get(3));
        assertThat(
                        packOf("kr", "pack.yaml", "residents: 'KR'", "residents: '(KR)|KP'")
                                .weakerThan(old))
                .as("more residents")
                .isEmpty();
    }

    @Test
    void the_example_for_who_writes_packs_is_one() throws BrokenPack, IOException {
        var page = Files.readString(Path.of("docs/operating/rule-packs.md"));
        var blocks =
                java.util.regex.Pattern.compile("(?s)```yaml\n# ([a-z]+\\.yaml)\n(.*?)```")
                        .matcher(page);
        var files = new HashMap<String, String>();
        while (blocks.find()) files.put(blocks.group(1), blocks.group(2));
        assertThat(files).hasSize(4);
        assertThat(PackReader.read(open(files)).permits(LocalDate.of(2026, 12, 1)).keySet())
                .containsExactly("withdrawal");
    }

    @Test
    void a_folder_without_a_file_is_refused_and_every_fault_is_told_at_once() throws IOException {
        var files = files("zz");
        files.remove("cases.yaml");
        files.put("calendar.yaml", "");
        assertThatThrownBy(() -> PackReader.read(open(files)))
                .hasMessageContaining("cases.yaml: the file is missing")
                .hasMessageContaining("calendar.yaml");
    }
}
