package org.facevalue.platform.jurisdiction;

import dev.cel.common.CelValidationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.facevalue.platform.jurisdiction.BrokenPack.Fault;
import org.facevalue.platform.jurisdiction.PackFiles.Calendar;
import org.facevalue.platform.jurisdiction.PackFiles.Cases;
import org.facevalue.platform.jurisdiction.PackFiles.Grade;
import org.facevalue.platform.jurisdiction.PackFiles.Header;
import org.facevalue.platform.jurisdiction.PackFiles.Rule;
import org.facevalue.platform.jurisdiction.PackFiles.Rules;
import org.facevalue.platform.jurisdiction.PackFiles.Source;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a pack's folder and finds all that is wrong with it at once. */
final class PackReader {
    private static final YAMLMapper YAML =
            YAMLMapper.builder(
                            YAMLFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .withCoercionConfigDefaults(
                            kinds ->
                                    kinds.setCoercion(
                                            CoercionInputShape.EmptyString, CoercionAction.Fail))
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();
    private static final int LARGEST = 256 * 1024;

    /** Of days: ten years. */
    private static final int LONGEST_TERM = 3_660;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)}");
    private final List<Fault> faults = new ArrayList<>();
    private final MessageDigest digest = sha256();

    private PackReader() {}

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Where a pack's files come from. */
    interface Folder {
        /** The file of that name, or null when there is none. */
        @Nullable InputStream open(String name) throws IOException;
    }

    /** @throws BrokenPack with every fault that was found */
    static RulePack read(Folder folder) throws BrokenPack, IOException {
        var reader = new PackReader();
        var header = reader.file(folder, "pack.yaml", Header.class);
        var rules = reader.file(folder, "rules.yaml", Rules.class);
        var calendar = reader.file(folder, "calendar.yaml", Calendar.class);
        var cases = reader.file(folder, "cases.yaml", Cases.class);
        if (header.isEmpty() || rules.isEmpty() || calendar.isEmpty() || cases.isEmpty())
            throw new BrokenPack(reader.faults);
        var conditions = reader.rules(rules.get(), header.get(), calendar.get());
        reader.header(header.get());
        reader.calendar(calendar.get(), header.get());
        if (!reader.faults.isEmpty()) throw new BrokenPack(reader.faults);
        var digest = HexFormat.of().formatHex(reader.digest.digest());
        var pack =
                new RulePack(
                        header.get(),
                        rules.get(),
                        calendar.get(),
                        conditions,
                        cases.get().cases(),
                        digest);
        var wrong = PackCases.wrong(pack, cases.get());
        if (!wrong.isEmpty()) throw new BrokenPack(wrong);
        return pack;
    }

    private <T> Optional<T> file(Folder folder, String name, Class<T> type) throws IOException {
        try (var in = folder.open(name)) {
            if (in == null) {
                faults.add(new Fault(name, "the file is missing"));
                return Optional.empty();
            }
            var bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                faults.add(new Fault(name, "is larger than " + LARGEST + " bytes"));
                return Optional.empty();
            }
            digest.update((name + " " + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
            var read = YAML.readValue(bytes, type);
            int before = faults.size();
            if (read == null) faults.add(new Fault(name, "the file is empty"));
            else missing(name, read);
            return faults.size() > before ? Optional.empty() : Optional.of(read);
        } catch (JacksonException e) {
            var at = e.getLocation();
            var place = at == null ? name : name + ":" + at.getLineNr() + ":" + at.getColumnNr();
            faults.add(new Fault(place, e.getOriginalMessage()));
            return Optional.empty();
        }
    }

    /** Every field that may not be absent is there, in whatever stands below {@code place}. */
    private void missing(String place, Object found) {
        switch (found) {
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    var each = list.get(i);
                    if (each == null) faults.add(new Fault(place + "[" + i + "]", "is empty"));
                    else missing(place + "[" + i + "]", each);
                }
            }
            case Map<?, ?> map ->
                    map.forEach(
                            (name, value) -> {
                                if (value == null)
                                    faults.add(new Fault(place + " " + name, "is empty"));
                            });
            case Record written -> components(place, written);
            case String text when text.isBlank() -> faults.add(new Fault(place, "is blank"));
            default -> {}
        }
    }

    private void components(String place, Record written) {
        for (var component : written.getClass().getRecordComponents())
            try {
                component.getAccessor().setAccessible(true);
                var value = component.getAccessor().invoke(written);
                var name = place + " " + component.getName();
                if (value != null) missing(name, value);
                else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                    faults.add(new Fault(name, "is missing"));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
    }

    private void header(Header header) {
        var place = "pack.yaml";
        if (!header.jurisdiction().matches("[A-Z]{2}"))
            faults.add(new Fault(place + " jurisdiction", "is two capital letters"));
        if (!isDay(header.version()))
            faults.add(
                    new Fault(
                            place + " version", "is a day, and a letter where there are several"));
        if (header.until() != null && header.until().isBefore(header.from()))
            faults.add(new Fault(place + " until", "is before from"));
        if (header.reviewBy().isBefore(header.from()))
            faults.add(new Fault(place + " review_by", "is before from"));
        if ((header.reviewer() == null) != (header.reviewedOn() == null))
            faults.add(
                    new Fault(place + " reviewed_on", "stands with the reviewer, and only there"));
        if (header.author().equals(header.reviewer()))
            faults.add(new Fault(place + " reviewer", "is the author"));
        for (var id : header.figures().keySet()) id(place + " figures " + id, id);
        expression(place + " lines", header.lines());
        expression(place + " accounts", header.accounts());
        expression(place + " residents", header.residents());
        expression(place + " sandbox lines", header.sandbox().lines());
        expression(place + " sandbox accounts", header.sandbox().accounts());
    }

    /** A text names it between braces, and has no digit but by that. */
    private void id(String place, String id) {
        if (!id.matches("[a-z]+(-[a-z]+)*"))
            faults.add(new Fault(place, "an id is of small letters, with dashes between"));
    }

    private static boolean isDay(String version) {
        if (!version.matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}[a-z]?")) return false;
        try {
            LocalDate.parse(version.substring(0, 10));
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private void expression(String place, String text) {
        try {
            Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            faults.add(new Fault(place, "is no regular expression: " + e.getDescription()));
        }
    }

    private Map<String, Conditions.Condition> rules(Rules rules, Header header, Calendar calendar) {
        var conditions = new HashMap<String, Conditions.Condition>();
        var words = new HashSet<>(header.figures().keySet());
        calendar.deadlines().forEach(deadline -> words.add(deadline.id()));
        var verdicts = new HashMap<String, Rule>();
        for (var rule : rules.rules()) {
            var place = "rules.yaml " + rule.id();
            if (!rule.id().startsWith(header.jurisdiction() + "-"))
                faults.add(new Fault(place, "its id begins with the jurisdiction"));
            // A duty stands beside any verdict; of those there is one.
            var other =
                    rule.verdict() == Ruling.OBLIGES
                            ? null
                            : verdicts.putIfAbsent(
                                    rule.when().replaceAll("\\s+", " ").strip(), rule);
            if (other != null && other.verdict() != rule.verdict())
                faults.add(
                        new Fault(
                                place,
                                "contradicts " + other.id() + ", which has the same condition"));
            try {
                if (conditions.put(rule.id(), Conditions.of(rule.when())) != null)
                    faults.add(new Fault(place, "there are two of this id"));
            } catch (CelValidationException e) {
                faults.add(new Fault(place + " when", String.valueOf(e.getMessage())));
            }
            verdict(place, rule);
            figures(place + " when", rule.when(), header);
            gives(place + " gives", rule.gives(), header);
            text(place + " ko", rule.ko(), words);
            text(place + " en", rule.en(), words);
        }
        for (var left : rules.left())
            if (conditions.containsKey(left.id()))
                faults.add(new Fault("rules.yaml left " + left.id(), "is a rule of this pack"));
        return conditions;
    }

    /** Every figure is named in one way, so that two versions of a condition can be held against each other. */
    private void figures(String place, String when, Header header) {
        for (var name : RulePack.FIGURE.matcher(when).results().map(m -> m.group(1)).toList())
            if (!header.figures().containsKey(name))
                faults.add(new Fault(place, "there is no figure " + name));
        if (RulePack.FIGURE.matcher(when).replaceAll("").contains("figure"))
            faults.add(new Fault(place, "a figure is named as figure[\"its-id\"]"));
    }

    private void gives(String place, @Nullable String gives, Header header) {
        if (gives == null || gives.equals("all")) return;
        var share = header.figures().get(gives);
        if (share == null) faults.add(new Fault(place, "there is no figure " + gives));
        else if (share < 1 || share > 100)
            faults.add(new Fault(place, "is a share from 1 to 100, and " + gives + " is none"));
    }

    private void verdict(String place, Rule rule) {
        boolean licence = rule.verdict() == Ruling.PERMITTED_WITH_LICENCE;
        if (licence != (rule.licence() != null))
            faults.add(
                    new Fault(
                            place + " licence",
                            "stands with the verdict 'permitted with licence', and only there"));
        if (Boolean.TRUE.equals(rule.criminal()) && rule.verdict() != Ruling.FORBIDDEN)
            faults.add(
                    new Fault(place + " criminal", "what a criminal statute forbids is forbidden"));
        if (rule.counsel() != null && !rule.verdict().permits())
            faults.add(new Fault(place + " counsel", "settles what is permitted, nothing else"));
        if (rule.verdict().permits() && isWeak(rule.source()) && rule.counsel() == null)
            faults.add(
                    new Fault(
                            place + " source grade",
                            "a permission on a secondary or unverified source names its counsel"));
    }

    private static boolean isWeak(Source source) {
        return source.grade() == Grade.S || source.grade() == Grade.U;
    }

    /** A figure in a text that is not one of the pack's would go on saying what the law has ceased to. */
    private void text(String place, String text, HashSet<String> words) {
        var names = PLACEHOLDER.matcher(text);
        while (names.find())
            if (!words.contains(names.group(1)))
                faults.add(new Fault(place, "there is no figure or deadline " + names.group(1)));
        if (PLACEHOLDER.matcher(text).replaceAll("").chars().anyMatch(Character::isDigit))
            faults.add(
                    new Fault(
                            place, "a digit stands in it: name a figure or deadline as {its-id}"));
    }

    private void calendar(Calendar calendar, Header header) {
        if (calendar.completeUntil().isBefore(header.reviewBy()))
            faults.add(new Fault("calendar.yaml complete_until", "is before the pack's review_by"));
        var ids = new HashSet<String>();
        for (var deadline : calendar.deadlines()) {
            var place = "calendar.yaml " + deadline.id();
            id(place, deadline.id());
            if (!ids.add(deadline.id())) faults.add(new Fault(place, "there are two of this id"));
            if (deadline.count() < 1 || deadline.count() > LONGEST_TERM)
                faults.add(new Fault(place + " count", "is from 1 to " + LONGEST_TERM));
        }
        var days = new HashSet<LocalDate>();
        for (var holiday : calendar.holidays())
            if (!days.add(holiday.on()))
                faults.add(new Fault("calendar.yaml " + holiday.on(), "stands there twice"));
    }
}
