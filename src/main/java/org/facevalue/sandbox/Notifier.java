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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Sends CloudEvents to a payment's sink over TLS, trusting the local certificate authority only; three tries, a second apart. */
final class Notifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final int TRIES = 3;
    private static final int TEN = 10;
    private static final long REVERSED = 3_000;
    private static final long STEP = 700;
    private static final long VERY_LATE_SECONDS = 7_200;
    private final JsonMapper json = JsonMapper.builder().build();
    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(2, Thread.ofVirtual().factory());
    private final HttpClient client;
    private final Db db;
    private final SandboxClock clock;
    private final Mishaps mishaps;

    /** How many notices a token has had that come in the reverse order. */
    private final Map<String, Integer> sent = new ConcurrentHashMap<>();

    Notifier(Path keys, Db db, SandboxClock clock, Mishaps mishaps) throws IOException {
        this.db = db;
        this.clock = clock;
        this.mishaps = mishaps;
        client =
                HttpClient.newBuilder()
                        .sslContext(trusting(keys.resolve("ca.crt")))
                        .connectTimeout(Duration.ofSeconds(2))
                        .build();
        every(Duration.ofSeconds(1), this::deliverLate);
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

    /**
     * Sends one CloudEvent to where it is wanted, if anywhere.
     *
     * @param party whose notice it is
     * @param line by which it can be told to go wrong
     */
    void tell(
            String party,
            String line,
            Camara.Sink sink,
            String type,
            Instant at,
            Map<String, Object> data) {
        if (sink.address() == null || sink.token() == null) return;
        var mishap = mishaps.ofNotice(party, line);
        boolean unknown = mishap == Mishap.NOTICE_OF_UNKNOWN;
        var event = new LinkedHashMap<String, Object>();
        event.put("id", UUID.randomUUID().toString());
        event.put("source", "urn:sandbox:" + party);
        event.put("specversion", "1.0");
        event.put("type", type);
        event.put("datacontenttype", "application/json");
        event.put("time", at.toString());
        event.put(
                "data",
                unknown
                        ? Map.of(
                                "paymentId",
                                "nobody-knows",
                                "status",
                                "succeeded",
                                "description",
                                "Payment Notification")
                        : data);
        var body = json.writeValueAsString(event);
        send(mishap, sink.address(), sink.token(), body);
    }

    private void send(@Nullable Mishap mishap, String sink, String token, String body) {
        if (mishap == null) {
            threads.execute(() -> send(sink, token, body, 1));
            return;
        }
        switch (mishap) {
            case NOTICE_TEN_TIMES -> {
                for (int i = 0; i < TEN; i++) threads.execute(() -> send(sink, token, body, TRIES));
            }
            case NOTICE_REVERSED ->
                    threads.schedule(
                            () -> send(sink, token, body, TRIES),
                            Math.max(0, REVERSED - STEP * sent.merge(token, 1, Integer::sum)),
                            TimeUnit.MILLISECONDS);
            case NOTICE_WITH_WRONG_TOKEN ->
                    threads.execute(
                            () -> send(sink, "wrong-" + token.substring(0, 4), body, TRIES));
            case NOTICE_WITHOUT_TOKEN -> threads.execute(() -> send(sink, "", body, TRIES));
            case NOTICE_VERY_LATE ->
                    db.update(
                            "INSERT INTO held_notice (sink, token, body, due_at) VALUES (?, ?, ?, ?)",
                            sink,
                            token,
                            body,
                            clock.now().plusSeconds(VERY_LATE_SECONDS));
            // In the thread of the request, whose answer waits.
            case NOTICE_FIRST -> send(sink, token, body, TRIES);
            default -> threads.execute(() -> send(sink, token, body, 1));
        }
    }

    /** Does it a moment after {@code wait}, when what was to happen has happened. */
    void after(Duration wait, Runnable tell) {
        threads.schedule(tell, wait.toMillis() + 100, TimeUnit.MILLISECONDS);
    }

    /** Does it again and again. */
    void every(Duration pause, Runnable work) {
        threads.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        LOG.warn("it is tried again", e);
                    }
                },
                pause.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private record Held(long id, String sink, String token, String body) {}

    private void deliverLate() {
        for (var held :
                db.list(
                        "SELECT * FROM held_notice WHERE due_at <= ? ORDER BY id",
                        row ->
                                new Held(
                                        row.getLong("id"),
                                        row.getString("sink"),
                                        row.getString("token"),
                                        row.getString("body")),
                        clock.now())) {
            send(held.sink(), held.token(), held.body(), TRIES);
            db.update("DELETE FROM held_notice WHERE id = ?", held.id());
        }
    }

    private void send(String sink, String token, String body, int tried) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(sink))
                            .timeout(Duration.ofSeconds(3))
                            .header("Content-Type", "application/cloudevents+json")
                            .header("Authorization", ("Bearer " + token).strip())
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
