package org.facevalue.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be provoked, and by what. A line's or an account's last two digits, or the last three digits of a face value, choose it; everything else goes
 * well. What goes wrong with a single request or notice is a {@link Provoked} of its own.
 */
enum Scenario {
    CHARGE_DECLINED(Where.LINE, 10, "the carrier declines"),
    CHARGE_LATE(Where.LINE, 13, "the carrier answers 'processing' and decides two seconds later"),
    CONFIRM_DENIED(Where.LINE, 15, "the carrier denies the confirmation"),
    REFUND_DENIED(Where.LINE, 16, "the carrier takes the refund, and denies it"),
    REFUND_LATE(Where.LINE, 17, "the carrier refunds two seconds later"),
    CHARGE_VERY_LATE(Where.LINE, 19, "every request to charge reaches the carrier two hours later"),
    REFUND_VERY_LATE(
            Where.LINE,
            20,
            "every request to refund reaches the carrier two hours later; charging works"),
    CHARGE_DENIED_LATER(
            Where.LINE, 21, "the carrier answers 'processing' and denies two seconds later"),
    LINE_NOT_SUPPORTED(Where.LINE, 83, "the carrier does not bill such a line at all"),
    LINE_AT_ITS_LIMIT(Where.LINE, 84, "the line has used up what may be billed to it"),
    ANOTHER_SESSION(Where.LINE, 85, "the carrier has another session open for the line"),
    NOT_REFUNDABLE(Where.LINE, 86, "what is charged can not be refunded by agreement"),
    REFUND_REFUSED(Where.LINE, 87, "the carrier refuses every refund at once"),
    REFUNDS_AT_THEIR_LIMIT(Where.LINE, 88, "the line has used up what may be refunded to it"),
    CODE_BY_PAGE(
            Where.LINE, 89, "where a code is wanted, the customer gives it on the carrier's page"),
    CHARGE_REVERSED(
            Where.LINE, 97, "two days after it was charged, the carrier refunds it by itself"),
    LIVES_ABROAD(Where.LINE, 98, "the carrier says that whoever holds the line lives in Britain"),
    RESIDENCE_UNKNOWN(
            Where.LINE, 99, "the carrier does not say where whoever holds the line lives"),
    VOUCHER_DECLINED(Where.FACE_VALUE, 510, "the issuer declines"),
    VOUCHER_VERY_LATE(Where.FACE_VALUE, 540, "every order reaches the issuer two hours later"),
    REDEMPTION_DECLINED(Where.FACE_VALUE, 610, "the provider declines"),
    REDEMPTION_LATE(Where.FACE_VALUE, 640, "the provider decides two seconds later"),
    VOUCHER_NOT_TAKEN_BACK(
            Where.FACE_VALUE,
            650,
            "the provider declines, and the issuer does not take the voucher back"),
    REDEMPTION_VERY_LATE(
            Where.FACE_VALUE,
            660,
            "every request reaches the provider two hours later, and the issuer does not take the voucher back"),
    UNDO_REFUSED(Where.FACE_VALUE, 710, "whoever is asked to undo it refuses"),
    UNDO_NOT_ANSWERED(Where.FACE_VALUE, 720, "whoever is asked to undo it never answers"),
    UNDO_LATE(Where.FACE_VALUE, 730, "whoever is asked to undo it agrees twenty days later"),
    UNDO_NOT_DONE(
            Where.FACE_VALUE, 740, "whoever is asked to undo it agrees, and gives nothing back"),
    UNDO_NOT_WITHHELD(
            Where.FACE_VALUE, 760, "whoever is asked to correct it does not withhold the payment"),
    CASE_NOT_TAKEN(
            Where.FACE_VALUE,
            770,
            "whoever is asked to undo it refuses, and the dispute body does not take the case"),
    CASE_NOT_TAKEN_YET(
            Where.FACE_VALUE,
            780,
            "whoever is asked to undo it agrees twenty days later, and the dispute body does not take the case"),
    UNDO_IN_PART(Where.FACE_VALUE, 750, "whoever is asked to undo it gives half of it back"),
    PAYOUT_DECLINED(Where.ACCOUNT, 90, "the bank declines"),
    PAYOUT_LATE(Where.ACCOUNT, 93, "the bank books two seconds later"),
    PAYOUT_RETURNED(Where.ACCOUNT, 94, "the bank takes it, and two seconds later returns it"),
    PAYOUT_VERY_LATE(Where.ACCOUNT, 95, "every transfer reaches the bank two hours later"),
    PAYOUT_NOT_RECALLED(
            Where.ACCOUNT,
            96,
            "every transfer reaches the bank two hours later, and whoever has it keeps it"),
    PAYOUT_RETURNED_LATER(Where.ACCOUNT, 97, "the bank books it, and two days later it comes back"),
    WRONG_NAME(Where.ACCOUNT, 98, "the account is held under another name");

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

    /**
     * One kind of trouble with one deed, chosen by a number's ending.
     *
     * @param deed or null for a notice
     * @param always or only the first time for each reference
     */
    record Provoked(@Nullable Deed deed, Mishap mishap, Where where, int ending, boolean always) {
        String name() {
            return deed == null ? mishap.name() : deed.name() + "_" + mishap.name();
        }
    }

    private static final int FIRST_LINE = 22;
    private static final int ALL_WELL = 78;
    private static final int FIRST_NOTICE = 90;

    /** Trouble with a single request or notice. The answers that matter to a customer's money come in all kinds, by the ending of the line. */
    static final List<Provoked> PROVOKED = provoked();

    private static List<Provoked> provoked() {
        var all = new ArrayList<Provoked>();
        all.add(new Provoked(Deed.CHARGE, Mishap.ANSWER_LOST, Where.LINE, 11, true));
        all.add(new Provoked(Deed.CHARGE, Mishap.REQUEST_LOST, Where.LINE, 12, false));
        all.add(new Provoked(Deed.CONFIRM, Mishap.ANSWER_LOST, Where.LINE, 14, true));
        all.add(new Provoked(Deed.REFUND, Mishap.ANSWER_LOST, Where.LINE, 18, true));
        all.add(new Provoked(Deed.VOUCHER, Mishap.ANSWER_LOST, Where.FACE_VALUE, 520, true));
        all.add(new Provoked(Deed.VOUCHER, Mishap.REQUEST_LOST, Where.FACE_VALUE, 530, false));
        all.add(new Provoked(Deed.REDEMPTION, Mishap.ANSWER_LOST, Where.FACE_VALUE, 620, true));
        all.add(new Provoked(Deed.REDEMPTION, Mishap.REQUEST_LOST, Where.FACE_VALUE, 630, false));
        all.add(new Provoked(Deed.PAYOUT, Mishap.ANSWER_LOST, Where.ACCOUNT, 91, true));
        all.add(new Provoked(Deed.PAYOUT, Mishap.REQUEST_LOST, Where.ACCOUNT, 92, false));
        int ending = FIRST_LINE;
        for (var deed :
                List.of(Deed.CHARGE, Deed.VOUCHER, Deed.REDEMPTION, Deed.PAYOUT, Deed.REFUND))
            for (var mishap : Mishap.values()) {
                if (mishap.isNotice()
                        || mishap == Mishap.REQUEST_LOST
                        || mishap == Mishap.ANSWER_LOST) continue;
                if (ending == ALL_WELL) ending++;
                all.add(new Provoked(deed, mishap, Where.LINE, ending++, false));
            }
        ending = FIRST_NOTICE;
        for (var mishap : Mishap.values())
            if (mishap.isNotice()) all.add(new Provoked(null, mishap, Where.LINE, ending++, true));
        return List.copyOf(all);
    }

    /** Where a number has to end, and in what, so that {@code name} happens. */
    record Choice(Where where, String ending) {}

    static Optional<Choice> named(String name) {
        for (var scenario : values())
            if (scenario.name().equals(name))
                return Optional.of(new Choice(scenario.where, String.valueOf(scenario.ending)));
        return PROVOKED.stream()
                .filter(provoked -> provoked.name().equals(name))
                .map(provoked -> new Choice(provoked.where(), String.valueOf(provoked.ending())))
                .findFirst();
    }

    static List<Map<String, Object>> all() {
        var list = new ArrayList<Map<String, Object>>();
        for (var scenario : values())
            list.add(shown(scenario.name(), scenario.where, scenario.ending, scenario.meaning));
        for (var provoked : PROVOKED)
            list.add(
                    shown(
                            provoked.name(),
                            provoked.where(),
                            provoked.ending(),
                            provoked.mishap().meaning()
                                    + (provoked.always() ? "" : "; the next one works")));
        return list;
    }

    private static Map<String, Object> shown(String name, Where where, int ending, String meaning) {
        return Map.of("name", name, "where", where.name(), "ends_in", ending, "meaning", meaning);
    }
}
