package org.facevalue.platform.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.facevalue.platform.outside.Transport.Reply;
import org.facevalue.platform.outside.Transport.Request;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger sent = new AtomicInteger();
    private final Transport transport =
            request -> {
                sent.incrementAndGet();
                return new Reply.Got(200, "{}");
            };
    private final Transcript transcript =
            new Transcript(
                    transport, Fence.of(clock::get, Duration.ofSeconds(10), Duration.ofSeconds(3)));

    private Reply send() {
        return transcript.send(Request.get(URI.create("http://localhost/"), Map.of()));
    }

    @Test
    void a_request_is_sent_while_the_lease_outlasts_it_and_not_after() {
        assertThat(send()).isInstanceOf(Reply.Got.class);
        clock.addAndGet(Duration.ofSeconds(6).toNanos());
        assertThat(send()).isInstanceOf(Reply.Got.class);
        clock.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(send()).isInstanceOf(Reply.Nothing.class);
        assertThat(sent).hasValue(2);
    }

    @Test
    void tokens_and_codes_are_not_written_down() {
        var body =
                """
                {"voucher_code": "JY123", "code":"987654", "sinkCredential": {"accessToken":"tok"}, "fee": 5}
                """;
        transcript.send(Request.post(URI.create("http://localhost/"), Map.of(), body));
        assertThat(transcript.requests())
                .contains("\"fee\": 5")
                .doesNotContain("JY123")
                .doesNotContain("987654")
                .doesNotContain("tok\"");
    }

    @Test
    void what_was_not_sent_is_written_down_too() {
        clock.addAndGet(Duration.ofSeconds(60).toNanos());
        send();
        assertThat(transcript.replies()).contains("not sent");
    }
}
