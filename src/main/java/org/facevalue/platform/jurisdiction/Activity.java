package org.facevalue.platform.jurisdiction;

import java.util.Locale;

/** What is asked for, of a route or of a surface. */
public enum Activity {
    /** To quote, confirm and carry out a cash-out of a route. */
    CASH_OUT,
    /** To show anything of cash-outs to anybody: a page, a comparison, a provider, a review, a message, an advert. */
    SHOW_CASH_OUT,
    /** To keep the voucher or the money where the cash-out comes to no end. */
    HOLDING,
    /** To have the carrier take a charge off the bill. */
    CANCELLATION,
    /** To withdraw from a purchase within the statutory days. */
    WITHDRAWAL,
    /** To have a charge corrected that was not authorised. */
    CORRECTION,
    /** To have the issuer pay a voucher's value or balance back. */
    ISSUER_REFUND;

    /** As it is written in a condition. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
