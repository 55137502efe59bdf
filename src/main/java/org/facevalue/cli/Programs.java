package org.facevalue.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the platform and the sandbox are started as processes of their own. */
final class Programs {
    private static final Duration READY = Duration.ofMinutes(3);

    private Programs() {}

    /**
     * One platform process. {@code name}: of its log; the one called {@code platform} also writes, at its first end, the cache that later ones start
     * from in about half the time. {@code serve}: the jurisdiction of its operator.
     */
    static ProcessBuilder platform(
            Layout layout,
            Databases.Login login,
            int port,
            int callbacksPort,
            String name,
            String serve) {
        var cache = jar().resolveSibling("platform.aot");
        var options = new ArrayList<String>();
        if (Files.exists(cache)) options.add("-XX:AOTCache=" + cache);
        else if (name.equals("platform")) options.add("-XX:AOTCacheOutput=" + cache);
        var command = java("org.facevalue.platform.Platform", options);
        var environment = environment(command);
        environment.put("SPRING_PROFILES_ACTIVE", "sandbox");
        environment.put("FACEVALUE_SERVE", serve);
        database(environment, login);
        environment.put("SERVER_PORT", String.valueOf(port));
        environment.put("FACEVALUE_KEYS", layout.keys().toString());
        environment.put("FACEVALUE_SANDBOX", layout.sandboxAddress());
        environment.put("SPRING_MAIL_HOST", "localhost");
        environment.put("SPRING_MAIL_PORT", String.valueOf(layout.mailPort()));
        environment.put("FACEVALUE_CALLBACKS_PORT", String.valueOf(callbacksPort));
        environment.put("FACEVALUE_CALLBACKS_ADDRESS", "https://localhost:" + callbacksPort);
        return logged(command, layout, name);
    }

    /** The platform's program that lets staff in and out; it prints. */
    static ProcessBuilder staff(Layout layout, Databases.Login login, String... arguments) {
        var command = java("org.facevalue.platform.Platform", List.of("-XX:TieredStopAtLevel=1"));
        command.command().add("staff");
        command.command().addAll(List.of(arguments));
        var environment = environment(command);
        database(environment, login);
        environment.put("FACEVALUE_KEYS", layout.keys().toString());
        return command;
    }

    private static void database(Map<String, String> environment, Databases.Login login) {
        environment.put("SPRING_DATASOURCE_URL", login.url());
        environment.put("SPRING_DATASOURCE_USERNAME", login.user());
        environment.put("SPRING_DATASOURCE_PASSWORD", login.password());
    }

    static ProcessBuilder sandbox(Layout layout, Databases.Login login) {
        var command = java("org.facevalue.sandbox.Sandbox", List.of());
        var environment = environment(command);
        environment.put("FACEVALUE_SANDBOX_PORT", String.valueOf(layout.sandboxPort()));
        environment.put("FACEVALUE_SANDBOX_DB_URL", login.url());
        environment.put("FACEVALUE_SANDBOX_DB_USER", login.user());
        environment.put("FACEVALUE_SANDBOX_DB_PASSWORD", login.password());
        environment.put("FACEVALUE_SANDBOX_MAIL_PORT", String.valueOf(layout.mailPort()));
        environment.put("FACEVALUE_PLATFORM", layout.address());
        environment.put("FACEVALUE_KEYS", layout.keys().toString());
        return logged(command, layout, "sandbox");
    }

    private static Path jar() {
        return Path.of(System.getProperty("java.class.path").split(":", 2)[0]);
    }

    private static ProcessBuilder java(String main, List<String> options) {
        var command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:+UseSerialGC",
                                "-Xmx512m"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        return apart(new ProcessBuilder(command));
    }

    /** In a session of its own, so that Ctrl-C reaches the supervisor alone, which stops its children in order. */
    static ProcessBuilder apart(ProcessBuilder command) {
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

    /** @throws Trouble that names the first port that is taken, and {@code advice} */
    static void wantPorts(String advice, int... ports) {
        for (int port : ports)
            try (var socket = new ServerSocket(port, 1, InetAddress.getByName("localhost"))) {
                socket.setReuseAddress(true);
            } catch (IOException e) {
                throw new Trouble("Port " + port + " is taken. " + advice);
            }
    }

    /** Returns when the platform at {@code address} says that it can take a cash-out. {@code log}: to be named when it does not. */
    static void waitUntilReady(String address, Path log) throws InterruptedException {
        var until = System.nanoTime() + READY.toNanos();
        try (var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            var request =
                    HttpRequest.newBuilder(URI.create(address + "/health"))
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
        throw new Trouble("The platform did not get ready: see " + log);
    }
}
