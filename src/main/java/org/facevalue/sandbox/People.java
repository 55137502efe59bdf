package org.facevalue.sandbox;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.facevalue.sandbox.Scenario.Where;
import org.facevalue.sandbox.Server.Reply;
import org.facevalue.sandbox.Server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Who has which line and which account. */
final class People {
    private static final List<String> NAMES = List.of("홍길동", "김민지", "이서준", "박하윤", "최도현", "정은우");
    private static final String WELL = "78";
    private static final String ACCOUNT_WELL = "21";
    private final Db db;
    private final Bills bills;

    People(Db db, Bills bills) {
        this.db = db;
        this.bills = bills;
    }

    /** The lines that are there from the start, so that somebody else's tests can name them: of every tariff one for each ending that means something. */
    void fixtures() {
        for (var operator : Operator.ALL)
            for (var tariff : operator.tariffs())
                db.update(
                        """
                        INSERT INTO person (line_number, account_number, name)
                        SELECT ? || ending, 'fixture ' || ? || ending, '픽스처' FROM generate_series(10, 99) AS ending ON CONFLICT DO NOTHING
                        """,
                        tariff.start(0),
                        tariff.start(0));
    }

    Reply make(Request request) {
        var person = next(request.json());
        return person == null
                ? Issuer.error(400, "INVALID", "no such tariff or scenario")
                : Reply.of(201, person);
    }

    /** By its name, else the first of a carrier, else the usual one. */
    private static Optional<Operator.Tariff> tariff(JsonNode wish) {
        var name = wish.path("tariff").asString("");
        var carrier = wish.path("carrier").asString("");
        if (!name.isEmpty() || carrier.isEmpty())
            return Operator.tariffNamed(name.isEmpty() ? "two-step" : name);
        return Operator.ALL.stream()
                .filter(operator -> operator.code().equals(carrier))
                .map(operator -> operator.tariffs().getFirst())
                .findFirst();
    }

    /** {@code ending}: a scenario's, or null. Where a carrier has few lines, those without a scenario end in any of the ten that mean nothing. */
    private static String line(Operator.Tariff tariff, long number, @Nullable String ending) {
        if (ending != null) return tariff.line(number, ending);
        return tariff.digits() > 3
                ? tariff.line(number, WELL)
                : tariff.line(number / 10, "0" + number % 10);
    }

    /** A person with a line and an account: {@code {tariff, carrier, scenario, name}}, each may be left out; several scenarios by commas. Null when one is unknown. */
    @Nullable Map<String, Object> next(JsonNode wish) {
        var tariff = tariff(wish);
        var endings = endings(wish.path("scenario").asString(""));
        if (tariff.isEmpty() || endings == null) return null;
        long number =
                db.one("SELECT nextval('person_number')", row -> row.getLong(1)).orElseThrow();
        var name = wish.path("name").asString(NAMES.get((int) (number % NAMES.size())));
        var line = line(tariff.get(), number, endings.get(Where.LINE));
        var account =
                String.format(
                        Locale.ROOT,
                        "999%07d%s",
                        number,
                        endings.getOrDefault(Where.ACCOUNT, ACCOUNT_WELL));
        db.update(
                """
                INSERT INTO person (line_number, account_number, name) VALUES (?, ?, ?)
                ON CONFLICT (line_number) DO UPDATE SET account_number = excluded.account_number, name = excluded.name
                """,
                line,
                account,
                name);
        bills.someFor(line);
        var person = new LinkedHashMap<String, Object>();
        person.put("name", name);
        person.put("line_number", line);
        person.put("account_number", account);
        return person;
    }

    private static @Nullable Map<Where, String> endings(String scenarios) {
        var endings = new HashMap<Where, String>();
        for (var name : Arrays.stream(scenarios.split(",", -1)).map(String::strip).toList()) {
            if (name.isEmpty()) continue;
            var choice = Scenario.named(name);
            if (choice.isEmpty()) return null;
            endings.put(choice.get().where(), choice.get().ending());
        }
        return endings;
    }
}
