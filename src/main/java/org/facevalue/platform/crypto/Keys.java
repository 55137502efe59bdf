package org.facevalue.platform.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyTemplates;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The keys of one installation, a folder: {@code vault.json} and {@code index.json} are Tink keysets, {@code signing.key} holds the Ed25519 key
 * pair, private (PKCS #8) then public (X.509), each one line of Base64. Files are readable by their owner only.
 */
final class Keys {
    private final Path folder;
    private final boolean mayMake;

    /** @param mayMake whether missing keys are made: only in the sandbox; elsewhere a missing key stops the start */
    Keys(Path folder, boolean mayMake) {
        this.folder = folder;
        this.mayMake = mayMake;
    }

    Vault vault() throws GeneralSecurityException, IOException {
        AeadConfig.register();
        return new Vault(
                keyset("vault.json", "AES256_GCM")
                        .getPrimitive(RegistryConfiguration.get(), Aead.class));
    }

    BlindIndex index() throws GeneralSecurityException, IOException {
        PrfConfig.register();
        return new BlindIndex(
                keyset("index.json", "HMAC_SHA256_PRF")
                        .getPrimitive(RegistryConfiguration.get(), PrfSet.class));
    }

    Signer signer() throws GeneralSecurityException, IOException {
        var file = folder.resolve("signing.key");
        if (!Files.exists(file)) {
            demand(file);
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            write(
                    file,
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                            + "\n"
                            + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())
                            + "\n");
        }
        var lines = Files.readAllLines(file);
        var factory = KeyFactory.getInstance("Ed25519");
        return new Signer(
                factory.generatePrivate(
                        new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines.get(0)))),
                factory.generatePublic(
                        new X509EncodedKeySpec(Base64.getDecoder().decode(lines.get(1)))));
    }

    private KeysetHandle keyset(String name, String template)
            throws GeneralSecurityException, IOException {
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
            demand(file);
            var made = KeysetHandle.generateNew(KeyTemplates.get(template));
            write(
                    file,
                    TinkJsonProtoKeysetFormat.serializeKeyset(made, InsecureSecretKeyAccess.get()));
        }
        return TinkJsonProtoKeysetFormat.parseKeyset(
                Files.readString(file), InsecureSecretKeyAccess.get());
    }

    private void demand(Path file) {
        if (!mayMake)
            throw new IllegalStateException(
                    "The key file "
                            + file.toAbsolutePath()
                            + " is missing. Outside the sandbox keys are never made up: put the installation's keys there.");
    }

    private void write(Path file, String text) throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardOpenOption.TRUNCATE_EXISTING);
    }
}
