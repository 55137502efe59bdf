package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each way out to each of its ends, on a platform that serves Korea, with the clock moved over holidays and month ends. */
class WayOutStoryTest {
    private static final World KOREA = World.beside("korea", Map.of("facevalue.serve", "kr"));
    private final Undoer minji = new Undoer(KOREA, KOREA.customer("skt", ""));

    @Test
    void a_cancellation_is_granted_and_off_the_bill_within_moments() {
        var wayOut = minji.asked(minji.entered(33_000, minji.today()), "cancellation");
        assertThat(wayOut.path("state").asString()).isEqualTo("ASKING");
        var undone = minji.until(wayOut, "UNDONE");
        assertThat(undone.path("given").path("amount").asLong()).isEqualTo(33_000);
        assertThat(Undoer.events(undone)).startsWith("asked-for", "received").endsWith("undone");
    }

    @Test
    void a_withdrawal_is_followed_until_the_seller_has_given_back() {
        var wayOut = minji.asked(minji.entered(55_000, minji.today().minusDays(2)), "withdrawal");
        minji.until(wayOut, "ASKED");
        KOREA.forward(Duration.ofHours(5));
        minji.until(wayOut, "GRANTED");
        KOREA.forward(Duration.ofHours(12));
        var undone = minji.until(wayOut, "UNDONE");
        assertThat(undone.path("given").path("amount").asLong()).isEqualTo(55_000);
    }
}
