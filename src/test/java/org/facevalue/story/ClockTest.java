package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.facevalue.cli.Api;
import org.facevalue.cli.Audit;
import org.facevalue.cli.BothBooks;
import org.facevalue.cli.SandboxCustomer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A process in another zone and language, and cash-outs over the borders of the calendar: everything is as it is anywhere else. */
class ClockTest {
    private static final ZoneId KOREA = ZoneId.of("Asia/Seoul");
    private static final String PROCESS_ZONE = "America/St_Johns";

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
                                "-Duser.timezone=" + PROCESS_ZONE,
                                "-Duser.language=tr",
                                "-Duser.country=TR"));
        var sandbox = new Api(ground.sandboxAddress(), null);
        for (var moment : borders()) over(ground, sandbox, moment.minusSeconds(2));
        process.destroyForcibly().waitFor();
        try (var database = ground.databases().owner().connect()) {
            assertThat(new Audit(database, sandbox).findings())
                    .allSatisfy(
                            finding ->
                                    assertThat(finding.violations()).as(finding.words()).isEmpty());
        }
    }

    /** The next ones from now on: a year's end and a leap day in Korea, and both changes of the process's own clock. */
    private static SortedSet<Instant> borders() {
        var now = Instant.now().plus(Duration.ofHours(1));
        var spring = ZoneId.of(PROCESS_ZONE).getRules().nextTransition(now).getInstant();
        var autumn = ZoneId.of(PROCESS_ZONE).getRules().nextTransition(spring).getInstant();
        var leap = Year.from(now.atZone(KOREA)).plusYears(2);
        while (!leap.isLeap()) leap = leap.plusYears(1);
        var borders = new TreeSet<>(List.of(spring, autumn));
        for (var day :
                List.of(
                        Year.from(now.atZone(KOREA)).plusYears(1).atDay(1),
                        leap.atMonth(2).atDay(29),
                        leap.atMonth(3).atDay(1))) borders.add(day.atStartOfDay(KOREA).toInstant());
        return borders;
    }

    /** One cash-out that begins before that moment and ends after it. */
    private static void over(Ground ground, Api sandbox, Instant moment) throws Exception {
        var now =
                Instant.parse(
                        sandbox.post("/sandbox/clock", Map.of("forward_seconds", 0))
                                .ok()
                                .path("now")
                                .asString());
        long seconds = Duration.between(now, moment).toSeconds();
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
                .isAfterOrEqualTo(moment.minusSeconds(1));
    }
}
