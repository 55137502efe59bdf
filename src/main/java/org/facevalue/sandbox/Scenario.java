package org.facevalue.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be provoked, and by what. A line's or an account's last two digits, or the last three digits of a face value, choose it; everything else goes
 * well.
 */
enum Scenario {
    CHARGE_DECLINED(Where.LINE, 10, "the carrier declines"),
    CHARGE_ANSWER_LOST(Where.LINE, 11, "the carrier does it, and its answer is lost"),
    CHARGE_REQUEST_LOST(Where.LINE, 12, "the carrier's first request is lost; the next one works"),
    CHARGE_LATE(Where.LINE, 13, "the carrier answers 'processing' and decides two seconds later"),
    CONFIRM_ANSWER_LOST(Where.LINE, 14, "the carrier confirms, and its answer is lost"),
    CONFIRM_DENIED(Where.LINE, 15, "the carrier denies the confirmation"),
    REFUND_DENIED(Where.LINE, 16, "the carrier denies the refund"),
    REFUND_LATE(Where.LINE, 17, "the carrier refunds two seconds later"),
    REFUND_ANSWER_LOST(Where.LINE, 18, "the carrier refunds, and its answer is lost"),
    CHARGE_VERY_LATE(Where.LINE, 19, "every request to charge reaches the carrier two hours later"),
    REFUND_VERY_LATE(
            Where.LINE,
            20,
            "every request to refund reaches the carrier two hours later; charging works"),
    VOUCHER_DECLINED(Where.FACE_VALUE, 510, "the issuer declines"),
    VOUCHER_ANSWER_LOST(Where.FACE_VALUE, 520, "the issuer does it, and its answer is lost"),
    VOUCHER_REQUEST_LOST(
            Where.FACE_VALUE, 530, "the issuer's first request is lost; the next one works"),
    VOUCHER_VERY_LATE(Where.FACE_VALUE, 540, "every order reaches the issuer two hours later"),
    REDEMPTION_DECLINED(Where.FACE_VALUE, 610, "the provider declines"),
    REDEMPTION_ANSWER_LOST(Where.FACE_VALUE, 620, "the provider does it, and its answer is lost"),
    REDEMPTION_REQUEST_LOST(
            Where.FACE_VALUE, 630, "the provider's first request is lost; the next one works"),
    REDEMPTION_LATE(Where.FACE_VALUE, 640, "the provider decides two seconds later"),
    VOUCHER_NOT_TAKEN_BACK(
            Where.FACE_VALUE,
            650,
            "the provider declines, and the issuer does not take the voucher back"),
    REDEMPTION_VERY_LATE(
            Where.FACE_VALUE,
            660,
            "every request reaches the provider two hours later, and the issuer does not take the voucher back"),
    PAYOUT_DECLINED(Where.ACCOUNT, 90, "the bank declines"),
    PAYOUT_ANSWER_LOST(Where.ACCOUNT, 91, "the bank does it, and its answer is lost"),
    PAYOUT_REQUEST_LOST(Where.ACCOUNT, 92, "the bank's first request is lost; the next one works"),
    PAYOUT_LATE(Where.ACCOUNT, 93, "the bank books two seconds later"),
    PAYOUT_RETURNED(Where.ACCOUNT, 94, "the bank takes it, and two seconds later returns it"),
    PAYOUT_VERY_LATE(Where.ACCOUNT, 95, "every transfer reaches the bank two hours later"),
    PAYOUT_NOT_RECALLED(
            Where.ACCOUNT,
            96,
            "every transfer reaches the bank two hours later, and whoever has it keeps it"),
    PAYOUT_RETURNED_LATER(Where.ACCOUNT, 97, "the bank books it, and two days later it comes back");

    enum Where {
        LINE,
        ACCOUNT,
        FACE_VALUE
    }

    private final Where where;
    private final int ending;
    private final String meaning;

    Scenario(Where where, int ending, String meaning) {
        this.where = where;
        this.ending = ending;
        this.meaning = meaning;
    }

    static boolean is(Scenario scenario, String number) {
        return number.endsWith(String.valueOf(scenario.ending));
    }

    static boolean is(Scenario scenario, long faceValue) {
        return faceValue % 1_000 == scenario.ending;
    }

    /** The two digits that choose it on a line or an account. */
    String ending() {
        return String.valueOf(ending);
    }

    static Optional<Scenario> named(String name) {
        for (var scenario : values())
            if (scenario.name().equals(name)) return Optional.of(scenario);
        return Optional.empty();
    }

    Where where() {
        return where;
    }

    static List<Map<String, Object>> all() {
        var list = new ArrayList<Map<String, Object>>();
        for (var scenario : values())
            list.add(
                    Map.of(
                            "name",
                            scenario.name(),
                            "where",
                            scenario.where.name(),
                            "ends_in",
                            scenario.ending,
                            "meaning",
                            scenario.meaning));
        return list;
    }
}
