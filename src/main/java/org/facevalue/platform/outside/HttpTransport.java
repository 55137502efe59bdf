package org.facevalue.platform.outside;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The JDK's client with every limit set: of time over the whole exchange, the last byte of the body included, and of the body's size. */
final class HttpTransport implements Transport {
    private static final long LARGEST_ANSWER = 1 << 20;
    private final HttpClient client;
    private final Duration timeout;

    HttpTransport(Duration timeout) {
        this.timeout = timeout;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    @Override
    public Reply send(Request request) {
        var http = HttpRequest.newBuilder(request.uri());
        request.headers().forEach(http::header);
        var body = request.body();
        http.method(
                request.method(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        var limited =
                BodyHandlers.limiting(
                        BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST_ANSWER);
        // The request's own time-out ends with the headers: a body that drips would never end.
        var exchange = client.sendAsync(http.build(), limited);
        try {
            var answer = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply.Got(answer.statusCode(), answer.body());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return new Reply.Nothing("no whole answer in " + timeout);
        } catch (ExecutionException e) {
            return new Reply.Nothing(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return new Reply.Nothing("stopped while waiting");
        }
    }
}
