package org.facevalue.platform.jurisdiction;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pack as its author writes it: what stands in each file of the folder. */
final class PackFiles {
    private PackFiles() {}

    /**
     * {@code pack.yaml}.
     *
     * @param version the day it was made, {@code 2026-11-28}; with a letter behind it where there are several
     * @param reviewer somebody else than the author, who has read it on {@code reviewedOn}; without one it decides in a sandbox at most
     * @param from first day that it applies, in {@code zone}
     * @param until last day, or none
     * @param reviewBy after this day it permits nothing
     * @param onlySandbox that it is fictional
     * @param lines the numbering plan, an expression over E.164
     * @param accounts an expression over account numbers without hyphens
     * @param residents an expression over the countries whose residents it covers, ISO 3166-1 alpha-2
     * @param sandbox which of them the sandbox has
     * @param figures amounts, shares and counts that the law names, for conditions and texts
     */
    record Header(
            String jurisdiction,
            String version,
            String author,
            @Nullable String reviewer,
            @Nullable LocalDate reviewedOn,
            LocalDate from,
            @Nullable LocalDate until,
            LocalDate reviewBy,
            ZoneId zone,
            @Nullable Boolean onlySandbox,
            String lines,
            String accounts,
            String residents,
            Numbers sandbox,
            Map<String, Long> figures) {}

    record Numbers(String lines, String accounts) {}

    /** {@code rules.yaml}. {@code left}: what of the law is not a rule here. */
    record Rules(List<Rule> rules, List<Left> left) {}

    /**
     * One rule.
     *
     * @param when a CEL expression over {@link Fact}
     * @param licence the kind of licence, where one is wanted
     * @param criminal whether it is of a criminal statute
     * @param counsel who has settled what was unclear
     * @param gives what of what is left the customer gets back: {@code all}, or a figure in hundredths; where it says nothing of that, none
     * @param ko what it means for the customer, two sentences at most; figures and deadlines as {@code {name}}
     * @param en the same in English
     */
    record Rule(
            String id,
            String when,
            Ruling verdict,
            @Nullable String licence,
            @Nullable Boolean criminal,
            @Nullable Counsel counsel,
            @Nullable String gives,
            Source source,
            String ko,
            String en) {}

    /** @param grade P primary text, O official, I primary text and an inference of the author's, S secondary, U unverified */
    record Source(String law, String article, String where, Grade grade) {}

    enum Grade {
        P,
        O,
        I,
        S,
        U
    }

    record Counsel(String name, String scope, LocalDate expires) {}

    /** What is not a rule of this pack, why, and what happens instead. */
    record Left(String id, String why, String instead) {}

    /** {@code calendar.yaml}. {@code completeUntil}: the last day of which it is known whether it is a holiday; no term ends after it. */
    record Calendar(LocalDate completeUntil, List<Deadline> deadlines, List<Holiday> holidays) {}

    enum Unit {
        DAYS,
        BUSINESS_DAYS
    }

    /** @param rolls whether one that would end on a Saturday, Sunday or holiday ends on the next business day; business days always do */
    record Deadline(String id, int count, Unit unit, @Nullable Boolean rolls, Source source) {}

    record Holiday(LocalDate on, String name) {}

    /** {@code cases.yaml}. */
    record Cases(List<Case> cases) {}

    /**
     * @param expect absent where no rule applies: then it is refused
     * @param rules the ids of all rules that apply
     */
    record Case(
            String is, Map<String, Object> given, @Nullable Ruling expect, List<String> rules) {}
}
