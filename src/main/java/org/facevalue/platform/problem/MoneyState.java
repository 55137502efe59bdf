package org.facevalue.platform.problem;

import java.util.Locale;

/** What happened to my money? Part of every problem. */
public enum MoneyState {
    NOT_CHARGED,
    RESERVED,
    CHARGED,
    UNKNOWN,
    REFUNDED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
