package org.facevalue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The style, as far as a machine can hold it. */
class TidyTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TEST = Path.of("src/test/java");

    /** What is not written, with what to write instead, and where it may stand all the same. */
    private record Ban(String pattern, String instead, String except) {}

    private static final List<Ban> BANS =
            List.of(
                    new Ban(
                            "Instant\\.now\\(\\)|LocalDate\\.now\\(|System\\.currentTimeMillis",
                            "a clock that is injected",
                            "/cli/"),
                    new Ban(
                            "\\b(double|float)\\b",
                            "Money or BasisPoints",
                            "/quote/AnnualCost|/outside/|/cashout/CashOutRows"),
                    new Ban("\\bBigDecimal\\b", "Money", "/carrier/CarrierBilling"),
                    // What is drawn by lot there follows from a seed, and guards nothing.
                    new Ban("new Random\\b", "SecureRandom, or Ids", "/cli/Traffic"),
                    new Ban("System\\.(out|err)\\b", "a logger", "/cli/|/Platform\\.java"),
                    new Ban("@Autowired", "a constructor", "none"),
                    new Ban("\\bTODO\\b|\\bFIXME\\b", "an issue", "none"),
                    new Ban(
                            "\\b(?i:coupon|giftcard|vendor|merchant|telco|beneficiary|ruleset)\\b",
                            "the word of the glossary",
                            "none"));

    @Test
    void nothing_is_written_that_the_house_has_a_better_way_for() throws IOException {
        var found = new ArrayList<String>();
        for (var file : files(MAIN, ".java"))
            for (var ban : BANS) {
                if (Pattern.compile(ban.except()).matcher(file.toString()).find()) continue;
                int number = 0;
                for (var line : Files.readAllLines(file)) {
                    number++;
                    boolean comment =
                            line.strip().startsWith("*")
                                    || line.strip().startsWith("/")
                                    || line.strip().startsWith("import");
                    if (!comment && Pattern.compile(ban.pattern()).matcher(line).find())
                        found.add(
                                file
                                        + ":"
                                        + number
                                        + " write "
                                        + ban.instead()
                                        + ": "
                                        + line.strip());
                }
            }
        assertThat(found).isEmpty();
    }

    @Test
    void no_package_is_named_for_a_layer_or_a_leftover() throws IOException {
        assertThat(files(MAIN, ".java").stream().map(Path::toString))
                .noneMatch(
                        file ->
                                file.matches(
                                        ".*/(util|common|impl|internal|service|dto|config|helper)/.*"));
    }

    @Test
    void no_file_is_longer_than_one_idea() throws IOException {
        var longer = new ArrayList<String>();
        for (var folder : List.of(MAIN, TEST))
            for (var file : files(folder, ".java")) {
                long lines = Files.readAllLines(file).size();
                if (lines > 460) longer.add(file + ": " + lines);
            }
        assertThat(longer).isEmpty();
    }

    @Test
    void every_class_with_tests_is_named_so_that_it_runs() throws IOException {
        for (var file : files(TEST, ".java")) {
            var text = Files.readString(file);
            if (text.contains("@Test\n")
                    || text.contains("@Property")
                    || text.contains("@ParameterizedTest"))
                assertThat(file.getFileName().toString()).endsWith("Test.java");
        }
    }

    @Test
    void both_languages_have_the_same_words_and_templates_use_only_those() throws IOException {
        var korean = messages("ko");
        var english = messages("en");
        assertThat(korean).isEqualTo(english);
        var key = Pattern.compile("frame\\.t\\(\"([a-z][A-Za-z.\\-]*[A-Za-z])\"");
        for (var file : files(Path.of("src/main/jte"), ".jte")) {
            var matcher = key.matcher(Files.readString(file));
            while (matcher.find()) assertThat(korean).as("%s", file).contains(matcher.group(1));
        }
    }

    @Test
    void a_table_is_spoken_to_by_its_own_room_only() throws IOException {
        var owner = tables();
        var word = Pattern.compile("(?:FROM|JOIN|INTO|UPDATE)\\s+([a-z_]+)");
        var crossed = new ArrayList<String>();
        for (var file : files(MAIN.resolve("org/facevalue/platform"), ".java")) {
            var room =
                    MAIN.resolve("org/facevalue/platform").relativize(file).getName(0).toString();
            var matcher = word.matcher(Files.readString(file));
            while (matcher.find()) {
                var of = owner.get(matcher.group(1));
                if (of != null
                        && !of.equals(room)
                        && !(room.equals("ledger") && of.equals("journal")))
                    crossed.add(file + " speaks to " + matcher.group(1) + " of " + of);
            }
        }
        assertThat(crossed).isEmpty();
    }

    @Test
    void every_document_has_one_title_and_its_links_lead_somewhere() throws IOException {
        var link = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");
        for (var file : documents()) {
            var text = Files.readString(file).replaceAll("(?s)```.*?```", "");
            assertThat(text.lines().filter(line -> line.startsWith("# ")))
                    .as("%s", file)
                    .hasSize(1);
            var matcher = link.matcher(text);
            while (matcher.find()) {
                var target = matcher.group(1);
                if (target.startsWith("http")) continue;
                var parent = file.toAbsolutePath().getParent();
                assertThat(Files.exists(parent.resolve(target)))
                        .as("%s links to %s", file, target)
                        .isTrue();
            }
        }
    }

    @Test
    void no_host_of_a_package_registry_is_written_anywhere() throws IOException {
        var host =
                Pattern.compile(
                        "(repo1?\\.maven|registry\\.npmjs|deb\\.debian|pypi\\.org|maven\\.org)");
        for (var file :
                List.of(
                        "pom.xml",
                        "facevalue",
                        ".ci/run",
                        "README.md",
                        "docs/operating/install.md"))
            assertThat(host.matcher(Files.readString(Path.of(file))).find()).as(file).isFalse();
    }

    private static Map<String, String> tables() throws IOException {
        var owner = new java.util.HashMap<String, String>();
        var create = Pattern.compile("CREATE TABLE ([a-z_]+)");
        for (var file : files(Path.of("src/main/resources/db/migration"), ".sql")) {
            var room = file.getFileName().toString().replaceAll("V\\d+__|\\.sql|_.*", "");
            var matcher = create.matcher(Files.readString(file));
            while (matcher.find()) owner.put(matcher.group(1), room);
        }
        return owner;
    }

    private static TreeSet<String> messages(String language) throws IOException {
        var words = new Properties();
        try (Reader in =
                Files.newBufferedReader(
                        Path.of("src/main/resources/messages_" + language + ".properties"))) {
            words.load(in);
        }
        return new TreeSet<>(words.stringPropertyNames());
    }

    static List<Path> documents() throws IOException {
        var documents = new ArrayList<Path>();
        try (var root = Files.list(Path.of("."))) {
            root.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        documents.addAll(files(Path.of("docs"), ".md"));
        return documents;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
