package org.facevalue.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code ./facevalue run}: PostgreSQL, sandbox and platform as children, until Ctrl-C. */
@Command(name = "run", description = "Runs PostgreSQL, the platform and the sandbox until Ctrl-C.")
final class RunCommand implements Callable<Integer> {
    private static final Duration READY = Duration.ofMinutes(2);
    private final List<Child> children = new ArrayList<>();

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
            for (int port : new int[] {layout.port(), layout.sandboxPort(), layout.callbacksPort()})
                free(port);
            var secrets = new Secrets(layout.keys());
            secrets.ofSandbox();
            Certificates.make(layout.keys(), secrets.password("callbacks.password"), Instant.now());
            var stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped)));
            var databases = databases(layout, secrets);
            databases.migrate();
            children.add(new Child("sandbox", () -> sandbox(layout, databases.sandbox()), true));
            children.add(new Child("platform", () -> platform(layout, databases.platform()), true));
            waitUntilReady(layout);
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

    private Databases databases(Layout layout, Secrets secrets) throws IOException, SQLException {
        var given = Databases.ofEnvironment();
        if (given != null) return given;
        var password = layout.keys().resolve("db-admin");
        secrets.password("db-admin");
        var postgres = new LocalPostgres(layout.data(), password);
        children.add(new Child("postgres", () -> apart(postgres.command()), false));
        var databases = Databases.ofLocal(postgres, secrets);
        databases.make(
                new Databases.Login(
                        postgres.url("postgres"),
                        LocalPostgres.ADMIN,
                        Files.readString(password).strip()));
        return databases;
    }

    private static void free(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByName("localhost"))) {
            socket.setReuseAddress(true);
        } catch (IOException e) {
            throw new Trouble(
                    "Port "
                            + port
                            + " is taken. Set FACEVALUE_PORT to the first of three free ports: page, sandbox, callbacks.");
        }
    }

    private static ProcessBuilder platform(Layout layout, Databases.Login login) {
        var command = java("org.facevalue.platform.Platform", Path.of("platform.aot"));
        var environment = environment(command);
        environment.put("SPRING_PROFILES_ACTIVE", "sandbox");
        environment.put("SPRING_DATASOURCE_URL", login.url());
        environment.put("SPRING_DATASOURCE_USERNAME", login.user());
        environment.put("SPRING_DATASOURCE_PASSWORD", login.password());
        environment.put("SERVER_PORT", String.valueOf(layout.port()));
        environment.put("FACEVALUE_KEYS", layout.keys().toString());
        environment.put("FACEVALUE_SANDBOX", layout.sandboxAddress());
        environment.put("FACEVALUE_CALLBACKS_PORT", String.valueOf(layout.callbacksPort()));
        environment.put(
                "FACEVALUE_CALLBACKS_ADDRESS", "https://localhost:" + layout.callbacksPort());
        return logged(command, layout, "platform");
    }

    private static ProcessBuilder sandbox(Layout layout, Databases.Login login) {
        var command = java("org.facevalue.sandbox.Sandbox", null);
        var environment = environment(command);
        environment.put("FACEVALUE_SANDBOX_PORT", String.valueOf(layout.sandboxPort()));
        environment.put("FACEVALUE_SANDBOX_DB_URL", login.url());
        environment.put("FACEVALUE_SANDBOX_DB_USER", login.user());
        environment.put("FACEVALUE_SANDBOX_DB_PASSWORD", login.password());
        environment.put("FACEVALUE_PLATFORM", layout.address());
        environment.put("FACEVALUE_KEYS", layout.keys().toString());
        return logged(command, layout, "sandbox");
    }

    private static ProcessBuilder java(String main, @Nullable Path cache) {
        var jar = Path.of(System.getProperty("java.class.path").split(":", 2)[0]);
        var command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:+UseSerialGC",
                                "-Xmx512m"));
        if (cache != null) {
            var file = jar.resolveSibling(cache.getFileName());
            // The first run records what it loads and writes the cache when it ends; later ones
            // start from it in about half the time.
            command.add((Files.exists(file) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + file);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        return apart(new ProcessBuilder(command));
    }

    /** In a session of its own, so that Ctrl-C reaches the supervisor alone, which stops its children in order. */
    private static ProcessBuilder apart(ProcessBuilder command) {
        if (Files.isExecutable(Path.of("/usr/bin/setsid")))
            command.command().addFirst("/usr/bin/setsid");
        return command;
    }

    /** The child's environment: none of the supervisor's own settings, so no credentials but those it is given. */
    private static Map<String, String> environment(ProcessBuilder command) {
        var environment = command.environment();
        environment
                .keySet()
                .removeIf(name -> name.startsWith("FACEVALUE_") || name.startsWith("SPRING_"));
        environment.put("FACEVALUE_SUPERVISED", "true");
        return environment;
    }

    private static ProcessBuilder logged(ProcessBuilder command, Layout layout, String name) {
        return command.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(
                                layout.data().resolve(name + ".log").toFile()));
    }

    private static void waitUntilReady(Layout layout) throws InterruptedException {
        var until = System.nanoTime() + READY.toNanos();
        try (var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            var request =
                    HttpRequest.newBuilder(URI.create(layout.address() + "/health"))
                            .timeout(Duration.ofSeconds(2))
                            .build();
            while (System.nanoTime() < until) {
                try {
                    if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) return;
                } catch (IOException e) {
                    // not listening yet
                }
                Thread.sleep(100);
            }
        }
        throw new Trouble(
                "The platform did not get ready: see " + layout.data().resolve("platform.log"));
    }

    /** Backwards: who asks ends before who is asked. */
    private void stop(CountDownLatch stopped) {
        System.out.println(
                "facevalue: stopping (the first time it also writes what makes the next start quick)");
        for (var child : children.reversed()) child.stop();
        stopped.countDown();
    }
}
