package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The ends that a customer chooses, told of each way out that a carrier is asked for; at the desk of the second carrier, which has them in its book. */
class OwnEndsTest {
    private static final World KOREA = World.korea();
    private final Undoer minji = new Undoer(KOREA, KOREA.customer("kt", ""));

    /** What that carrier's desk says of it. */
    private static String atTheDesk(JsonNode wayOut) {
        var uuid =
                Undoer.id(wayOut)
                        .substring(3)
                        .replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        return KOREA.sandbox().get("/kt/undo-requests/" + uuid).ok().path("status").asString();
    }

    @ParameterizedTest
    @CsvSource({"cancellation, 30_720", "withdrawal, 31_000", "correction, 31_500"})
    void what_nobody_has_answered_is_taken_back(String kind, String amount) {
        long won = Long.parseLong(amount.replace("_", ""));
        var wayOut = minji.asked(minji.entered(won, minji.today()), kind);
        minji.until(wayOut, "ASKED");
        minji.choose(wayOut, "take-back").ok();
        var ended = minji.until(wayOut, "TAKEN_BACK");
        assertThat(ended.path("ended").asBoolean()).isTrue();
        assertThat(ended.path("given").isNull()).isTrue();
        assertThat(ended.path("choices")).isEmpty();
        assertThat(atTheDesk(wayOut)).isEqualTo("taken_back");
    }

    @ParameterizedTest
    @CsvSource({"cancellation, PT5S", "withdrawal, PT5H", "correction, PT73H"})
    void a_refusal_is_left_at_that(String kind, Duration decided) {
        var wayOut = minji.asked(minji.entered(32_710, minji.today()), kind);
        if (decided.toHours() > 0) minji.until(wayOut, "ASKED");
        KOREA.forward(decided);
        minji.until(wayOut, "REFUSED");
        minji.choose(wayOut, "leave").ok();
        var ended = minji.until(wayOut, "LEFT");
        assertThat(ended.path("ended").asBoolean()).isTrue();
        assertThat(ended.path("choices")).isEmpty();
        assertThat(atTheDesk(wayOut)).isEqualTo("refused");
        assertThat(minji.choose(wayOut, "refer").status()).isEqualTo(409);
    }
}
