package org.facevalue.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.facevalue.platform.jurisdiction.BrokenPack;
import org.facevalue.platform.jurisdiction.PackCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "rules",
        description = "what rule packs say",
        subcommands = RulesCommand.Check.class)
final class RulesCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        System.err.println("rules check FOLDER");
        return 2;
    }

    @Command(name = "check", description = "reads a pack and runs its cases")
    static final class Check implements Callable<Integer> {
        @Parameters(paramLabel = "FOLDER", description = "where pack.yaml is")
        private Path folder = Path.of(".");

        @Override
        public Integer call() throws IOException {
            if (!Files.isDirectory(folder)) throw new Trouble("There is no folder " + folder + ".");
            try {
                System.out.println(PackCheck.check(folder));
                return 0;
            } catch (BrokenPack e) {
                e.faults().forEach(f -> System.out.println(f.place() + ": " + f.message()));
                return 1;
            }
        }
    }
}
