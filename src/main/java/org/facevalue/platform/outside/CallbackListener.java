package org.facevalue.platform.outside;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Listens for other parties' notifications (CloudEvents over TLS) on a port of its own that serves {@code /callbacks/…} and nothing else. Each must
 * bear the token that the request it answers was sent with.
 */
final class CallbackListener implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackListener.class);
    private static final int LARGEST = 64 * 1024;
    private final Callbacks callbacks;
    private final News news;
    private final Clock clock;
    private final int port;
    private final Path keyStore;
    private final char[] password;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile HttpsServer server;

    CallbackListener(
            Callbacks callbacks, News news, Clock clock, int port, Path keyStore, char[] password)
            throws IOException {
        this.callbacks = callbacks;
        this.news = news;
        this.clock = clock;
        this.port = port;
        this.keyStore = keyStore;
        this.password = password;
        this.server = HttpsServer.create();
    }

    @Override
    public void start() {
        try {
            server = HttpsServer.create(new InetSocketAddress("localhost", port), 64);
            server.setHttpsConfigurator(new HttpsConfigurator(context()));
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot listen for callbacks on port " + port, e);
        }
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keyStore)) {
            store.load(in, password);
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /**
     * The body is read before anything is answered: the server closes a connection with an unread body, and the next notification on it would meet a
     * closed door.
     */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status;
            try {
                status = status(exchange, exchange.getRequestBody().readNBytes(LARGEST + 1));
            } catch (RuntimeException e) {
                LOG.warn("a callback failed; what it is about is asked for in its own time", e);
                status = 503;
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private int status(HttpExchange exchange, byte[] bytes) {
        if (!exchange.getRequestURI().getPath().startsWith("/callbacks/")) return 404;
        if (!exchange.getRequestMethod().equals("POST")) return 405;
        var header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null || !header.startsWith("Bearer ")) return 401;
        var about = callbacks.about(header.substring("Bearer ".length()));
        if (about.isEmpty()) {
            LOG.warn("a callback with a token that lets nothing in");
            return 401;
        }
        var body =
                bytes.length > LARGEST
                        ? null
                        : JsonExchange.parse(new String(bytes, StandardCharsets.UTF_8));
        if (body == null || !body.path("id").isString() || !body.path("type").isString())
            return 400;
        callbacks.arrived(
                about.get(),
                body.path("id").asString(),
                body.path("type").asString(),
                clock.instant());
        news.arrived(about.get().cell(), about.get().subject());
        return 204;
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    @Override
    public boolean isRunning() {
        return server.getAddress() != null;
    }
}
