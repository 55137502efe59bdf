package org.facevalue.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of this installation alone, and the certificate of the callback listener on localhost. The authority's private key is not
 * kept: it signs once. Only the sandbox trusts it.
 */
public final class Certificates {
    private static final Duration VALID = Duration.ofDays(3650);
    private static final SecureRandom RANDOM = new SecureRandom();

    private Certificates() {}

    /** Makes {@code ca.crt} and {@code callbacks.p12} in {@code keys}, unless they are there. */
    public static void make(Path keys, String password, Instant now) throws IOException {
        var store = keys.resolve("callbacks.p12");
        if (Files.exists(store)) return;
        try {
            var authority = pair();
            var name = new X500Principal("CN=Facevalue local authority");
            var root = certificate(name, authority, name, authority, true, now);
            var server = pair();
            var leaf =
                    certificate(
                            new X500Principal("CN=localhost"), server, name, authority, false, now);
            var keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(null, null);
            keyStore.setKeyEntry(
                    "callbacks",
                    server.getPrivate(),
                    password.toCharArray(),
                    new Certificate[] {leaf, root});
            try (var out = Files.newOutputStream(store)) {
                keyStore.store(out, password.toCharArray());
            }
            Files.writeString(
                    keys.resolve("ca.crt"),
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(root.getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("cannot make the certificate for callbacks", e);
        }
    }

    private static KeyPair pair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(
            X500Principal subject,
            KeyPair pair,
            X500Principal issuer,
            KeyPair signer,
            boolean authority,
            Instant now)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        var builder =
                new JcaX509v3CertificateBuilder(
                        issuer,
                        new BigInteger(120, RANDOM),
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(VALID)),
                        subject,
                        pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!authority)
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(
                            new GeneralName[] {
                                new GeneralName(GeneralName.dNSName, "localhost"),
                                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                            }));
        var signed =
                builder.build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()));
        return new JcaX509CertificateConverter().getCertificate(signed);
    }
}
