package org.facevalue.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Who of the operator's people may sign in. The platform's own program says so, on the database and keys of an installation that runs. */
@Command(
        name = "staff",
        description = "who of the staff may sign in",
        subcommands = {StaffCommand.Add.class, StaffCommand.Remove.class, StaffCommand.All.class})
final class StaffCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        System.err.println("staff add NAME ROLE, staff remove NAME, or staff list");
        return 2;
    }

    @Command(name = "add", description = "lets somebody in, and shows what they sign in with, once")
    static final class Add implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "NAME")
        private String name = "";

        @Parameters(
                index = "1",
                paramLabel = "ROLE",
                description = "support, compliance, finance, auditor or operator")
        private String role = "";

        @Override
        public Integer call() throws IOException, InterruptedException {
            return run("add", name, role);
        }
    }

    @Command(
            name = "remove",
            description = "lets somebody go: their sessions and keys hold no more")
    static final class Remove implements Callable<Integer> {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        public Integer call() throws IOException, InterruptedException {
            return run("remove", name);
        }
    }

    @Command(name = "list", description = "who may sign in now")
    static final class All implements Callable<Integer> {
        @Override
        public Integer call() throws IOException, InterruptedException {
            return run("list");
        }
    }

    private static int run(String... arguments) throws IOException, InterruptedException {
        try {
            var layout = Layout.ofEnvironment();
            var login = Databases.ofRunning(layout).platform();
            return Programs.staff(layout, login, arguments).inheritIO().start().waitFor();
        } catch (Trouble trouble) {
            System.err.println("facevalue: " + trouble.getMessage());
            return 1;
        }
    }
}
