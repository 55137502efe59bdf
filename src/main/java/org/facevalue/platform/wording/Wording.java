package org.facevalue.platform.wording;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.facevalue.platform.money.Money;

/** Money and dates in words, in one place: the platform's own Korean formats surprise. Spaces inside a value do not break. */
public final class Wording {
    private static final String NBSP = "\u00a0";
    private final boolean korean;
    private final ZoneId zone;

    /** @param zone that moments are told in: the served jurisdiction's */
    public Wording(Locale language, ZoneId zone) {
        this.korean = language.getLanguage().equals("ko");
        this.zone = zone;
    }

    /** {@code 50,000원}, {@code ₩50,000}. */
    public String money(Money money) {
        var digits = String.format(Locale.ROOT, "%,d", money.minor());
        return korean ? digits + "원" : "₩" + digits;
    }

    /** As a screen reader should say it: {@code 4만 7,000원}, {@code 47,000 won}. */
    public String spoken(Money money) {
        if (!korean) return String.format(Locale.ROOT, "%,d won", money.minor());
        long tenThousands = money.minor() / 10_000;
        long rest = money.minor() % 10_000;
        if (tenThousands == 0) return String.format(Locale.ROOT, "%,d원", rest);
        if (rest == 0) return String.format(Locale.ROOT, "%,d만 원", tenThousands);
        return String.format(Locale.ROOT, "%,d만 %,d원", tenThousands, rest);
    }

    /** {@code 218.8%} of basis points; half up in the second decimal. */
    public String percent(long bps) {
        long tenths = Math.floorDiv(bps + 5, 10);
        return String.format(Locale.ROOT, "%,d.%d%%", tenths / 10, tenths % 10);
    }

    /** {@code 2026. 11. 23. (월)}, {@code Mon 23 Nov 2026}. */
    public String day(LocalDate day) {
        var pattern =
                korean
                        ? DateTimeFormatter.ofPattern("uuuu. M. d. (E)", Locale.KOREAN)
                        : DateTimeFormatter.ofPattern("E d MMM uuuu", Locale.ENGLISH);
        return pattern.format(day).replace(" ", NBSP);
    }

    /** {@code 2026. 11. 23. (월) 14:05}, in the zone of the jurisdiction. */
    public String moment(Instant at) {
        return day(LocalDate.ofInstant(at, zone)) + NBSP + time(at).substring(0, 5);
    }

    /** {@code 14:05:09}. */
    public String time(Instant at) {
        return DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone).format(at);
    }

    /** {@code 3분 12초}, {@code 3 min 12 s}; from an hour on {@code 5시간 3분}, {@code 5 h 3 min}, and from two days on {@code 12일}, {@code 12 days}. */
    public String duration(Duration duration) {
        long days = duration.toDays();
        if (days >= 2) return korean ? days + "일" : days + NBSP + "days";
        long hours = duration.toHours();
        if (hours > 0)
            return korean
                    ? hours + "시간" + NBSP + duration.toMinutesPart() + "분"
                    : hours + NBSP + "h" + NBSP + duration.toMinutesPart() + NBSP + "min";
        long minutes = duration.toMinutes();
        long seconds = duration.toSecondsPart();
        if (minutes == 0) return korean ? seconds + "초" : seconds + NBSP + "s";
        return korean
                ? minutes + "분" + NBSP + seconds + "초"
                : minutes + NBSP + "min" + NBSP + seconds + NBSP + "s";
    }
}
