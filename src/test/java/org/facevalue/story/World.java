package org.facevalue.story;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.facevalue.cli.Api;
import org.facevalue.cli.BothBooks;
import org.facevalue.cli.Databases;
import org.facevalue.cli.LocalPostgres;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.platform.Platform;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.ApiKeys;
import org.facevalue.platform.identity.Logins;
import org.facevalue.platform.identity.Role;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.databind.JsonNode;

/**
 * The running product: a real PostgreSQL, the platform and the sandbox over real HTTP, started once for all tests that ask for it. Its patience is
 * shorter than in production, so that lost answers are found out in seconds.
 */
public final class World {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Tests run in two processes at once: each has a world of its own. */
    private static final String NAME = System.getProperty("facevalue.world", "world");

    private static World instance;
    private static World korea;

    private final Ground ground;
    private final ConfigurableApplicationContext platform;
    private final Register register = new Register();

    private World(Ground ground) {
        this(ground, Map.of(), Clock.systemUTC());
    }

    /** @param more settings of the platform */
    private World(Ground ground, Map<String, String> more, Clock clock) {
        this.ground = ground;
        var all = ground.settings();
        all.putAll(more);
        var settings =
                all.entrySet().stream()
                        .map(e -> "--" + e.getKey() + "=" + e.getValue())
                        .toArray(String[]::new);
        platform = running(settings, clock);
    }

    /** A platform that did not start is started again, once: a supervisor does not give up at once either. */
    private ConfigurableApplicationContext running(String[] settings, Clock clock) {
        try {
            return run(settings, clock);
        } catch (RuntimeException e) {
            e.printStackTrace();
            return run(settings, clock);
        }
    }

    private ConfigurableApplicationContext run(String[] settings, Clock clock) {
        return new SpringApplicationBuilder(Platform.class)
                .initializers(
                        (GenericApplicationContext context) -> {
                            context.registerBean(
                                    "clock of the test",
                                    Clock.class,
                                    () -> clock,
                                    bean -> bean.setPrimary(true));
                            context.getBeanFactory().addBeanPostProcessor(register);
                        })
                .run(settings);
    }

    /** The one world of this test run. */
    public static synchronized World get() {
        if (instance == null)
            instance =
                    started(() -> new World(new Ground(Path.of("target", NAME).toAbsolutePath())));
        return instance;
    }

    /** The one of this test run that serves Korea. */
    static synchronized World korea() {
        if (korea == null) korea = beside("korea-" + NAME, Map.of("facevalue.serve", "kr"));
        return korea;
    }

    /** A second one whose databases live on an installed PostgreSQL. {@code home}: the folder above its {@code bin}. */
    public static World on(Path home) {
        var folder = Path.of("target/world-" + home.getFileName()).toAbsolutePath();
        return started(
                () ->
                        new World(
                                new Ground(
                                        folder,
                                        (root, password) -> new LocalPostgres(root, password, home),
                                        Clock.systemUTC())));
    }

    /** Another one beside it, for what would be in others' way. */
    public static World beside(String name) {
        return beside(name, Map.of());
    }

    /** Another one with further settings of the platform. */
    static World beside(String name, Map<String, String> more) {
        return beside(name, more, Clock.systemUTC());
    }

    /** One that begins at {@code at}, whatever day it is: for stories that are told of certain days. */
    static World beginning(String name, Map<String, String> more, Instant at) {
        return beside(
                name, more, Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), at)));
    }

    private static World beside(String name, Map<String, String> more, Clock clock) {
        var folder = Path.of("target/world-" + name).toAbsolutePath();
        return started(() -> new World(new Ground(folder, clock), more, clock));
    }

    /** Says what is wrong in one line: most worlds are made before a test of theirs begins, and a report shows nothing else of that. */
    private static World started(Supplier<World> world) {
        try {
            return world.get();
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "a world does not start: " + NestedExceptionUtils.getMostSpecificCause(e), e);
        }
    }

    /** Only for one that was made by {@link #on} or {@link #beside}: the other is everybody's. */
    public void close() {
        platform.close();
    }

    public String address() {
        return ground.address();
    }

    public String sandboxAddress() {
        return ground.sandboxAddress();
    }

    /** What the platform takes its parties for. */
    Register register() {
        return register;
    }

    /** A bean of the running platform. */
    public <T> T bean(Class<T> type) {
        return platform.getBean(type);
    }

    /** Every bean of a type. */
    <T> Collection<T> all(Class<T> type) {
        return platform.getBeansOfType(type).values();
    }

    /** One of several beans of a type. */
    public <T> T named(String name, Class<T> type) {
        return platform.getBean(name, type);
    }

    public Databases databases() {
        return ground.databases();
    }

    /** As the owner, who may do everything: to look, and to plant what nobody else could. */
    public Connection owner() throws SQLException {
        return databases().owner().connect();
    }

    /** As the platform connects. */
    public Connection run() throws SQLException {
        return databases().platform().connect();
    }

    public Api anonymous() {
        return new Api(address(), null);
    }

    /** As the one of the staff with that role. */
    public Api staff(Role role) {
        return new Api(address(), staffKey(role));
    }

    /** An API key of theirs. */
    String staffKey(Role role) {
        return bean(ApiKeys.class).make(bean(Logins.class).loginOf(subject(role)).orElseThrow());
    }

    private UUID subject(Role role) {
        try (var connection = run();
                var rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "SELECT subject FROM login WHERE role = '"
                                                + role
                                                + "' AND ended_at IS NULL ORDER BY begun_at")) {
            rows.next();
            return rows.getObject(1, UUID.class);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A second node beside it, on the same database and keys: its process and its address. {@code folder} for its log. */
    Beside node(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var node = ground.another();
        var process = PlatformProcess.start(node.settings(), node.address(), folder.resolve("die"));
        return new Beside(process, node.address());
    }

    record Beside(Process process, String address) {}

    /** Another session of the same customer, at that address. */
    Api session(SandboxCustomer customer, String address) {
        var subject = Id.parse("cu", customer.secret("id")).orElseThrow();
        return new Api(
                address,
                bean(ApiKeys.class).make(bean(Logins.class).loginOf(subject).orElseThrow()));
    }

    /** With the key in that file of the folder of keys. */
    public Api program(String name) {
        return new Api(address(), secret(name).getFirst());
    }

    public List<String> secret(String name) {
        return ground.secret(name);
    }

    /** Where carriers send their notifications, and who to trust there. */
    public String callbacks() {
        return ground.callbacks();
    }

    public Path keys() {
        return ground.keys();
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

    /** Waits until the cash-out has ended, by the refund where the customer has a choice, and gives it as the API shows it. */
    public JsonNode end(SandboxCustomer customer, String cashOut) {
        var seen =
                until(
                        customer,
                        cashOut,
                        "PAID",
                        "NOT_CHARGED",
                        "REFUNDED",
                        "VOUCHER_OFFERED",
                        "CASH_OFFERED");
        if (seen.path("choices").isEmpty()) return seen;
        customer.choose(cashOut, "refund");
        return until(customer, cashOut, "REFUNDED");
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

    /** Moves the business clock of the platform and of every outside party. */
    public void forward(Duration by) {
        sandbox().post("/sandbox/clock", Map.of("forward_seconds", by.toSeconds())).ok();
    }

    /** Waits until what was on its way to an outside party, and is due, is there. */
    void arrived() throws SQLException {
        try (var connection = databases().sandbox().connect();
                var read =
                        connection.prepareStatement(
                                """
                                SELECT count(*) FROM held_request, scenario_clock
                                 WHERE due_at <= now() + ahead_seconds * interval '1 second'
                                """)) {
            for (int i = 0; i < 500; i++) {
                try (var row = read.executeQuery()) {
                    row.next();
                    if (row.getLong(1) == 0) return;
                }
                sleep();
            }
        }
        throw new AssertionError("it does not arrive");
    }

    /** A moment. */
    static void sleep() {
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

    /** Why a person had to look at the cash-out, and what of it is still open. */
    public List<String> matters(String cashOut) throws SQLException {
        return matters(cashOut, "");
    }

    /** {@code uuid}: of whatever it is about, 32 digits. */
    List<String> openMattersOf(String uuid) throws SQLException {
        return openMatters("xx_" + uuid);
    }

    List<String> openMatters(String cashOut) throws SQLException {
        return matters(cashOut, " AND closed_at IS NULL");
    }

    private List<String> matters(String cashOut, String which) throws SQLException {
        try (var connection = owner();
                var read =
                        connection.prepareStatement(
                                "SELECT reason FROM matter WHERE replace(subject::text, '-', '') = ?"
                                        + which)) {
            read.setString(1, cashOut.substring("co_".length()));
            var reasons = new ArrayList<String>();
            try (var rows = read.executeQuery()) {
                while (rows.next()) reasons.add(rows.getString(1));
            }
            return reasons;
        }
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

    /** A client that trusts whom the outside parties trust: for callbacks as they send them. */
    public HttpClient callbackClient() throws IOException, GeneralSecurityException {
        return HttpClient.newBuilder().sslContext(trusting()).build();
    }

    private SSLContext trusting() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(keys().resolve("ca.crt"))) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
