package org.facevalue.platform.jurisdiction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statutory terms, counted by the Korean calendar of the pack. */
class TermTest {
    private static final RulePack KOREA = korea();

    private static RulePack korea() {
        try {
            return PackReaderTest.pack("kr");
        } catch (BrokenPack | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest(name = "{0} from {1} ends on {2}")
    @CsvSource({
        // over a weekend
        "refund-after-withdrawal, 2026-12-03, 2026-12-08",
        // over Christmas Day and a weekend
        "refund-after-withdrawal, 2026-12-23, 2026-12-29",
        // over the year's end
        "refund-after-withdrawal, 2026-12-30, 2027-01-05",
        // over the whole of the lunar new year, its substitute too
        "refund-after-withdrawal, 2027-02-05, 2027-02-12",
        // the last day is a working day, whatever lies between
        "withdrawal, 2026-12-21, 2026-12-28",
        // the last day is a holiday, a Friday
        "withdrawal, 2026-12-25, 2027-01-04",
        // the last day is a Saturday
        "withdrawal, 2026-11-28, 2026-12-07",
        // over the end of February
        "withdrawal, 2027-02-24, 2027-03-03",
        // two weeks are two weeks
        "correction-answer, 2026-11-29, 2026-12-14"
    })
    void a_term_ends_on_its_last_day(String id, LocalDate from, LocalDate last) {
        assertThat(KOREA.term(id, from)).map(Term::lastDay).contains(last);
    }

    @Test
    void a_term_that_would_end_after_the_calendar_is_not_guessed() {
        assertThat(KOREA.term("correction-answer", LocalDate.of(2027, 4, 16))).isPresent();
        assertThat(KOREA.term("correction-answer", LocalDate.of(2027, 4, 17))).isEmpty();
        assertThat(KOREA.term("unheard-of", LocalDate.of(2027, 1, 1))).isEmpty();
    }

    @Property
    void business_days_are_counted_and_the_last_one_is_one(
            @ForAll @IntRange(min = 0, max = 140) int day) {
        var from = LocalDate.of(2026, 12, 1).plusDays(day);
        var last = KOREA.term("refund-after-withdrawal", from).orElseThrow().lastDay();
        assertThat(last.getDayOfWeek()).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
        assertThat(last).isAfterOrEqualTo(from.plusDays(3)).isBeforeOrEqualTo(from.plusDays(10));
        var later = KOREA.term("refund-after-withdrawal", from.plusDays(1)).orElseThrow();
        assertThat(later.lastDay()).as("a later beginning ends no earlier").isAfterOrEqualTo(last);
    }
}
