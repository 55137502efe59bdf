package org.facevalue.platform.jurisdiction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Every pack that there is, or none: what is wrong with one of them stops the start. And what of them is there outside a sandbox. */
class PackShelfTest {
    private static final Path ZZ = Path.of("src/main/resources/rulepacks/zz");
    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
    private static final String ZZ_LINE = "+999100000001";
    private static final String ZZ_ACCOUNT = "999000100001";

    @TempDir Path folder;

    /** A copy of the sandbox's pack. {@code changes}: what stands in its files, and what stands there instead, by turns. */
    private void put(String name, String... changes) throws IOException {
        var to = Files.createDirectories(folder.resolve(name));
        for (var file : List.of("pack.yaml", "rules.yaml", "calendar.yaml", "cases.yaml")) {
            var text = Files.readString(ZZ.resolve(file));
            for (int i = 0; i < changes.length; i += 2)
                text = text.replace(changes[i], changes[i + 1]);
            Files.writeString(to.resolve(file), text);
        }
    }

    private PackShelf read() throws BrokenPack, IOException {
        return PackShelf.read(
                new PathMatchingResourcePatternResolver(),
                List.of("file:" + folder + "/*/pack.yaml"));
    }

    private static List<String> shown(PackShelf shelf) {
        return shelf.all().stream().map(pack -> pack.id().shown()).toList();
    }

    @Test
    void two_of_one_jurisdiction_and_version_are_refused_with_the_second_one_s_place()
            throws Exception {
        put("first");
        put("second", "author: Facevalue", "author: Somebody else");
        assertThatThrownBy(this::read)
                .isInstanceOf(BrokenPack.class)
                .hasMessageContaining("second/pack.yaml")
                .hasMessageContaining("there is another ZZ@2026-11-28");
        put("second", "version: 2026-11-28", "version: 2026-11-28a");
        var shelf = read();
        assertThat(shown(shelf)).containsExactly("ZZ@2026-11-28", "ZZ@2026-11-28a");
        assertThat(shelf.newest()).containsExactly(shelf.all().getLast());
    }

    @ParameterizedTest(name = "{0} ends when {1} has begun")
    @CsvSource({"first, second, 2026-11-28", "second, first, 2026-12-05"})
    void two_whose_days_overlap_are_refused_with_the_second_one_s_place(
            String older, String newer, String other) throws Exception {
        put(older, "from: 2026-01-01", "from: 2026-01-01\nuntil: 2026-12-31");
        begin(newer, "2026-12-31");
        assertThatThrownBy(this::read)
                .isInstanceOf(BrokenPack.class)
                .hasMessageContaining("second/pack.yaml")
                .hasMessageContaining("from: its days overlap those of ZZ@" + other);
        begin(newer, "2027-01-01");
        assertThat(shown(read())).containsExactly("ZZ@2026-11-28", "ZZ@2026-12-05");
    }

    private void begin(String name, String from) throws IOException {
        put(
                name,
                "version: 2026-11-28",
                "version: 2026-12-05",
                "from: 2026-01-01",
                "from: " + from);
    }

    @ParameterizedTest(name = "the {0} one")
    @ValueSource(strings = {"first", "third"})
    void one_that_is_broken_takes_the_sound_ones_with_it(String broken) throws Exception {
        put("second");
        put(broken, "version: 2026-11-28", "version: 2026-12-05", "id: ZZ-02", "id: KR-02");
        assertThatThrownBy(this::read)
                .isInstanceOf(BrokenPack.class)
                .hasMessageContaining("rules.yaml KR-02: its id begins with the jurisdiction");
        put(broken, "version: 2026-11-28", "version: 2026-12-05");
        Files.delete(folder.resolve(broken).resolve("cases.yaml"));
        assertThatThrownBy(this::read)
                .isInstanceOf(BrokenPack.class)
                .hasMessageContaining("cases.yaml: the file is missing");
        put(broken, "version: 2026-11-28", "version: 2026-12-05");
        assertThat(shown(read())).containsExactly("ZZ@2026-11-28", "ZZ@2026-12-05");
    }

    @Test
    void a_folder_of_the_operator_s_stands_beside_what_comes_with_the_platform_or_stops_the_start()
            throws Exception {
        put("mine", "grade: P", "grade: S");
        assertThatThrownBy(this::start)
                .isInstanceOf(BrokenPack.class)
                .hasMessageContaining("rules.yaml ZZ-01 source grade: a permission on a secondary");
        put("mine");
        assertThat(start().all()).as("a copy of what is there").hasSize(4);
        put("mine", "author: Facevalue", "author: Somebody else");
        assertThatThrownBy(this::start)
                .isInstanceOf(BrokenPack.class)
                .hasMessageContaining("mine/pack.yaml")
                .hasMessageContaining("there is another ZZ@2026-11-28");
        put("mine", "version: 2026-11-28", "version: 2026-12-05");
        assertThat(start().all().stream().map(RulePack::jurisdiction))
                .containsExactly("EU", "KR", "UK", "ZZ", "ZZ");
    }

    private PackShelf start() throws BrokenPack, IOException {
        return new JurisdictionSetup()
                .shelf(new PathMatchingResourcePatternResolver(), folder.toString());
    }

    private static RulePacks outside(String served) throws BrokenPack, IOException {
        var packs = List.of(PackReaderTest.pack("zz"), PackReaderTest.pack("kr"));
        return new RulePacks(packs, served, false, pack -> TODAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZZ", "KR"})
    void outside_a_sandbox_the_fictional_one_is_not_there(String served) throws Exception {
        var packs = outside(served);
        assertThat(packs.all().stream().map(RulePack::jurisdiction)).containsExactly("KR");
        assertThat(packs.decides()).isEqualTo(served.equals("KR"));
        assertThat(packs.isLine(ZZ_LINE)).isFalse();
        var parties =
                Arrays.stream(Route.Part.values())
                        .map(
                                part ->
                                        new Route.Party(
                                                part,
                                                "ZZ",
                                                URI.create("http://localhost:8081/x"),
                                                Set.of("zz-converter")))
                        .toList();
        for (var activity : Activity.values()) {
            var route =
                    new Route(
                            activity,
                            ZZ_LINE,
                            Set.of("ZZ"),
                            ZZ_ACCOUNT,
                            parties,
                            Map.of(Fact.BOUGHT_ON_BILL, false));
            assertThat(packs.ask(route)).as("%s", activity).isInstanceOf(Verdict.Refused.class);
        }
    }

    @Test
    void outside_a_sandbox_the_served_one_is_not_asked_for_the_fictional() throws Exception {
        assertThat(outside("ZZ").show(Set.of())).isEqualTo(Verdict.Refused.noPack("operator"));
        assertThat(outside("ZZ").permits()).isEmpty();
    }

    @Test
    void outside_a_sandbox_it_is_real_numbers_that_are_added() throws Exception {
        var packs = outside("KR");
        assertThat(packs.isLine("+821012345678")).isTrue();
        assertThat(packs.isAccount("110123456789")).isTrue();
        assertThat(packs.isLine("+447700900123")).as("nobody's").isFalse();
    }
}
