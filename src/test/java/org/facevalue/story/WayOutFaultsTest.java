package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever goes wrong with what is said to a desk, it is said until it is understood, and counts once. */
class WayOutFaultsTest {
    private static final World KOREA = World.korea();

    /** Answers that are about something else: a person looks at once. */
    private static final Set<String> ODD = Set.of("WRONG_AMOUNT", "WRONG_CURRENCY");

    private final Undoer minji = new Undoer(KOREA, KOREA.customer("kt", ""));

    private static void mishap(String party, String mishap) {
        KOREA.sandbox()
                .post(
                        "/sandbox/mishaps",
                        Map.of("party", party, "deed", "UNDO", "mishap", mishap, "times", 1))
                .ok();
    }

    /** Each was met, by what is told here. */
    private static void wasMet() {
        assertThat(KOREA.sandbox().get("/sandbox/mishaps").ok().path("data")).isEmpty();
    }

    /** With the clock moved on, so that nothing is waited for that takes seconds. */
    private JsonNode soon(JsonNode wayOut, String state) {
        for (int i = 0; i < 60; i++) {
            var seen = minji.customer().api().get("/api/v1/ways-out/" + Undoer.id(wayOut)).ok();
            if (seen.path("state").asString().equals(state)) return seen;
            KOREA.forward(Duration.ofSeconds(5));
            for (int j = 0; j < 4; j++) World.sleep();
        }
        throw new AssertionError("not " + state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REQUEST_LOST",
                "ANSWER_LOST",
                "ERROR_503",
                "TOO_MANY",
                "HALF_A_BODY",
                "WRONG_CONTENT_TYPE",
                "WRONG_AMOUNT",
                "WRONG_CURRENCY"
            })
    void a_request_is_filed_once_whatever_happens_to_it(String mishap) throws SQLException {
        var purchase = minji.entered(34_000, minji.today());
        mishap("kt", mishap);
        var wayOut = minji.asked(purchase, "cancellation");
        var undone = soon(wayOut, "UNDONE");
        wasMet();
        assertThat(undone.path("given").path("amount").asLong()).isEqualTo(34_000);
        assertThat(Undoer.events(undone)).startsWith("asked-for").endsWith("undone");
        assertThat(Undoer.events(undone)).doesNotHaveDuplicates();
        if (ODD.contains(mishap))
            assertThat(KOREA.matters(Undoer.id(wayOut))).contains("odd-answer");
        assertThat(KOREA.openMatters(Undoer.id(wayOut))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANSWER_LOST", "ERROR_503", "ERROR_AFTER"})
    void a_case_has_one_number_whatever_happens_to_its_file(String mishap) throws SQLException {
        var wayOut = minji.asked(minji.entered(34_710, minji.today()), "cancellation");
        soon(wayOut, "REFUSED");
        mishap("mediation", mishap);
        minji.choose(wayOut, "refer").ok();
        var referred = soon(wayOut, "REFERRED");
        wasMet();
        assertThat(referred.path("case_number").asString()).matches("MC-[0-9]{6}");
        assertThat(Undoer.events(referred)).endsWith("referral-asked", "referred");
        assertThat(KOREA.openMatters(Undoer.id(wayOut))).isEmpty();
    }
}
