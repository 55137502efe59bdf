package org.facevalue.platform.jurisdiction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.FourEyes;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.jurisdiction.Packs.Result;
import org.facevalue.platform.jurisdiction.Packs.Shelved;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.story.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The lock on what may be lifted, where it is kept: which pack is let to decide, and which is not, whoever would allow it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActivationTest {
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final String OLD = "2026-10-01";
    private static final String NEW = "2026-11-01";

    private static final String CRIME =
            """
              - id: XA-01
                when: activity == "cash_out" && face_value >= figure["least"]
                verdict: forbidden
                criminal: true
                source: {law: L, article: A, where: W, grade: P}
                ko: "처벌받는다."
                en: "It is a crime."
            """;
    private static final String CRIME_CASE =
            """
              - is: a cash-out
                given: {activity: cash_out, face_value: 1000}
                expect: forbidden
                rules: [XA-01]
            """;
    private static final String UNCLEAR =
            """
              - id: XA-02
                when: activity == "holding"
                verdict: unclear
                source: {law: L, article: A, where: W, grade: I}
                ko: "분명하지 않다."
                en: "It is not clear."
            """;
    private static final String UNCLEAR_CASE =
            """
              - is: what is kept
                given: {activity: holding}
                expect: unclear
                rules: [XA-02]
            """;
    private static final Map<String, String> FILES =
            Map.of(
                    "pack.yaml",
                    """
                    jurisdiction: XA
                    version: VERSION
                    author: Facevalue
                    reviewer: A. Reader
                    reviewed_on: 2026-10-02
                    from: 2000-01-01
                    review_by: 2098-12-31
                    zone: Asia/Seoul
                    lines: '\\+998[0-9]{9}'
                    accounts: '998[0-9]{9}'
                    residents: 'XA'
                    sandbox:
                      lines: '(?!)'
                      accounts: '(?!)'
                    figures:
                      least: 1000
                    """,
                    "rules.yaml",
                    "rules:\n" + CRIME + UNCLEAR + "left: []\n",
                    "calendar.yaml",
                    "complete_until: 2099-12-31\ndeadlines: []\nholidays: []\n",
                    "cases.yaml",
                    "cases:\n" + CRIME_CASE + UNCLEAR_CASE);

    private static final String COUNSEL =
            """
            permitted
                counsel: {name: A. Lawyer, scope: what is kept for a day, expires: 2097-06-30}""";
    private static final Route KEPT =
            new Route(Activity.HOLDING, null, Set.of("XA"), null, List.of(), Map.of());

    private World world;
    private FourEyes fourEyes;
    private Caller seoyeon;

    @BeforeAll
    void start() {
        world = World.beside("activation");
        fourEyes = world.bean(FourEyes.class);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @BeforeEach
    void nothing_decides() throws SQLException {
        try (var owner = world.owner();
                var change = owner.createStatement()) {
            change.executeUpdate("DELETE FROM rule_pack");
        }
        seoyeon = somebody(Role.COMPLIANCE);
    }

    private static Caller somebody(Role role) {
        return new Caller(role, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    }

    /** @param changes what stands in its files, and what stands there instead, by turns */
    private static RulePack pack(String version, String... changes) throws BrokenPack, IOException {
        var files = new HashMap<>(FILES);
        files.replaceAll((name, text) -> text.replace("VERSION", version));
        for (int i = 0; i < changes.length; i += 2) {
            var old = changes[i];
            var instead = changes[i + 1];
            assertThat(files.values()).anyMatch(text -> text.contains(old));
            files.replaceAll((name, text) -> text.replace(old, instead));
        }
        return PackReader.read(
                name -> {
                    var text = files.get(name);
                    return text == null
                            ? null
                            : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
                });
    }

    /** The changes by which what was unclear has that verdict. */
    private static String[] settled(String verdict) {
        return new String[] {
            "verdict: unclear",
            "verdict: " + verdict,
            "expect: unclear",
            "expect: " + verdict.lines().findFirst().orElseThrow()
        };
    }

    private Packs packs(BusinessClock clock, boolean sandbox, RulePack... shelf) {
        return new Packs(
                new PackShelf(List.of(shelf)),
                world.bean(ActivePacks.class),
                fourEyes,
                world.bean(Facts.class),
                world.bean(Ids.class),
                clock,
                "XA",
                sandbox);
    }

    private Packs packs(RulePack... shelf) {
        return packs(() -> NOW, false, shelf);
    }

    private static Shelved shelved(RulePack pack) {
        return new Shelved(pack.id(), pack.reviewBy(), pack.rules().size(), false);
    }

    private Result activate(Packs packs, RulePack pack) {
        return packs.activate(seoyeon, shelved(pack), "the law has changed");
    }

    private List<FourEyes.Approval> asked(RulePack pack) {
        return fourEyes.all().stream()
                .filter(a -> a.maker().equals(seoyeon.subject()))
                .filter(a -> a.object().equals(pack.id().shown()))
                .toList();
    }

    private void allow(RulePack pack) {
        var jihun = somebody(Role.COMPLIANCE);
        assertThat(fourEyes.decide(jihun, asked(pack).getFirst().id(), true, "read it"))
                .isEqualTo(FourEyes.Result.DONE);
    }

    private void decide(Packs packs, RulePack pack) {
        assertThat(activate(packs, pack)).isEqualTo(Result.ASKED);
        allow(pack);
        assertThat(activate(packs, pack)).isEqualTo(Result.DONE);
    }

    private List<PackId> deciding() {
        return world.bean(ActivePacks.class).now();
    }

    private static String said(Verdict verdict) {
        return verdict instanceof Verdict.Refused no ? no.code() : "permitted";
    }

    @Test
    void it_takes_two_to_let_one_decide() throws Exception {
        var pack = pack(OLD);
        var packs = packs(pack);
        assertThat(activate(packs, pack)).isEqualTo(Result.ASKED);
        assertThat(fourEyes.decide(seoyeon, asked(pack).getFirst().id(), true, "it is me"))
                .isEqualTo(FourEyes.Result.OWN);
        assertThat(activate(packs, pack)).as("asked twice").isEqualTo(Result.ASKED);
        assertThat(deciding()).isEmpty();
        assertThat(packs.decides()).isFalse();
        allow(pack);
        assertThat(activate(packs, pack)).isEqualTo(Result.DONE);
        assertThat(deciding()).containsExactly(pack.id());
        assertThat(packs.decides()).isTrue();
        assertThat(packs.shelf()).extracting(Shelved::decides).containsExactly(true);
    }

    @Test
    void nobody_but_compliance_asks_for_it() throws Exception {
        var pack = pack(OLD);
        var packs = packs(pack);
        var before = fourEyes.all();
        for (var role : Role.values())
            if (role != Role.COMPLIANCE)
                assertThat(packs.activate(somebody(role), shelved(pack), "why not"))
                        .as("%s", role)
                        .isEqualTo(Result.NOT_PERMITTED);
        assertThat(fourEyes.all()).isEqualTo(before);
    }

    @Test
    void one_that_is_not_there_or_has_other_files_by_now_or_decides_already_is_too_late()
            throws Exception {
        var pack = pack(OLD);
        var altered = pack(OLD, "It is a crime.", "It is a grave crime.");
        assertThat(activate(packs(), pack)).isEqualTo(Result.TOO_LATE);
        assertThat(activate(packs(altered), pack)).isEqualTo(Result.TOO_LATE);
        assertThat(asked(pack)).isEmpty();
        var packs = packs(pack);
        decide(packs, pack);
        assertThat(activate(packs, pack)).isEqualTo(Result.TOO_LATE);
    }

    @Test
    void what_another_node_has_let_decide_in_between_is_not_replaced() throws Exception {
        var old = pack(OLD);
        var next = pack(NEW);
        var theirs = pack("2026-11-15");
        decide(packs(old), old);
        var meanwhile = new AtomicBoolean();
        // The clock is read after what decides, and before what is to decide is written.
        BusinessClock clock =
                () -> {
                    if (meanwhile.get()) decides(theirs);
                    return NOW;
                };
        var packs = packs(clock, false, old, next, theirs);
        assertThat(activate(packs, next)).isEqualTo(Result.ASKED);
        allow(next);
        meanwhile.set(true);
        assertThat(activate(packs, next)).isEqualTo(Result.TOO_LATE);
        assertThat(deciding()).containsExactly(theirs.id());
        assertThat(asked(next))
                .extracting(FourEyes.Approval::state)
                .containsExactly(FourEyes.State.APPROVED);
        meanwhile.set(false);
        assertThat(activate(packs, next))
                .as("what was allowed was another change")
                .isEqualTo(Result.ASKED);
    }

    /** As another node's commit leaves it. */
    private void decides(RulePack pack) {
        world.bean(JdbcClient.class)
                .sql(
                        "UPDATE rule_pack SET version = :version, digest = :digest WHERE jurisdiction = 'XA'")
                .param("version", pack.id().version())
                .param("digest", pack.id().digest())
                .update();
    }

    @Test
    void outside_a_sandbox_nothing_decides_that_nobody_has_reviewed() throws Exception {
        var unread = pack(NEW, "reviewer: A. Reader\nreviewed_on: 2026-10-02\n", "");
        assertThat(activate(packs(unread), unread)).isEqualTo(Result.NOT_REVIEWED);
        assertThat(asked(unread)).isEmpty();
        assertThat(activate(packs(() -> NOW, true, unread), unread)).isEqualTo(Result.ASKED);
    }

    @Test
    void none_decides_before_its_first_day_in_its_own_zone() throws Exception {
        var coming = pack(NEW, "from: 2000-01-01", "from: 2026-12-02");
        var eve = packs(() -> Instant.parse("2026-12-01T14:59:59Z"), false, coming);
        assertThat(activate(eve, coming)).isEqualTo(Result.NOT_YET);
        assertThat(asked(coming)).isEmpty();
        var day = packs(() -> Instant.parse("2026-12-01T15:00:00Z"), false, coming);
        assertThat(activate(day, coming)).isEqualTo(Result.ASKED);
    }

    static Stream<Arguments> weaker() {
        return Stream.of(
                arguments("says nothing of a crime", List.of(CRIME, "", CRIME_CASE, "")),
                arguments("calls it no crime", List.of("    criminal: true\n", "")),
                arguments(
                        "permits a crime",
                        List.of(
                                "forbidden\n    criminal: true",
                                "permitted",
                                "expect: forbidden",
                                "expect: permitted")),
                arguments(
                        "makes less of it a crime",
                        List.of("figure[\"least\"]", "figure[\"least\"] && face_value < 5000")),
                arguments(
                        "makes it one from another figure on",
                        List.of("least: 1000", "least: 1001", "value: 1000", "value: 1001")),
                arguments("has another name for it", List.of("XA-01", "XA-09")),
                arguments("says nothing of the unclear", List.of(UNCLEAR, "", UNCLEAR_CASE, "")),
                arguments("permits the unclear by itself", List.of(settled("permitted"))),
                arguments("has fewer lines", List.of("'\\+998[0-9]{9}'", "'\\+998[1-9]{9}'")),
                arguments("has fewer accounts", List.of("'998[0-9]{9}'", "'998[1-9]{9}'")),
                arguments("has other residents", List.of("residents: 'XA'", "residents: 'XB'")));
    }

    @ParameterizedTest(name = "one that {0}")
    @MethodSource("weaker")
    void a_version_that_lifts_what_is_forbidden_or_unclear_is_not_even_asked_for(
            String what, List<String> changes) throws Exception {
        var old = pack(OLD);
        var lifting = pack(NEW, changes.toArray(String[]::new));
        assertThat(activate(packs(old, lifting), lifting))
                .as("where none decides yet")
                .isEqualTo(Result.WEAKER);
        decide(packs(old), old);
        assertThat(activate(packs(old, lifting), lifting)).isEqualTo(Result.WEAKER);
        assertThat(asked(lifting)).isEmpty();
        assertThat(deciding()).containsExactly(old.id());
    }

    @Test
    void a_version_that_says_the_same_or_more_replaces_the_other() throws Exception {
        var old = pack(OLD);
        var more = pack(NEW, settled("forbidden"));
        decide(packs(old), old);
        var packs = packs(old, more);
        assertThat(said(packs.ask(KEPT))).isEqualTo("route-unclear");
        decide(packs, more);
        assertThat(said(packs.ask(KEPT))).isEqualTo("route-forbidden");
        assertThat(deciding()).containsExactly(more.id());
    }

    @Test
    void what_comes_with_the_platform_as_a_crime_stays_one() throws Exception {
        var when = "activity in [\"cash_out\", \"holding\"] && bought_on_bill";
        var korea = PackReaderTest.pack("kr");
        decide(packs(() -> NOW, true, korea), korea);
        for (var lifting :
                List.of(
                        PackReaderTest.packOf(
                                "kr", "rules.yaml", "criminal: true", "criminal: false"),
                        PackReaderTest.packOf(
                                "kr", "rules.yaml", when, when + " && activity != \"other\"")))
            assertThat(activate(packs(() -> NOW, true, korea, lifting), lifting))
                    .isEqualTo(Result.WEAKER);
        assertThat(deciding()).containsExactly(korea.id());
    }

    @Test
    void what_is_unclear_is_lifted_by_counsel_and_until_their_word_has_run_out() throws Exception {
        var old = pack(OLD);
        var settled = pack(NEW, settled(COUNSEL));
        var packs = packs(old, settled);
        decide(packs, old);
        assertThat(said(packs.ask(KEPT))).isEqualTo("route-unclear");
        decide(packs, settled);
        assertThat(said(packs.ask(KEPT))).isEqualTo("permitted");
        var last = packs(() -> Instant.parse("2097-06-30T14:59:59Z"), false, old, settled);
        assertThat(said(last.ask(KEPT))).isEqualTo("permitted");
        var after = packs(() -> Instant.parse("2097-06-30T15:00:00Z"), false, old, settled);
        assertThat(said(after.ask(KEPT))).isEqualTo("route-unclear");
    }

    @Test
    void a_counsel_without_a_name_a_scope_or_an_end_is_none() {
        for (var part : List.of("name", "scope", "expires")) {
            var counsel = COUNSEL.replaceFirst(part + ": [^,}]+(, )?", "");
            assertThatThrownBy(() -> pack(NEW, settled(counsel)))
                    .isInstanceOf(BrokenPack.class)
                    .hasMessageContaining("counsel " + part + ": is missing");
        }
    }

    @Test
    void what_counsel_has_settled_is_not_lifted_without_them_by_the_next_version()
            throws Exception {
        var settled = pack(OLD, settled(COUNSEL));
        decide(packs(settled), settled);
        var bare = pack(NEW, settled("permitted"));
        assertThat(activate(packs(settled, bare), bare)).isEqualTo(Result.WEAKER);
        var unclear = pack(NEW);
        assertThat(activate(packs(settled, unclear), unclear)).isEqualTo(Result.ASKED);
    }

    @Test
    void where_the_files_of_the_one_that_decides_are_gone_nothing_is_decided_and_none_replaces_it()
            throws Exception {
        var old = pack(OLD);
        var next = pack(NEW);
        decide(packs(old), old);
        assertThat(said(packs(next).ask(KEPT))).isEqualTo("no-rule-pack");
        assertThat(activate(packs(next), next)).isEqualTo(Result.WEAKER);
        assertThat(activate(packs(old, next), next)).isEqualTo(Result.ASKED);
    }
}
