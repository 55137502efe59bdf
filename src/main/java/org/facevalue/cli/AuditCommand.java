package org.facevalue.cli;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ./facevalue audit}: says in words, and by its exit code, whether what must hold holds. */
@Command(name = "audit", description = "Whether the invariants hold and both sides' books agree.")
final class AuditCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, SQLException {
        try {
            var layout = Layout.ofEnvironment();
            try (var database = Databases.ofRunning(layout).owner().connect()) {
                boolean well = true;
                for (var finding :
                        new Audit(database, new Api(layout.sandboxAddress(), null)).findings()) {
                    boolean holds = finding.violations().isEmpty();
                    well &= holds;
                    System.out.printf(
                            "%-6s %-4s %s%n",
                            holds ? "holds" : "BROKEN", finding.invariant(), finding.words());
                    finding.violations()
                            .forEach(violation -> System.out.println("            " + violation));
                }
                System.out.println(well ? "Everything holds." : "NOT everything holds.");
                return well ? 0 : 1;
            }
        } catch (Trouble trouble) {
            System.err.println("facevalue: " + trouble.getMessage());
            return 1;
        }
    }
}
