package org.facevalue.platform.site.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.jurisdiction.Verdict;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.wording.Wording;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** What every template has at hand: the language and its words, who is signed in, and how money and dates are written. */
public final class Frame {
    private final MessageSource messages;
    private final Locale language;
    private final Wording wording;
    private final @Nullable Caller caller;
    private final String path;
    private final String query;
    private final String csrf;
    private final Place place;

    Frame(
            MessageSource messages,
            Locale language,
            Wording wording,
            @Nullable Caller caller,
            String path,
            String query,
            String csrf,
            Place place) {
        this.messages = messages;
        this.language = language;
        this.wording = wording;
        this.caller = caller;
        this.path = path;
        this.query = query;
        this.csrf = csrf;
        this.place = place;
    }

    /** Where this platform runs. {@code show}: asks the rule packs whether anything of cash-outs may be shown; only where that matters. */
    record Place(boolean sandbox, Supplier<Verdict> show) {}

    /** The words under {@code key}; {@code {0}} and on are filled in. */
    public String t(String key, Object... with) {
        return messages.getMessage(key, with, language);
    }

    /** The words under {@code key}, or {@code otherwise} where there are none: for what somebody else has named. */
    public String known(String key, String otherwise) {
        return String.valueOf(messages.getMessage(key, null, otherwise, language));
    }

    public String language() {
        return language.getLanguage();
    }

    public boolean korean() {
        return language().equals("ko");
    }

    /** This same page in the other language. */
    public String otherLanguage() {
        return path
                + "?"
                + (query.isEmpty() ? "" : query + "&")
                + "lang="
                + (korean() ? "en" : "ko");
    }

    public boolean signedIn() {
        return caller != null;
    }

    public boolean customer() {
        return caller != null && caller.role() == Role.CUSTOMER;
    }

    public boolean staff() {
        return caller != null && caller.role().isStaff();
    }

    /** Whether the page at {@code prefix} is the one shown. */
    public boolean at(String prefix) {
        return prefix.equals("/") ? path.equals("/") : path.startsWith(prefix);
    }

    public String csrf() {
        return csrf;
    }

    public boolean sandbox() {
        return place.sandbox();
    }

    /** The rules that a problem names, each with its source and its words under the language. */
    @SuppressWarnings("unchecked")
    public List<Map<String, String>> cited(Problem problem) {
        return (List<Map<String, String>>)
                problem.facts().getOrDefault("citations", List.<Map<String, String>>of());
    }

    /** Whether anything of cash-outs may be shown here. */
    public boolean offers() {
        return place.show().get() instanceof Verdict.Permitted;
    }

    /** Why nothing of cash-outs may be shown; nothing where it may. */
    public List<Verdict.Citation> against() {
        return place.show().get() instanceof Verdict.Refused(var code, var part, var citations)
                ? citations
                : List.of();
    }

    /** The code of why nothing of cash-outs may be shown; empty where it may. */
    public String refusedFor() {
        return place.show().get() instanceof Verdict.Refused(var code, var part, var citations)
                ? code
                : "";
    }

    /** What a rule says, in the reader's language. */
    public String words(Verdict.Citation citation) {
        return korean() ? citation.korean() : citation.english();
    }

    public String money(Money money) {
        return wording.money(money);
    }

    public String spoken(Money money) {
        return wording.spoken(money);
    }

    public String percent(long bps) {
        return wording.percent(bps);
    }

    public String day(LocalDate day) {
        return wording.day(day);
    }

    public String moment(Instant at) {
        return wording.moment(at);
    }

    public String time(Instant at) {
        return wording.time(at);
    }

    public String duration(Duration duration) {
        return wording.duration(duration);
    }

    /** Digits with separators and no unit, for the big figures. */
    public String digits(Money money) {
        return String.format(Locale.ROOT, "%,d", money.minor());
    }
}
