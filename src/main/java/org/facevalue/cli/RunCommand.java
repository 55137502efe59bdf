package org.facevalue.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./facevalue run}: PostgreSQL, sandbox and platform as children, until Ctrl-C. */
@Command(name = "run", description = "Runs PostgreSQL, the platform and the sandbox until Ctrl-C.")
final class RunCommand implements Callable<Integer> {
    private final List<Child> children = new ArrayList<>();

    @Option(
            names = "--serve",
            paramLabel = "JURISDICTION",
            defaultValue = "",
            description =
                    "whose law this platform serves, once and for all of its data: zz (where nothing is said) or kr")
    private String serve = "";

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        try {
            return run(Layout.ofEnvironment());
        } catch (Trouble trouble) {
            System.err.println("facevalue: " + trouble.getMessage());
            return 1;
        }
    }

    private int run(Layout layout) throws IOException, SQLException, InterruptedException {
        var began = System.nanoTime();
        Files.createDirectories(layout.data());
        try (var lock =
                FileChannel.open(
                        layout.data().resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            if (lock.tryLock() == null)
                throw new Trouble(
                        "Another facevalue runs on "
                                + layout.data()
                                + ". Stop it, or set FACEVALUE_DATA.");
            Programs.wantPorts(
                    "Set FACEVALUE_PORT to the first of four free ports: page, sandbox, callbacks, mail.",
                    layout.port(),
                    layout.sandboxPort(),
                    layout.callbacksPort(),
                    layout.mailPort());
            var secrets = new Secrets(layout.keys());
            secrets.ofSandbox();
            Certificates.make(layout.keys(), secrets.password("callbacks.password"), Instant.now());
            var stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped)));
            var databases = databases(layout, secrets);
            databases.migrate();
            wantServed(databases, layout);
            children.add(
                    new Child(
                            "sandbox", () -> Programs.sandbox(layout, databases.sandbox()), true));
            children.add(
                    new Child(
                            "platform",
                            () ->
                                    Programs.platform(
                                            layout,
                                            databases.platform(),
                                            layout.port(),
                                            layout.callbacksPort(),
                                            "platform",
                                            serve),
                            true));
            Programs.waitUntilReady(layout.address(), layout.data().resolve("platform.log"));
            System.out.printf(
                    "facevalue: ready in %.1f s. Open %s%n",
                    (System.nanoTime() - began) / 1e9, layout.address());
            System.out.println(
                    "facevalue: the sandbox's parties are at "
                            + layout.sandboxAddress()
                            + "; Ctrl-C stops everything");
            stopped.await();
            return 0;
        }
    }

    /** What was begun under one law is not ended under another: said here, before a platform refuses to start. */
    private void wantServed(Databases databases, Layout layout) throws SQLException {
        if (serve.isEmpty()) return;
        if (!Set.of("zz", "kr").contains(serve.toLowerCase(Locale.ROOT)))
            throw new Trouble("--serve takes zz or kr: the sandbox has parties of no other.");
        try (var database = databases.owner().connect();
                var rows =
                        database.createStatement()
                                .executeQuery("SELECT jurisdiction FROM served_jurisdiction")) {
            if (rows.next() && !rows.getString(1).equalsIgnoreCase(serve))
                throw new Trouble(
                        "The data in "
                                + layout.data()
                                + " have served "
                                + rows.getString(1)
                                + " and do so for good. Set FACEVALUE_DATA to another folder.");
        }
    }

    private Databases databases(Layout layout, Secrets secrets) throws IOException, SQLException {
        var given = Databases.ofEnvironment();
        if (given != null) return given;
        var password = layout.keys().resolve("db-admin");
        secrets.password("db-admin");
        var postgres = new LocalPostgres(layout.data(), password);
        children.add(new Child("postgres", () -> Programs.apart(postgres.command()), false));
        var databases = Databases.ofLocal(postgres, secrets);
        databases.make(
                new Databases.Login(
                        postgres.url("postgres"),
                        LocalPostgres.ADMIN,
                        Files.readString(password).strip()));
        return databases;
    }

    /** Backwards: who asks ends before who is asked. */
    private void stop(CountDownLatch stopped) {
        System.out.println(
                "facevalue: stopping (the first time it also writes what makes the next start quick)");
        for (var child : children.reversed()) child.stop();
        stopped.countDown();
    }
}
