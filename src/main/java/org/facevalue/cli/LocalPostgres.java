package org.facevalue.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL in a folder of ours: the published binaries, unpacked once, run in the foreground with durable settings, listening on the loopback
 * address only, every connection by password.
 */
public final class LocalPostgres {
    /** The superuser's name; no application connects as it. */
    public static final String ADMIN = "facevalue_admin";

    private static final String VERSION = "18.4.0";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** C.UTF-8 by the built-in provider: with the plain C locale, searching by similarity ignores Korean. */
    private static final List<String> BUILTIN_LOCALE =
            List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8");

    private final Path home;
    private final List<String> locale;
    private final Path data;
    private final Path log;
    private final Path passwordFile;
    private final List<String> asNobody;
    private final int port;

    /**
     * Unpacks, initialises and chooses a free port; nothing runs yet.
     *
     * @param root where binaries and data live
     * @param password the superuser's, in a file
     */
    public LocalPostgres(Path root, Path password) throws IOException {
        this(root, password, root.resolve("postgres-" + VERSION), BUILTIN_LOCALE);
    }

    /** One that is installed on this machine, of a version that has no built-in locales yet. {@code home}: the folder above its {@code bin}. */
    public LocalPostgres(Path root, Path password, Path home) throws IOException {
        this(root, password, home, List.of("--locale=C.UTF-8"));
    }

    private LocalPostgres(Path root, Path password, Path home, List<String> locale)
            throws IOException {
        Files.createDirectories(root);
        this.home = home;
        this.locale = locale;
        data = root.resolve("postgres");
        log = root.resolve("postgres.log");
        passwordFile = password;
        asNobody = isRoot() ? asNobody(root) : List.of();
        unpack();
        initialise();
        stopLeftOver();
        port = freePort();
    }

    public int port() {
        return port;
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** What runs it in the foreground. SIGINT stops it in order. */
    public ProcessBuilder command() {
        var command = new ArrayList<>(asNobody);
        command.addAll(
                List.of(
                        bin("postgres"),
                        "-D",
                        data.toString(),
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "timezone=UTC",
                        "-c",
                        "max_connections=120",
                        "-c",
                        "shared_buffers=256MB",
                        "-c",
                        "max_wal_size=2GB"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    private void initialise() throws IOException {
        if (Files.exists(data.resolve("PG_VERSION"))) return;
        var fresh = data.resolveSibling("postgres.init");
        run(List.of("rm", "-rf", fresh.toString()), List.of());
        Files.createDirectory(fresh);
        give(fresh);
        // The folder of keys is closed to everybody, so whoever initialises gets a copy.
        var password = Files.createTempFile("facevalue", ".password");
        try {
            Files.copy(passwordFile, password, StandardCopyOption.REPLACE_EXISTING);
            give(password);
            initialise(fresh, password);
        } finally {
            Files.deleteIfExists(password);
        }
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void initialise(Path fresh, Path password) throws IOException {
        var initdb =
                new ArrayList<>(
                        List.of(
                                bin("initdb"),
                                "-D",
                                fresh.toString(),
                                "-U",
                                ADMIN,
                                "--pwfile=" + password,
                                "-A",
                                "scram-sha-256",
                                "-E",
                                "UTF8",
                                "--data-checksums"));
        initdb.addAll(locale);
        run(initdb, asNobody);
    }

    /** A server that outlived its supervisor is stopped in order: this one starts with a port and a pipe of its own. */
    private void stopLeftOver() throws IOException {
        var left = running();
        if (left.isEmpty()) return;
        left.get().destroy();
        try {
            left.get().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new Trouble(
                    "A PostgreSQL left over from before (process "
                            + left.get().pid()
                            + ") does not stop.");
        }
    }

    private Optional<ProcessHandle> running() throws IOException {
        var file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) return Optional.empty();
        var lines = Files.readAllLines(file);
        if (lines.isEmpty()) return Optional.empty();
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(
                        process ->
                                process.info().commandLine().orElse("").contains(data.toString()));
    }

    /** How root starts a program as nobody: in a user namespace where there are any, else by giving the folder away and setting the user. */
    private static List<String> asNobody(Path root) throws IOException {
        if (works(List.of("unshare", "-U", "true"))) return List.of("unshare", "-U");
        var set = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        var reaches = new ArrayList<>(set);
        reaches.addAll(List.of("test", "-x", root.toString()));
        if (!works(reaches))
            throw new Trouble(
                    "PostgreSQL does not run as root, and the user nobody cannot reach "
                            + root
                            + ". Put the clone where every user may look, or set FACEVALUE_DATA to such a folder.");
        return set;
    }

    private static boolean works(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (IOException e) {
            return false;
        }
    }

    /** Gives a file or folder to nobody, where root gave its own identity up for real; inside a user namespace root's own are readable. */
    private void give(Path file) throws IOException {
        if (asNobody.isEmpty() || asNobody.getFirst().equals("unshare")) return;
        run(List.of("chown", "65534:65534", file.toString()), List.of());
    }

    private void unpack() throws IOException {
        if (Files.exists(home)) return;
        if (!System.getProperty("os.name").equals("Linux")
                || !List.of("amd64", "x86_64")
                        .contains(System.getProperty("os.arch").toLowerCase(Locale.ROOT)))
            throw new Trouble(
                    "There is no PostgreSQL for this machine in here: set FACEVALUE_DB_URL to one of yours.");
        var fresh =
                home.resolveSibling(home.getFileName() + ".tmp" + ProcessHandle.current().pid());
        try (InputStream in =
                LocalPostgres.class.getResourceAsStream("/postgres-linux-x86_64.txz")) {
            if (in == null)
                throw new Trouble(
                        "There is no PostgreSQL for this machine in here: set FACEVALUE_DB_URL.");
            try (var tar =
                    new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
                for (TarArchiveEntry entry = tar.getNextEntry();
                        entry != null;
                        entry = tar.getNextEntry())
                    unpack(tar, entry, fresh.resolve(entry.getName()).normalize());
            }
        }
        Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path to)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(to);
            return;
        }
        Files.createDirectories(to.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(to, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, to);
        if ((entry.getMode() & 0100) != 0 && !to.toFile().setExecutable(true, false))
            throw new IOException("cannot make executable: " + to);
    }

    private String bin(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void run(List<String> command, List<String> prefix) throws IOException {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        var out = Files.createTempFile("facevalue", ".log");
        try {
            var process =
                    new ProcessBuilder(whole)
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    || process.exitValue() != 0)
                throw new IOException(
                        String.join(" ", whole) + " failed: " + Files.readString(out));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(out);
        }
    }
}
