package org.facevalue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Properties;
import java.util.TreeSet;
import org.facevalue.platform.cashout.PostingsOfEdges;
import org.facevalue.platform.jurisdiction.Activity;
import org.facevalue.platform.jurisdiction.Fact;
import org.facevalue.platform.ledger.AccountKind;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.story.World;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The docs show what the code is. {@code ./facevalue docs} draws them again; here a stale drawing fails. */
class DocsTest {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(
                            SerializationFeature.INDENT_OUTPUT,
                            SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    @Test
    void the_rooms_and_their_imports_are_those_of_the_front_doors() throws IOException {
        var rows = new StringBuilder("| room | may import |\n|---|---|\n");
        try (var rooms = Files.list(Path.of("src/main/java/org/facevalue/platform"))) {
            for (var room :
                    rooms.filter(Files::isDirectory)
                            .map(p -> p.getFileName().toString())
                            .sorted(Comparator.naturalOrder())
                            .toList())
                rows.append(
                        "| `%s` | %s |\n"
                                .formatted(
                                        room,
                                        String.join(
                                                ", ",
                                                new TreeSet<>(
                                                        Arrays.asList(
                                                                ModularityTest.declared(room)
                                                                        .allowedDependencies())))));
        }
        Drawn.between(Path.of("ARCHITECTURE.md"), "rooms", rows.toString());
    }

    @Test
    void the_state_machine_is_the_one_that_runs() throws IOException {
        Drawn.between(Path.of("docs/inside/cash-out.md"), "machine", PostingsOfEdges.diagram());
        Drawn.between(
                Path.of("docs/inside/cash-out.md"),
                "aftermath",
                PostingsOfEdges.aftermathDiagram());
    }

    @Test
    void the_postings_of_every_edge_are_those_that_are_made() throws IOException {
        Drawn.between(Path.of("docs/inside/cash-out.md"), "postings", PostingsOfEdges.table());
        Drawn.between(
                Path.of("docs/inside/cash-out.md"),
                "aftermath-postings",
                PostingsOfEdges.aftermathTable());
    }

    @Test
    void the_chart_of_accounts_is_the_ledger_s() throws IOException {
        var rows = new StringBuilder("| account | side | floor |\n|---|---|---|\n");
        for (var kind : AccountKind.values())
            rows.append(
                    "| `%s` | %s | %s |\n"
                            .formatted(
                                    kind.name(),
                                    kind.side().name().toLowerCase(java.util.Locale.ROOT),
                                    kind.floored() ? "0" : "none"));
        Drawn.between(Path.of("docs/inside/cash-out.md"), "accounts", rows.toString());
    }

    @Test
    void every_problem_code_is_listed_with_its_meaning() throws IOException {
        var words = new Properties();
        try (Reader in =
                Files.newBufferedReader(Path.of("src/main/resources/messages_en.properties"))) {
            words.load(in);
        }
        var rows = new StringBuilder("| code | status | means |\n|---|---|---|\n");
        for (var code : ProblemCode.values())
            rows.append(
                    "| `%s` | %d | %s %s |\n"
                            .formatted(
                                    code.code(),
                                    code.status(),
                                    words.getProperty("problem." + code.code() + ".title") + ".",
                                    words.getProperty("problem." + code.code() + ".detail")));
        Drawn.between(Path.of("docs/using/problems.md"), "problems", rows.toString());
    }

    @Test
    void what_a_rule_may_ask_about_is_listed_for_who_writes_packs() throws IOException {
        var packs = Path.of("docs/operating/rule-packs.md");
        var facts = new StringBuilder("| fact | is |\n|---|---|\n");
        for (var fact : Fact.values())
            facts.append("| `%s` | %s |\n".formatted(fact.word(), fact.meaning()));
        Drawn.between(packs, "facts", facts.toString());
        var activities = new StringBuilder();
        for (var activity : Activity.values())
            activities.append("- `%s`: %s\n".formatted(activity.word(), activity.meaning()));
        Drawn.between(packs, "activities", activities.toString());
    }

    @Test
    void the_committed_api_description_is_the_running_one() throws IOException {
        var file = Path.of("docs/openapi.json");
        var running =
                JSON.writeValueAsString(World.get().anonymous().get("/openapi.json").ok()) + "\n";
        if (Drawn.WRITE) Files.writeString(file, running);
        assertThat(Files.readString(file)).as("run ./facevalue docs").isEqualTo(running);
    }
}
