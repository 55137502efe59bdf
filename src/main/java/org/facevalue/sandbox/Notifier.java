package org.facevalue.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Sends CloudEvents to a payment's sink over TLS, trusting the local certificate authority only; three tries, a second apart. */
final class Notifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final int TRIES = 3;
    private final JsonMapper json = JsonMapper.builder().build();
    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(2, Thread.ofVirtual().factory());
    private final HttpClient client;

    Notifier(Path keys) throws IOException {
        client =
                HttpClient.newBuilder()
                        .sslContext(trusting(keys.resolve("ca.crt")))
                        .connectTimeout(Duration.ofSeconds(2))
                        .build();
    }

    private static SSLContext trusting(Path authority) throws IOException {
        try (var in = Files.newInputStream(authority)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Tells the sink that a payment {@code became} something: {@code completed}, {@code reserved}. */
    void tell(String sink, String token, String paymentId, String became, Instant at) {
        var data =
                Map.<String, Object>of(
                        "paymentId",
                        paymentId,
                        "status",
                        "succeeded",
                        "description",
                        "Payment Notification",
                        "paymentDate",
                        at.toString());
        var type = "org.camaraproject.carrier-billing.v0.payment-" + became;
        tell(sink, token, "urn:sandbox:noeul", type, at, data);
    }

    /** Sends one CloudEvent. */
    void tell(
            String sink,
            String token,
            String source,
            String type,
            Instant at,
            Map<String, Object> data) {
        var event = new LinkedHashMap<String, Object>();
        event.put("id", UUID.randomUUID().toString());
        event.put("source", source);
        event.put("specversion", "1.0");
        event.put("type", type);
        event.put("datacontenttype", "application/json");
        event.put("time", at.toString());
        event.put("data", data);
        threads.execute(() -> send(sink, token, json.writeValueAsString(event), 1));
    }

    private void send(String sink, String token, String body, int tried) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(sink))
                            .timeout(Duration.ofSeconds(3))
                            .header("Content-Type", "application/cloudevents+json")
                            .header("Authorization", "Bearer " + token)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build();
            if (client.send(request, BodyHandlers.discarding()).statusCode() == 204) return;
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("not delivered to {}: {}", sink, String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (tried < TRIES)
            threads.schedule(() -> send(sink, token, body, tried + 1), 1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
