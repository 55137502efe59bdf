package org.facevalue.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The verbs of {@code ./facevalue} that need Java. */
@Command(
        name = "facevalue",
        description =
                "Small purchases charged to a phone bill turned back into money, with nothing hidden.",
        subcommands = {
            RunCommand.class,
            NodeCommand.class,
            DemoCommand.class,
            TrafficCommand.class,
            AuditCommand.class,
            RulesCommand.class,
            StaffCommand.class
        })
public final class Main {
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
