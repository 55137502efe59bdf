package org.facevalue.cli;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./facevalue audit}: says in words, and by its exit code, whether what must hold holds. */
@Command(name = "audit", description = "Whether the invariants hold and both sides' books agree.")
final class AuditCommand implements Callable<Integer> {
    private static final JsonMapper PRINTER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Option(names = "--json", description = "prints the findings as JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException, SQLException {
        try {
            var layout = Layout.ofEnvironment();
            try (var database = Databases.ofRunning(layout).owner().connect()) {
                var sandbox = new Api(layout.sandboxAddress(), null);
                var findings =
                        new Audit(
                                        database,
                                        sandbox,
                                        words -> System.err.println("facevalue: " + words))
                                .findings();
                boolean well = findings.stream().allMatch(f -> f.violations().isEmpty());
                if (json)
                    System.out.println(
                            PRINTER.writeValueAsString(
                                    Map.of("holds", well, "findings", findings)));
                else inWords(findings, well);
                return well ? 0 : 1;
            }
        } catch (Trouble trouble) {
            System.err.println("facevalue: " + trouble.getMessage());
            return 1;
        }
    }

    private static void inWords(List<Audit.Finding> findings, boolean well) {
        for (var finding : findings) {
            System.out.printf(
                    "%-6s %-4s %s%n",
                    finding.violations().isEmpty() ? "holds" : "BROKEN",
                    finding.invariant(),
                    finding.words());
            finding.violations()
                    .forEach(violation -> System.out.println("            " + violation));
        }
        System.out.println(well ? "Everything holds." : "NOT everything holds.");
    }
}
