package org.facevalue.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The two databases and who may do what in them: the owner migrates, the platform's run role only works, the sandbox has its own, and neither
 * application can connect to the other's.
 *
 * @param platform as the run role
 * @param owner as the owner of the platform's database; the platform never has it
 * @param sandbox as the sandbox's role
 */
public record Databases(Login platform, Login owner, Login sandbox) {

    /** Where to connect, and as whom. */
    public record Login(String url, String user, String password) {
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }

        @Override
        public String toString() {
            return user + " at " + url;
        }
    }

    /** The databases that the environment names, or null when it names none. */
    static @Nullable Databases ofEnvironment() {
        var url = System.getenv("FACEVALUE_DB_URL");
        if (url == null) return null;
        return new Databases(
                new Login(url, needed("FACEVALUE_DB_USER"), needed("FACEVALUE_DB_PASSWORD")),
                new Login(
                        url,
                        needed("FACEVALUE_DB_OWNER_USER"),
                        needed("FACEVALUE_DB_OWNER_PASSWORD")),
                new Login(
                        needed("FACEVALUE_SANDBOX_DB_URL"),
                        needed("FACEVALUE_SANDBOX_DB_USER"),
                        needed("FACEVALUE_SANDBOX_DB_PASSWORD")));
    }

    private static String needed(String name) {
        var value = System.getenv(name);
        if (value == null)
            throw new Trouble(
                    "FACEVALUE_DB_URL is set, so "
                            + name
                            + " has to be, too. docs/operating/install.md has the whole list.");
        return value;
    }

    /** Those of the embedded server; their passwords are in the folder of keys. */
    public static Databases ofLocal(LocalPostgres postgres, Secrets secrets) throws IOException {
        return new Databases(
                new Login(postgres.url("facevalue"), "facevalue_run", secrets.password("db-run")),
                new Login(
                        postgres.url("facevalue"), "facevalue_owner", secrets.password("db-owner")),
                new Login(
                        postgres.url("facevalue_sandbox"),
                        "facevalue_sandbox",
                        secrets.password("db-sandbox")));
    }

    /** Those of an installation that runs now: what the environment names, or else the embedded server. */
    static Databases ofRunning(Layout layout) throws IOException {
        var given = ofEnvironment();
        if (given != null) return given;
        var pid = layout.data().resolve("postgres").resolve("postmaster.pid");
        if (!Files.exists(pid))
            throw new Trouble(
                    "Nothing runs on " + layout.data() + ": start ./facevalue run first.");
        var url = "jdbc:postgresql://127.0.0.1:" + Files.readAllLines(pid).get(3).strip() + "/";
        var secrets = new Secrets(layout.keys());
        return new Databases(
                new Login(url + "facevalue", "facevalue_run", secrets.password("db-run")),
                new Login(url + "facevalue", "facevalue_owner", secrets.password("db-owner")),
                new Login(
                        url + "facevalue_sandbox",
                        "facevalue_sandbox",
                        secrets.password("db-sandbox")));
    }

    /** Waits for the server, then makes the roles and databases that are missing. {@code admin}: the superuser's login. */
    public void make(Login admin) throws SQLException {
        try (var connection = connected(admin)) {
            for (var login : new Login[] {owner, platform, sandbox}) role(connection, login);
            database(connection, "facevalue", owner);
            database(connection, "facevalue_sandbox", sandbox);
            execute(connection, "GRANT CONNECT ON DATABASE facevalue TO " + platform.user());
        }
    }

    private static Connection connected(Login admin) throws SQLException {
        for (int i = 0; ; i++) {
            try {
                return admin.connect();
            } catch (SQLException e) {
                if (i == 1_800) throw e;
                try {
                    Thread.sleep(Duration.ofMillis(50));
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }

    private static void role(Connection connection, Login login) throws SQLException {
        if (exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", login.user())) return;
        execute(
                connection,
                "CREATE ROLE " + login.user() + " LOGIN PASSWORD '" + login.password() + "'");
    }

    private static void database(Connection connection, String name, Login owner)
            throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name))
            execute(connection, "CREATE DATABASE " + name + " OWNER " + owner.user());
        execute(connection, "REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
    }

    private static boolean exists(Connection connection, String sql, String name)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Brings both schemas up to date: the platform's with the owner's login, the sandbox's with its own. */
    public void migrate() {
        quiet();
        migrate(owner, "classpath:db/migration", Map.of("run", platform.user()));
        migrate(sandbox, "classpath:db/sandbox", Map.of());
    }

    private static void migrate(Login login, String location, Map<String, String> placeholders) {
        Flyway.configure()
                .dataSource(login.url(), login.user(), login.password())
                .locations(location)
                .placeholders(placeholders)
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }

    private static void quiet() {
        if (LoggerFactory.getLogger("org.flywaydb") instanceof ch.qos.logback.classic.Logger logger)
            logger.setLevel(ch.qos.logback.classic.Level.WARN);
    }
}
