package org.facevalue.sandbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The sandbox's process. */
public final class Sandbox implements AutoCloseable {
    private static final List<String> ISSUERS_THAT_REFUND = List.of("joyakdol", "mongdol", "hanul");
    private final Server server;
    private final HikariDataSource database;
    private final Notifier notifier;
    private final Mailbox mailbox;
    private final HeldRequests held;

    /** What it needs to know. {@code keys}: the folder with the credentials it shares with the platform. */
    public record Settings(
            int port,
            int mailPort,
            String jdbcUrl,
            String user,
            String password,
            URI platform,
            Path keys) {}

    public Sandbox(Settings settings) throws IOException {
        this(settings, Clock.systemUTC());
    }

    /** @param system what its business clock is moved forward from */
    public Sandbox(Settings settings, Clock system) throws IOException {
        var config = new HikariConfig();
        config.setJdbcUrl(settings.jdbcUrl());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(12);
        database = new HikariDataSource(config);
        var db = new Db(database);
        db.update("SELECT 1 FROM scenario_clock");
        var clock = new SandboxClock(db, system);
        var mishaps = new Mishaps(db);
        notifier = new Notifier(settings.keys(), db, clock, mishaps);
        var client = Files.readString(settings.keys().resolve("carrier-client")).strip();
        held = new HeldRequests(db, clock);
        server = new Server(settings.port(), held, mishaps);
        mishaps.routes(server);
        var phones = new Phones(db, clock);
        for (var operator : Operator.ALL) {
            var tokens = new Tokens(client, clock);
            var payments = new Payments(operator, db, clock, notifier);
            new PaymentDesk(payments, db, tokens).routes(server);
            phones.routes(server, operator);
            new SubscriberDesk(operator, db, tokens).routes(server);
            new UndoDesk(operator.code(), true, db, clock).routes(server);
            new RefundDesk(payments, db, clock, tokens, notifier).routes(server);
        }
        new Issuer("joyakdol", "JY", db, clock).routes(server);
        new Issuer("mongdol", "MD", db, clock).routes(server);
        for (var issuer : ISSUERS_THAT_REFUND)
            new UndoDesk(issuer, false, db, clock).routes(server);
        new Mediation(db, clock).routes(server);
        var bills = new Bills(db, clock);
        bills.routes(server);
        new ProviderDesk(db, clock, notifier).routes(server);
        new Bank(db, clock).routes(server);
        mailbox = new Mailbox(settings.mailPort());
        mailbox.routes(server);
        var people = new People(db, bills);
        people.fixtures();
        new World(db, clock, people, bills, phones, settings).routes(server);
        server.start();
        held.deliverTo(server);
    }

    @Override
    public void close() {
        server.stop();
        held.close();
        mailbox.close();
        notifier.close();
        database.close();
    }

    /** Ends when its standard input does: when the supervisor that started it is gone. */
    public static void main(String[] args) throws IOException {
        var settings =
                new Settings(
                        Integer.parseInt(env("FACEVALUE_SANDBOX_PORT")),
                        Integer.parseInt(env("FACEVALUE_SANDBOX_MAIL_PORT")),
                        env("FACEVALUE_SANDBOX_DB_URL"),
                        env("FACEVALUE_SANDBOX_DB_USER"),
                        env("FACEVALUE_SANDBOX_DB_PASSWORD"),
                        URI.create(env("FACEVALUE_PLATFORM")),
                        Path.of(env("FACEVALUE_KEYS")));
        try (var sandbox = new Sandbox(settings)) {
            while (System.in.read() >= 0) {
                // The supervisor says nothing; the end of the pipe is what is waited for.
            }
        }
    }

    private static String env(String name) {
        var value = System.getenv(name);
        if (value == null) throw new IllegalStateException(name + " is not set");
        return value;
    }
}
