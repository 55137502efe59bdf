package org.facevalue.platform.jurisdiction;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.facevalue.platform.jurisdiction.PackFiles.Calendar;
import org.facevalue.platform.jurisdiction.PackFiles.Case;
import org.facevalue.platform.jurisdiction.PackFiles.Deadline;
import org.facevalue.platform.jurisdiction.PackFiles.Header;
import org.facevalue.platform.jurisdiction.PackFiles.Rule;
import org.facevalue.platform.jurisdiction.PackFiles.Rules;
import org.jspecify.annotations.Nullable;

/** One jurisdiction's rules at a version, read and checked. */
final class RulePack {
    private final Header header;
    private final List<Rule> rules;
    private final Calendar calendar;
    private final Map<String, Conditions.Condition> conditions;
    private final List<Case> cases;
    private final String digest;
    private final Pattern lines;
    private final Pattern accounts;
    private final Pattern residents;
    private final Pattern sandboxLines;
    private final Pattern sandboxAccounts;

    RulePack(
            Header header,
            Rules rules,
            Calendar calendar,
            Map<String, Conditions.Condition> conditions,
            List<Case> cases,
            String digest) {
        this.cases = List.copyOf(cases);
        this.digest = digest;
        this.header = header;
        this.rules = List.copyOf(rules.rules());
        this.calendar = calendar;
        this.conditions = Map.copyOf(conditions);
        lines = Pattern.compile(header.lines());
        accounts = Pattern.compile(header.accounts());
        residents = Pattern.compile(header.residents());
        sandboxLines = Pattern.compile(header.sandbox().lines());
        sandboxAccounts = Pattern.compile(header.sandbox().accounts());
    }

    /** What it says of a set of facts. */
    sealed interface Answer {
        /** Every rule that applies, in the order of the pack; none is an answer, too, and permits nothing. */
        record Said(List<Rule> rules) implements Answer {}

        /** {@code code} is the problem's code. */
        record Failed(String code, String why) implements Answer {}
    }

    /** Asks every rule; one that cannot be evaluated spoils every answer but a no. */
    Answer ask(Map<String, Object> facts, LocalDate today) {
        if (today.isBefore(header.from())
                || header.until() != null && today.isAfter(header.until()))
            return new Answer.Failed("no-rule-pack", "it does not apply on " + today);
        if (today.isAfter(header.reviewBy()))
            return new Answer.Failed(
                    "rule-pack-outdated", "it was to be reviewed by " + header.reviewBy());
        var given = new HashMap<>(facts);
        given.put("figure", header.figures());
        var hits = new ArrayList<Rule>();
        Answer.Failed failed = null;
        for (var rule : rules)
            try {
                if (holds(rule, given)) hits.add(onDay(rule, today));
            } catch (CelEvaluationException e) {
                failed =
                        new Answer.Failed(
                                e.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED
                                        ? "rule-too-expensive"
                                        : "rule-unusable",
                                rule.id() + ": " + e.getMessage());
            }
        // What is forbidden stays so, whatever else could not be told.
        boolean forbidden = hits.stream().anyMatch(rule -> rule.verdict() == Ruling.FORBIDDEN);
        return failed != null && !forbidden ? failed : new Answer.Said(hits);
    }

    private boolean holds(Rule rule, Map<String, Object> given) throws CelEvaluationException {
        return Objects.requireNonNull(conditions.get(rule.id())).holds(given);
    }

    /** What counsel has settled is unclear again when their word has run out. */
    private static Rule onDay(Rule rule, LocalDate today) {
        if (rule.counsel() == null || !today.isAfter(rule.counsel().expires())) return rule;
        return new Rule(
                rule.id(),
                rule.when(),
                Ruling.UNCLEAR,
                null,
                rule.criminal(),
                null,
                rule.gives(),
                rule.source(),
                rule.ko(),
                rule.en());
    }

    /** The rule with the strictest verdict; a duty is one only where nothing else is said. */
    static Optional<Rule> strictest(List<Rule> rules) {
        return rules.stream().max(Comparator.comparing(Rule::verdict));
    }

    String jurisdiction() {
        return header.jurisdiction();
    }

    PackId id() {
        return new PackId(header.jurisdiction(), header.version(), digest);
    }

    boolean isReviewed() {
        return header.reviewedOn() != null;
    }

    /** How a condition names a figure; a pack that names one otherwise is not read. */
    static final Pattern FIGURE = Pattern.compile("figure\\[\"([^\"]*)\"]");

    /**
     * What of {@code old} this pack gives up and may not, by the names of its rules and numbers. What a criminal statute forbids stands there again, and so
     * does what is unclear, each under its id and with its condition; the unclear is permitted only where counsel is named. Whose numbers and residents are
     * whose may be added to, and not be given away.
     */
    List<String> weakerThan(RulePack old) {
        var weaker = new ArrayList<String>();
        for (var held : old.rules) {
            boolean criminal = Boolean.TRUE.equals(held.criminal());
            boolean unclear = held.verdict() == Ruling.UNCLEAR || held.counsel() != null;
            if (!criminal && !unclear) continue;
            boolean stands =
                    rules.stream()
                            .filter(rule -> rule.id().equals(held.id()))
                            .filter(rule -> meaning(rule).equals(old.meaning(held)))
                            .anyMatch(
                                    rule ->
                                            criminal
                                                    ? Boolean.TRUE.equals(rule.criminal())
                                                    : isHeldBack(rule));
            if (!stands) weaker.add(held.id());
        }
        if (!covers(header.lines(), old.header.lines())) weaker.add("lines");
        if (!covers(header.accounts(), old.header.accounts())) weaker.add("accounts");
        if (!covers(header.residents(), old.header.residents())) weaker.add("residents");
        return weaker;
    }

    private static boolean isHeldBack(Rule rule) {
        return rule.verdict() == Ruling.UNCLEAR
                || rule.verdict() == Ruling.FORBIDDEN
                || rule.verdict().permits() && rule.counsel() != null;
    }

    /** A condition with the figures that it names: another figure would be another condition. */
    private String meaning(Rule rule) {
        var figures =
                FIGURE.matcher(rule.when())
                        .results()
                        .map(named -> named.group(1) + "=" + header.figures().get(named.group(1)))
                        .sorted()
                        .toList();
        return rule.when().replaceAll("\\s+", " ").strip() + figures;
    }

    /** Whether one expression is the other, or that one and more: {@code (other)|more}. */
    private static boolean covers(String expression, String other) {
        return expression.equals(other) || expression.startsWith("(" + other + ")|");
    }

    /** What its own cases show that it permits on a day: by the activity, the rules that permit it. */
    Map<String, List<Rule>> permits(LocalDate today) {
        var permitted = new LinkedHashMap<String, List<Rule>>();
        for (var each : cases)
            if (each.given().get(Fact.ACTIVITY.word()) instanceof String activity
                    && ask(PackCases.facts(each.given()), today) instanceof Answer.Said(var hits)
                    && strictest(hits).filter(rule -> rule.verdict().permits()).isPresent())
                for (var rule : hits) {
                    var known = permitted.computeIfAbsent(activity, any -> new ArrayList<>());
                    if (rule.verdict().permits() && !known.contains(rule)) known.add(rule);
                }
        return permitted;
    }

    LocalDate reviewBy() {
        return header.reviewBy();
    }

    /** Whether it says itself that its law ends, and that day is not before {@code day}. */
    boolean lasts(LocalDate day) {
        return header.until() != null && !header.until().isBefore(day);
    }

    LocalDate from() {
        return header.from();
    }

    ZoneId zone() {
        return header.zone();
    }

    boolean isOnlySandbox() {
        return Boolean.TRUE.equals(header.onlySandbox());
    }

    List<Rule> rules() {
        return rules;
    }

    Calendar calendar() {
        return calendar;
    }

    /** Whether the number is of this numbering plan. */
    boolean knowsLine(String number) {
        return lines.matcher(number).matches();
    }

    /** Whether who lives there is under this law: ISO 3166-1 alpha-2. */
    boolean knowsResident(String country) {
        return residents.matcher(country).matches();
    }

    boolean knowsAccount(String number) {
        return accounts.matcher(number).matches();
    }

    /** Whether a customer may add it: in the sandbox only what is the sandbox's. */
    boolean mayAddLine(String number, boolean sandbox) {
        return sandbox ? sandboxLines.matcher(number).matches() : knowsLine(number);
    }

    boolean mayAddAccount(String number, boolean sandbox) {
        return sandbox ? sandboxAccounts.matcher(number).matches() : knowsAccount(number);
    }

    /** The rule as the customer reads it, with its figures filled in. */
    Verdict.Citation citation(Rule rule) {
        var source = rule.source();
        return new Verdict.Citation(
                rule.id(), law(source), filled(rule.ko()), filled(rule.en()), gives(rule.gives()));
    }

    private @Nullable Share gives(@Nullable String gives) {
        return switch (gives) {
            case null -> null;
            case "all" -> Share.ALL;
            default -> new Share(Objects.requireNonNull(header.figures().get(gives)));
        };
    }

    /** The last day of a term that begins with the day after {@code from}; empty where there is none of that id, or the calendar ends before. */
    Optional<Term> term(String id, LocalDate from) {
        return calendar.deadlines().stream()
                .filter(deadline -> deadline.id().equals(id))
                .map(deadline -> new Term(id, last(deadline, from), law(deadline.source())))
                .filter(term -> !term.lastDay().isAfter(calendar.completeUntil()))
                .findFirst();
    }

    private LocalDate last(Deadline deadline, LocalDate from) {
        var day = from;
        if (deadline.unit() == PackFiles.Unit.BUSINESS_DAYS) {
            for (int counted = 0; counted < deadline.count(); counted++) day = nextBusinessDay(day);
            return day;
        }
        day = from.plusDays(deadline.count());
        boolean rolls = Boolean.TRUE.equals(deadline.rolls()) && !isBusinessDay(day);
        return rolls ? nextBusinessDay(day) : day;
    }

    LocalDate businessDaysBefore(LocalDate day, int count) {
        var before = day;
        for (int counted = 0; counted < count; counted++)
            do before = before.minusDays(1);
            while (!isBusinessDay(before));
        return before;
    }

    private LocalDate nextBusinessDay(LocalDate day) {
        var next = day.plusDays(1);
        while (!isBusinessDay(next)) next = next.plusDays(1);
        return next;
    }

    private boolean isBusinessDay(LocalDate day) {
        return day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0
                && calendar.holidays().stream().noneMatch(holiday -> holiday.on().equals(day));
    }

    private static String law(PackFiles.Source source) {
        return source.law() + ", " + source.article();
    }

    private String filled(String text) {
        var filled = text;
        for (var figure : header.figures().entrySet())
            filled =
                    filled.replace("{" + figure.getKey() + "}", "%,d".formatted(figure.getValue()));
        for (var deadline : calendar.deadlines())
            filled = filled.replace("{" + deadline.id() + "}", String.valueOf(deadline.count()));
        return filled;
    }
}
