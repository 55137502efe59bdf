package org.facevalue.story;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;

/** The way between the platform and the outside parties: a proxy that delays, loses, and swallows. It touches what a network touches, and nothing else. */
final class Weather implements AutoCloseable {
    private static final Set<String> OWN =
            Set.of(
                    "connection",
                    "host",
                    "content-length",
                    "expect",
                    "upgrade",
                    "transfer-encoding");
    private final HttpServer server;
    private final String to;
    private final Random random;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** Requests to that party are swallowed; empty for none. */
    volatile String hole = "";

    /** Of a hundred requests, and of a hundred answers, so many are lost. */
    volatile int lost;

    /** How long each way takes, at most; half of it at least. */
    volatile int delayMillis;

    /** The answers come back to nobody: only this direction is cut. */
    volatile boolean oneWay;

    Weather(String to, long seed) throws IOException {
        this.to = to;
        this.random = new Random(seed);
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 128);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            if (isSwallowed(exchange)) {
                while (isSwallowed(exchange)) pause(100);
                return;
            }
            delay();
            if (isLost()) return;
            var request =
                    HttpRequest.newBuilder(URI.create(to + exchange.getRequestURI()))
                            .timeout(Duration.ofSeconds(20))
                            .method(
                                    exchange.getRequestMethod(),
                                    body.length == 0
                                            ? BodyPublishers.noBody()
                                            : BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders()
                    .forEach(
                            (name, values) -> {
                                if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT)))
                                    request.header(name, values.getFirst());
                            });
            var answer = client.send(request.build(), BodyHandlers.ofByteArray());
            delay();
            if (oneWay || isLost()) return;
            answer.headers()
                    .map()
                    .forEach(
                            (name, values) -> {
                                if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT)))
                                    exchange.getResponseHeaders().set(name, values.getFirst());
                            });
            var bytes = answer.body();
            exchange.sendResponseHeaders(
                    answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isSwallowed(HttpExchange exchange) {
        var party = hole;
        return !party.isEmpty() && exchange.getRequestURI().getPath().contains("/" + party + "/");
    }

    private synchronized boolean isLost() {
        return lost > 0 && random.nextInt(100) < lost;
    }

    private void delay() {
        int most = delayMillis;
        if (most > 0) pause(most / 2 + drawn(most / 2));
    }

    private synchronized int drawn(int most) {
        return random.nextInt(most + 1);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
