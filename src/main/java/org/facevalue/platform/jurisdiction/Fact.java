package org.facevalue.platform.jurisdiction;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Locale;

/**
 * What a rule may ask about: the variables of its condition, each with its type. What is not known of a route is absent, and a condition that needs it
 * fails; so a condition asks for the {@link #ACTIVITY} first. Amounts are in minor units of the currency, ages in whole days of the served pack's zone.
 */
public enum Fact {
    ACTIVITY(SimpleType.STRING, "what is asked for: the name of an Activity in lower case"),
    LINE(SimpleType.STRING, "jurisdiction of the line, by the numbering plan"),
    RESIDENCES(
            ListType.create(SimpleType.STRING),
            "jurisdictions where the customer lives, by the carriers of their lines"),
    ACCOUNT(SimpleType.STRING, "jurisdiction of the designated account, by its number"),
    CARRIER(SimpleType.STRING, "jurisdiction of the carrier, from the register"),
    ISSUER(SimpleType.STRING, "jurisdiction of the issuer, from the register"),
    PROVIDER(SimpleType.STRING, "jurisdiction of the provider, from the register"),
    BANK(SimpleType.STRING, "jurisdiction of the bank, from the register"),
    OPERATOR(SimpleType.STRING, "jurisdiction that this platform serves"),
    HOSTS(ListType.create(SimpleType.STRING), "host names where the parties are reached"),
    LICENCES(
            ListType.create(SimpleType.STRING),
            "kinds of licence of the provider, from the register; whether they are valid now is checked beside it"),
    BOUGHT_ON_BILL(SimpleType.BOOL, "whether what is undone or converted was charged to a bill"),
    AGE_DAYS(SimpleType.INT, "days since the purchase"),
    IN_TERM(
            SimpleType.BOOL,
            "whether the term of withdrawal still runs, by the calendar of the served pack"),
    USED_PERCENT(
            SimpleType.INT,
            "how much of the face value is used, rounded down: 0 only where it is untouched, and 100 where nothing is left"),
    FACE_VALUE(
            SimpleType.INT,
            "face value of the voucher, whatever was paid for it; the charge, where it is none"),
    EXPIRED(SimpleType.BOOL, "whether the voucher's validity is over"),
    IS_E_MONEY(
            SimpleType.BOOL,
            "whether the voucher is electronic money in the sense of the law; stated by nobody yet"),
    SAME_BILL(SimpleType.BOOL, "whether the charge is on a bill that is not closed yet"),
    AUTHORISED(SimpleType.BOOL, "whether the customer says that they have authorised the charge"),
    WANTS_POINTS(SimpleType.BOOL, "whether the customer takes points of the issuer instead");

    private final CelType type;
    private final String meaning;

    Fact(CelType type, String meaning) {
        this.type = type;
        this.meaning = meaning;
    }

    /** As it is written in a condition. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In English, for who writes packs. */
    public String meaning() {
        return meaning;
    }

    /** Whether it is derived from the route's parts, and nobody may state it. */
    boolean isDerived() {
        return ordinal() <= LICENCES.ordinal();
    }

    boolean isOfType(Object value) {
        if (type.equals(SimpleType.BOOL)) return value instanceof Boolean;
        if (type.equals(SimpleType.INT)) return value instanceof Long;
        if (type.equals(SimpleType.STRING)) return value instanceof String;
        return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
    }

    CelType type() {
        return type;
    }
}
