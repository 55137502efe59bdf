package org.facevalue.platform.jurisdiction;

import java.util.Locale;

/** What is asked for, of a route or of a surface. */
public enum Activity {
    CASH_OUT("to quote, confirm and carry out a cash-out of a route"),
    SHOW_CASH_OUT(
            "to show anything of cash-outs to anybody: a page, a comparison, a provider, a review, a message, an advert"),
    HOLDING("to keep the voucher or the money where the cash-out comes to no end"),
    CANCELLATION("to have the carrier take a charge off the bill"),
    WITHDRAWAL("to withdraw from a purchase within the statutory days"),
    CORRECTION("to have a charge corrected that was not authorised"),
    ISSUER_REFUND("to have the issuer pay a voucher's value or balance back");

    private final String meaning;

    Activity(String meaning) {
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
}
