package org.facevalue.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The JDK's HTTP server with routes by pattern. It can also lose an answer, which is what a sandbox is for. */
final class Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LARGEST = 8 * 1024 * 1024;
    private final HttpServer http;
    private final HeldRequests held;
    private final Mishaps mishaps;
    private final List<Route> routes = new ArrayList<>();

    /** @param held keeps the requests that are still on their way */
    Server(int port, HeldRequests held, Mishaps mishaps) throws IOException {
        this.held = held;
        this.mishaps = mishaps;
        http = HttpServer.create(new InetSocketAddress("localhost", port), 128);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::handle);
    }

    interface Handler {
        Reply handle(Request request);
    }

    /** {@code deed}: or null for what never goes wrong. */
    private record Route(
            String method,
            Pattern path,
            @Nullable Deed deed,
            Mishaps.Reading reading,
            Handler handler) {}

    /** {@code parts}: what the groups of the path matched; {@code late}: it was on its way for a long time. */
    record Request(
            List<String> parts,
            Map<String, String> headers,
            Map<String, String> query,
            Map<String, String> form,
            @Nullable JsonNode body,
            boolean late) {
        String part(int i) {
            return parts.get(i);
        }

        @Nullable String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        /** The body, or an empty object when there was none that could be read. */
        JsonNode json() {
            return body == null ? JsonNodeFactory.instance.objectNode() : body;
        }
    }

    /**
     * {@code lost}: the answer goes missing; {@code held}: the request has not arrived yet, and will much later; {@code cut}: half of the body arrives.
     */
    record Reply(
            int status,
            @Nullable Object body,
            Map<String, String> headers,
            boolean lost,
            boolean held,
            boolean cut) {
        static Reply of(int status, @Nullable Object body) {
            return new Reply(status, body, Map.of(), false, false, false);
        }

        static Reply empty(int status) {
            return of(status, null);
        }

        Reply with(Map<String, String> more) {
            return new Reply(status, body, more, lost, held, cut);
        }

        static Reply gone() {
            return new Reply(0, null, Map.of(), true, false, false);
        }

        static Reply notArrived() {
            return new Reply(0, null, Map.of(), true, true, false);
        }

        Reply saying(Object other) {
            return new Reply(status, other, headers, lost, held, cut);
        }

        /** The first half of it, and then the connection breaks. */
        Reply half() {
            return new Reply(status, body, headers, lost, held, true);
        }
    }

    /** {@code path}: a regular expression whose groups are the request's parts. */
    void route(String method, String path, Handler handler) {
        routes.add(
                new Route(
                        method, Pattern.compile(path), null, request -> Optional.empty(), handler));
    }

    /** One of an outside party's, which can be told to go wrong by what {@code reading} finds in the request. */
    void route(String method, String path, Deed deed, Mishaps.Reading reading, Handler handler) {
        routes.add(new Route(method, Pattern.compile(path), deed, reading, handler));
    }

    void start() {
        http.start();
    }

    void stop() {
        http.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var reply = safely(exchange);
            // Closing without a word: the connection drops, and the other side does not know what
            // became of its request.
            if (reply.lost()) return;
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            var correlator = exchange.getRequestHeaders().getFirst("x-correlator");
            if (correlator != null) exchange.getResponseHeaders().set("x-correlator", correlator);
            if (reply.body() == null) {
                exchange.sendResponseHeaders(reply.status(), -1);
                return;
            }
            boolean text = reply.body() instanceof String;
            var bytes =
                    text
                            ? reply.body().toString().getBytes(StandardCharsets.UTF_8)
                            : JSON.writeValueAsBytes(reply.body());
            exchange.getResponseHeaders()
                    .set("Content-Type", text ? "text/html; charset=utf-8" : "application/json");
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody()
                    .write(bytes, 0, reply.cut() ? bytes.length / 2 : bytes.length);
            if (reply.cut()) exchange.getResponseBody().flush();
        }
    }

    private Reply safely(HttpExchange exchange) throws IOException {
        try {
            return answer(exchange);
        } catch (RuntimeException e) {
            LOG.error("{} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            return Reply.empty(500);
        }
    }

    private Reply answer(HttpExchange exchange) throws IOException {
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach(
                        (name, values) ->
                                headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        var body =
                new String(exchange.getRequestBody().readNBytes(LARGEST), StandardCharsets.UTF_8);
        var uri = exchange.getRequestURI();
        var reply = answer(exchange.getRequestMethod(), uri, headers, body, false);
        if (reply.held()) held.keep(exchange.getRequestMethod(), uri, body);
        return reply;
    }

    /** What was on its way so long arrives now; nobody waits for the answer. */
    void arrive(String method, URI uri, String body) {
        answer(method, uri, Map.of(), body, true);
    }

    private Reply answer(
            String method, URI uri, Map<String, String> headers, String text, boolean late) {
        boolean known = false;
        for (var route : routes) {
            var matcher = route.path().matcher(uri.getPath());
            if (!matcher.matches()) continue;
            known = true;
            if (!route.method().equals(method)) continue;
            var parts = new ArrayList<String>();
            for (int i = 1; i <= matcher.groupCount(); i++) parts.add(matcher.group(i));
            boolean form =
                    headers.getOrDefault("content-type", "")
                            .startsWith("application/x-www-form-urlencoded");
            var request =
                    new Request(
                            parts,
                            headers,
                            pairs(uri.getRawQuery()),
                            form ? pairs(text) : Map.of(),
                            form ? null : json(text),
                            late);
            return handled(route, party(uri), request);
        }
        return Reply.of(
                known ? 405 : 404,
                Map.of(
                        "status",
                        known ? 405 : 404,
                        "code",
                        known ? "METHOD_NOT_ALLOWED" : "NOT_FOUND",
                        "message",
                        uri.getPath()));
    }

    private Reply handled(Route route, String party, Request request) {
        var deed = route.deed();
        // What has been on its way for hours has had its trouble.
        if (deed == null || request.late()) return route.handler().handle(request);
        var marks = route.reading().marks(request).orElseGet(() -> Mishaps.Marks.of(""));
        var mishap = mishaps.of(party, deed, marks);
        if (mishap == null) return route.handler().handle(request);
        if (!mishap.arrives()) return Mishaps.instead(mishap);
        return mishaps.spoiled(mishap, route.handler().handle(request));
    }

    /** Whose address it is. */
    private static String party(URI uri) {
        var parts = uri.getPath().split("/", -1);
        return parts[1].equals("providers") && parts.length > 2 ? parts[2] : parts[1];
    }

    private static @Nullable JsonNode json(String text) {
        try {
            var node = JSON.readTree(text);
            return node.isObject() ? node : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static Map<String, String> pairs(@Nullable String text) {
        var pairs = new HashMap<String, String>();
        if (text == null || text.isEmpty()) return pairs;
        for (var pair : text.split("&", -1)) {
            var cut = pair.split("=", 2);
            // What is named more than once is a list.
            pairs.merge(
                    decoded(cut[0]),
                    cut.length > 1 ? decoded(cut[1]) : "",
                    (one, other) -> one + "," + other);
        }
        return pairs;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
