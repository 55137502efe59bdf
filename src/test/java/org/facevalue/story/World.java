package org.facevalue.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.facevalue.cli.Api;
import org.facevalue.cli.BothBooks;
import org.facevalue.cli.Certificates;
import org.facevalue.cli.Databases;
import org.facevalue.cli.LocalPostgres;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.cli.Secrets;
import org.facevalue.platform.Platform;
import org.facevalue.sandbox.Sandbox;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * The running product: a real PostgreSQL, the platform and the sandbox over real HTTP, started once for all tests that ask for it. Its patience is
 * shorter than in production, so that lost answers are found out in seconds.
 */
public final class World {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static World instance;

    private final Path folder;
    private final Databases databases;
    private final ConfigurableApplicationContext platform;
    private final int port;
    private final int sandboxPort;

    private World(Path folder) throws IOException, SQLException {
        this.folder = folder;
        var secrets = new Secrets(folder.resolve("keys"));
        secrets.ofSandbox();
        secrets.password("db-admin");
        var keys = folder.resolve("keys");
        Certificates.make(keys, secrets.password("callbacks.password"), Instant.now());
        var postgres = new LocalPostgres(folder, keys.resolve("db-admin"));
        var server = postgres.command().start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
        databases = Databases.ofLocal(postgres, secrets);
        var admin = Files.readString(keys.resolve("db-admin")).strip();
        databases.make(new Databases.Login(postgres.url("postgres"), LocalPostgres.ADMIN, admin));
        databases.migrate();
        port = freePort();
        sandboxPort = freePort();
        int callbacks = freePort();
        new Sandbox(
                new Sandbox.Settings(
                        sandboxPort,
                        databases.sandbox().url(),
                        databases.sandbox().user(),
                        databases.sandbox().password(),
                        URI.create(address()),
                        keys));
        platform =
                new SpringApplicationBuilder(Platform.class)
                        .profiles("sandbox")
                        .properties(
                                Map.ofEntries(
                                        Map.entry("server.port", port),
                                        Map.entry(
                                                "spring.datasource.url",
                                                databases.platform().url()),
                                        Map.entry(
                                                "spring.datasource.username",
                                                databases.platform().user()),
                                        Map.entry(
                                                "spring.datasource.password",
                                                databases.platform().password()),
                                        Map.entry("facevalue.keys", keys.toString()),
                                        Map.entry("facevalue.sandbox", sandboxAddress()),
                                        Map.entry("facevalue.callbacks.port", callbacks),
                                        Map.entry(
                                                "facevalue.callbacks.address",
                                                "https://localhost:" + callbacks)))
                        .run(
                                "--facevalue.outside.timeout=1s",
                                "--facevalue.outside.lease=2s",
                                "--facevalue.outside.every=50ms",
                                "--facevalue.carrier.lag=500ms");
    }

    /** The one world of this test run. */
    public static synchronized World get() {
        if (instance != null) return instance;
        try {
            var folder = Path.of("target/world").toAbsolutePath();
            delete(folder.resolve("postgres"));
            delete(folder.resolve("keys"));
            instance = new World(folder);
            return instance;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(java.util.Comparator.reverseOrder()).toList())
                Files.delete(path);
        }
    }

    public String address() {
        return "http://localhost:" + port;
    }

    public String sandboxAddress() {
        return "http://localhost:" + sandboxPort;
    }

    /** A bean of the running platform. */
    public <T> T bean(Class<T> type) {
        return platform.getBean(type);
    }

    public Databases databases() {
        return databases;
    }

    /** As the owner, who may do everything: to look, and to plant what nobody else could. */
    public Connection owner() throws SQLException {
        return databases.owner().connect();
    }

    /** As the platform connects. */
    public Connection run() throws SQLException {
        return databases.platform().connect();
    }

    public Api anonymous() {
        return new Api(address(), null);
    }

    /** With the key in that file of the folder of keys. */
    public Api program(String name) {
        return new Api(address(), secret(name).getFirst());
    }

    public List<String> secret(String name) {
        try {
            return Files.readAllLines(folder.resolve("keys").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Api sandbox() {
        return new Api(sandboxAddress(), null);
    }

    public SandboxCustomer customer() {
        return customer("two-step", "");
    }

    public SandboxCustomer customer(String tariff, String scenario) {
        return SandboxCustomer.make(address(), sandboxAddress(), tariff, scenario);
    }

    /** Waits until the cash-out has ended and gives it as the API shows it. */
    public JsonNode end(SandboxCustomer customer, String cashOut) {
        return until(customer, cashOut, "PAID", "NOT_CHARGED", "REFUNDED");
    }

    /** Waits until the cash-out is in one of the states. */
    public JsonNode until(SandboxCustomer customer, String cashOut, String... states) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        JsonNode seen = customer.cashOut(cashOut);
        while (System.nanoTime() < until) {
            if (List.of(states).contains(seen.path("state").asString())) return seen;
            sleep();
            seen = customer.cashOut(cashOut);
        }
        throw new AssertionError("still " + seen);
    }

    private static void sleep() {
        try {
            Thread.sleep(60);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The differences between our books of this ended cash-out and every outside party's; none is right. */
    public List<String> differences(SandboxCustomer customer, JsonNode cashOut) {
        return BothBooks.compare(cashOut, customer.world(cashOut.path("id").asString()))
                .differences();
    }

    /** The events of the journal, in their order. */
    public static List<String> events(JsonNode cashOut) {
        var events = new ArrayList<String>();
        cashOut.path("timeline").forEach(entry -> events.add(entry.path("event").asString()));
        return events;
    }

    /** The balance that the ledger keeps for the cash-out's own account; zero where it has none. */
    public long ownAccount(String cashOut) throws SQLException {
        try (var connection = owner();
                var read =
                        connection.prepareStatement(
                                "SELECT coalesce(sum(balance), 0) FROM account WHERE kind = 'CASH_OUT' AND replace(subject, '-', '') = ?")) {
            read.setString(1, cashOut.substring("co_".length()));
            try (var rows = read.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            return socket.getLocalPort();
        }
    }
}
