package org.facevalue.sandbox;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One simulated carrier.
 *
 * @param code the first part of its addresses
 * @param reservation how long an amount stays reserved before the carrier lets go of it by itself
 * @param refundable how long after a payment it is refunded
 * @param largest it bills at once, in won
 * @param monthly it bills one line in 30 days, in won
 */
record Operator(
        String code,
        List<Tariff> tariffs,
        Duration reservation,
        Duration refundable,
        long largest,
        long monthly) {

    /**
     * How lines of one prefix are billed.
     *
     * @param name as customers of the sandbox are ordered with it
     * @param digits of a line after the prefix
     * @param asynchronous the first answer is always {@code processing}
     */
    record Tariff(
            String name,
            String prefix,
            int digits,
            boolean oneStep,
            boolean twoStep,
            boolean code,
            boolean asynchronous) {

        /** The line of that number, which ends in {@code ending}: two digits. */
        String line(long number, String ending) {
            return start(number) + ending;
        }

        /** All but the last two digits. */
        String start(long number) {
            int width = digits - 2;
            long most = BigInteger.TEN.pow(width).longValueExact();
            return prefix + String.format(Locale.ROOT, "%0" + width + "d", number % most);
        }
    }

    /**
     * Three that are invented, and the three Korean ones by name only: how they are simulated says nothing of how they are. The Korean lines are +82
     * 10-0000-0000 to 10-0000-2999.
     */
    static final List<Operator> ALL =
            List.of(
                    new Operator(
                            "noeul",
                            List.of(tariff("two-step", "+9991", false, false)),
                            Duration.ofMinutes(30),
                            Duration.ofDays(90),
                            500_000,
                            5_000_000),
                    new Operator(
                            "baram",
                            List.of(tariff("code", "+9992", true, false)),
                            Duration.ofMinutes(15),
                            Duration.ofDays(60),
                            500_000,
                            5_000_000),
                    new Operator(
                            "maru",
                            List.of(
                                    new Tariff("one-step", "+9993", 8, true, false, false, false),
                                    new Tariff(
                                            "asynchronous", "+9994", 8, true, false, false, true)),
                            Duration.ofMinutes(5),
                            Duration.ofDays(45),
                            500_000,
                            5_000_000),
                    korean("skt", "0"),
                    korean("kt", "1"),
                    korean("lgu", "2"));

    private static Tariff tariff(String name, String prefix, boolean code, boolean asynchronous) {
        return new Tariff(name, prefix, 8, false, true, code, asynchronous);
    }

    private static Operator korean(String code, String digit) {
        var tariff = new Tariff(code, "+82100000" + digit, 3, true, true, true, false);
        return new Operator(
                code,
                List.of(tariff),
                Duration.ofMinutes(10),
                Duration.ofDays(30),
                1_000_000,
                1_000_000);
    }

    /** The carrier and tariff of a line, by its prefix. */
    static Optional<Tariff> tariffOf(String line) {
        return ALL.stream()
                .flatMap(operator -> operator.tariffs().stream())
                .filter(tariff -> line.startsWith(tariff.prefix()))
                .findFirst();
    }

    /** The tariff of that name. */
    static Optional<Tariff> tariffNamed(String name) {
        return ALL.stream()
                .flatMap(operator -> operator.tariffs().stream())
                .filter(tariff -> tariff.name().equals(name))
                .findFirst();
    }

    /** Where its subscribers live, unless it is said otherwise: ISO 3166-1; ZZ is nobody's there. */
    String country() {
        return tariffs.getFirst().prefix().startsWith("+82") ? "KR" : "ZZ";
    }

    /** Refuses a line that is not one of its own, or that nobody holds. */
    void wants(String line, Db db) {
        if (!has(line)
                || db.one("SELECT 1 FROM person WHERE line_number = ?", row -> 1, line).isEmpty())
            throw Camara.error(404, "IDENTIFIER_NOT_FOUND", "Phone number not found.");
    }

    boolean has(String line) {
        return tariffs.stream().anyMatch(tariff -> line.startsWith(tariff.prefix()));
    }
}
