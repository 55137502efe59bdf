package org.facevalue.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.facevalue.cli.Certificates;
import org.facevalue.cli.Databases;
import org.facevalue.cli.LocalPostgres;
import org.facevalue.cli.Secrets;
import org.facevalue.sandbox.Sandbox;

/** What a platform stands on: a PostgreSQL of its own with both databases, a folder of keys, the sandbox, and free ports. */
public final class Ground {
    /** Below those that a system gives to whoever asks for any: nobody else takes one between its choice and its use. */
    private static final AtomicInteger PORTS =
            new AtomicInteger(10_000 + (int) (ProcessHandle.current().pid() * 131 % 20_000));

    private final Path keys;
    private final Databases databases;
    private final LocalPostgres postgres;
    private Process running;
    private final int port = freePort();
    private final int sandboxPort = freePort();
    private final int callbacksPort = freePort();
    private final int mailPort = freePort();

    /** @param folder emptied first, but for the unpacked PostgreSQL */
    public Ground(Path folder) {
        this(folder, LocalPostgres::new, Clock.systemUTC());
    }

    Ground(Path folder, Clock clock) {
        this(folder, LocalPostgres::new, clock);
    }

    /** Makes a server below a folder, with the superuser's password in a file. */
    interface Server {
        LocalPostgres in(Path folder, Path password) throws IOException;
    }

    /** @param clock of the outside parties */
    Ground(Path folder, Server server, Clock clock) {
        keys = folder.resolve("keys");
        try {
            delete(folder.resolve("postgres"));
            delete(keys);
            var secrets = new Secrets(keys);
            secrets.ofSandbox();
            secrets.password("db-admin");
            Certificates.make(keys, secrets.password("callbacks.password"), Instant.now());
            postgres = server.in(folder, keys.resolve("db-admin"));
            running = postgres.command().start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> running.destroy()));
            databases = Databases.ofLocal(postgres, secrets);
            var admin = Files.readString(keys.resolve("db-admin")).strip();
            databases.make(
                    new Databases.Login(postgres.url("postgres"), LocalPostgres.ADMIN, admin));
            databases.migrate();
            var sandbox = databases.sandbox();
            new Sandbox(
                    new Sandbox.Settings(
                            sandboxPort,
                            mailPort,
                            sandbox.url(),
                            sandbox.user(),
                            sandbox.password(),
                            URI.create(address()),
                            keys),
                    clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the platform is told: as in production, but with less patience, so that lost answers are found out in seconds. */
    Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("spring.profiles.active", "sandbox");
        settings.put("server.port", String.valueOf(port));
        settings.put("spring.datasource.url", databases.platform().url());
        settings.put("spring.datasource.username", databases.platform().user());
        settings.put("spring.datasource.password", databases.platform().password());
        settings.put("facevalue.keys", keys.toString());
        settings.put("facevalue.sandbox", sandboxAddress());
        settings.put("spring.mail.host", "localhost");
        settings.put("spring.mail.port", String.valueOf(mailPort));
        settings.put("facevalue.callbacks.port", String.valueOf(callbacksPort));
        settings.put("facevalue.callbacks.address", callbacks());
        settings.put("facevalue.outside.timeout", "1s");
        settings.put("facevalue.outside.lease", "2s");
        settings.put("facevalue.outside.every", "50ms");
        settings.put("facevalue.outside.wait", "500ms");
        for (var party : List.of("carrier", "issuer", "provider", "bank"))
            settings.put("facevalue.lag." + party, "500ms");
        return settings;
    }

    /** As by kill -9: every connection is lost, and whatever was not committed is gone. */
    void killDatabase() throws InterruptedException {
        running.destroyForcibly().waitFor();
    }

    /** Starts it again; the processes that outlived a killed one need a moment to go. */
    void startDatabase() throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            running = postgres.command().start();
            if (!running.waitFor(300, TimeUnit.MILLISECONDS)) return;
        }
        throw new AssertionError("the database does not start");
    }

    /** A second node: another page and other callbacks, everything else the same. */
    Node another() {
        var settings = settings();
        int page = freePort();
        int callbacks = freePort();
        settings.put("server.port", String.valueOf(page));
        settings.put("facevalue.callbacks.port", String.valueOf(callbacks));
        settings.put("facevalue.callbacks.address", "https://localhost:" + callbacks);
        return new Node(settings, "http://localhost:" + page);
    }

    record Node(Map<String, String> settings, String address) {}

    String address() {
        return "http://localhost:" + port;
    }

    String sandboxAddress() {
        return "http://localhost:" + sandboxPort;
    }

    String callbacks() {
        return "https://localhost:" + callbacksPort;
    }

    Path keys() {
        return keys;
    }

    public Databases databases() {
        return databases;
    }

    List<String> secret(String name) {
        try {
            return Files.readAllLines(keys.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    private static int freePort() {
        while (true) {
            int port = PORTS.getAndIncrement();
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException e) {
                if (port > 32_000) throw new UncheckedIOException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
