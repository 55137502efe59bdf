package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.facevalue.cli.Api;
import org.facevalue.cli.Audit;
import org.facevalue.cli.BothBooks;
import org.facevalue.cli.SandboxCustomer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A process in another zone and language, and cash-outs over the borders of the calendar: everything is as it is anywhere else. */
class ClockTest {
    private static final ZoneId KOREA = ZoneId.of("Asia/Seoul");

    @Test
    void in_a_far_zone_and_a_strange_language_over_a_year_s_end_and_a_leap_day_nothing_changes()
            throws Exception {
        var folder = Path.of("target/clock").toAbsolutePath();
        Files.createDirectories(folder);
        var ground = new Ground(folder);
        var process =
                PlatformProcess.start(
                        ground.settings(),
                        ground.address(),
                        folder.resolve("die"),
                        // Half an hour off, with a daylight saving time of its own; and i without a
                        // dot.
                        List.of(
                                "-Duser.timezone=America/St_Johns",
                                "-Duser.language=tr",
                                "-Duser.country=TR"));
        var sandbox = new Api(ground.sandboxAddress(), null);
        over(ground, sandbox, "2026-12-31T14:59:58Z");
        over(ground, sandbox, "2027-03-14T05:29:58Z");
        over(ground, sandbox, "2027-11-07T04:29:58Z");
        over(ground, sandbox, "2028-02-28T14:59:58Z");
        over(ground, sandbox, "2028-02-29T14:59:58Z");
        process.destroyForcibly().waitFor();
        try (var database = ground.databases().owner().connect()) {
            assertThat(new Audit(database, sandbox).findings())
                    .allSatisfy(
                            finding ->
                                    assertThat(finding.violations()).as(finding.words()).isEmpty());
        }
    }

    /** One cash-out that begins before that moment and ends after it. */
    private static void over(Ground ground, Api sandbox, String moment) throws Exception {
        var now =
                Instant.parse(
                        sandbox.post("/sandbox/clock", Map.of("forward_seconds", 0))
                                .ok()
                                .path("now")
                                .asString());
        long seconds = Duration.between(now, Instant.parse(moment)).toSeconds();
        assertThat(seconds).isPositive();
        sandbox.post("/sandbox/clock", Map.of("forward_seconds", seconds)).ok();
        var minji =
                SandboxCustomer.make(
                        ground.address(), ground.sandboxAddress(), "two-step", "CHARGE_LATE");
        var quote = minji.quote("face_value", 50_000, "eunmorae");
        var day =
                LocalDate.ofInstant(
                        Instant.parse(quote.path("expires_at").asString())
                                .minus(Duration.ofMinutes(15)),
                        KOREA);
        assertThat(LocalDate.parse(quote.path("bill_due_on").asString()))
                .isEqualTo(day.plusMonths(1).withDayOfMonth(21));
        var id = minji.confirm(quote.path("id").asString()).path("id").asString();
        JsonNode seen = minji.cashOut(id);
        for (int i = 0; i < 300 && !seen.path("waiting_for").isNull(); i++) {
            Thread.sleep(100);
            seen = minji.cashOut(id);
        }
        assertThat(seen.path("state").asString()).isEqualTo("PAID");
        assertThat(BothBooks.compare(seen, minji.world(id)).differences()).isEmpty();
        assertThat(Instant.parse(seen.path("confirmed_at").asString()))
                .isAfterOrEqualTo(Instant.parse(moment).minusSeconds(1));
    }
}
