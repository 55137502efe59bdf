package org.facevalue.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.apache.commons.codec.binary.Base32;

/** The folder of keys: every secret of an installation is made at random the first time and readable by its owner only. */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private final Path folder;

    public Secrets(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** What the sandbox profile's programs and staff sign in with; the platform and the sandbox read the same files. */
    public void ofSandbox() throws IOException {
        of("sandbox-client", "fv_" + random());
        of("metrics-client", "fv_" + random());
        of("carrier-client", "facevalue:" + random());
        for (var role : List.of("support", "compliance", "finance", "auditor", "operator"))
            of("staff-" + role, role + "\n" + random() + "\n" + totp());
    }

    /** The secret of that name, made at random if there is none. */
    public String password(String name) throws IOException {
        return of(name, random());
    }

    private String of(String name, String otherwise) throws IOException {
        var file = folder.resolve(name);
        if (!Files.exists(file)) write(file, otherwise);
        return Files.readString(file).strip();
    }

    static void write(Path file, String text) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text + "\n");
    }

    private static String totp() {
        var bytes = new byte[20];
        RANDOM.nextBytes(bytes);
        return new Base32().encodeToString(bytes);
    }

    private static String random() {
        var bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
