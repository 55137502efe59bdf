package org.facevalue.platform.outside;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The JDK's client with every limit set. */
final class HttpTransport implements Transport {
    private static final int LARGEST_ANSWER = 1 << 20;
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
        var http = HttpRequest.newBuilder(request.uri()).timeout(timeout);
        request.headers().forEach(http::header);
        var body = request.body();
        http.method(
                request.method(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            var answer = client.send(http.build(), BodyHandlers.ofInputStream());
            return new Reply.Got(answer.statusCode(), body(answer));
        } catch (IOException e) {
            return new Reply.Nothing(String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Nothing("stopped while waiting");
        }
    }

    private static String body(HttpResponse<java.io.InputStream> answer) throws IOException {
        try (var in = answer.body()) {
            var out = new ByteArrayOutputStream();
            in.transferTo(new Limited(out));
            return out.toString(StandardCharsets.UTF_8);
        }
    }

    /** Refuses an answer that does not end. */
    private static final class Limited extends java.io.OutputStream {
        private final ByteArrayOutputStream out;

        Limited(ByteArrayOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (out.size() + length > LARGEST_ANSWER) throw new IOException("an answer too large");
            out.write(bytes, from, length);
        }
    }
}
