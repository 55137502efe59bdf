package org.facevalue.platform.wayout;

import java.util.Locale;
import org.facevalue.platform.jurisdiction.Activity;
import org.jspecify.annotations.Nullable;

/** The four ways out. */
public enum Kind {
    /** The carrier takes the charge off a bill that is not closed yet. */
    CANCELLATION(Activity.CANCELLATION, true, null, ""),
    /** The customer withdraws from the purchase, and the seller has the charge cancelled. */
    WITHDRAWAL(Activity.WITHDRAWAL, true, "refund-after-withdrawal", "unused"),
    /** The customer has not authorised the charge. The carrier withholds the payment to the seller, and answers. */
    CORRECTION(Activity.CORRECTION, true, "correction-answer", "not-authorised"),
    /** The issuer pays back what a voucher is worth. */
    ISSUER_REFUND(Activity.ISSUER_REFUND, false, null, "");

    private final Activity activity;
    private final boolean byCarrier;
    private final @Nullable String term;
    private final String statement;

    Kind(Activity activity, boolean byCarrier, @Nullable String term, String statement) {
        this.activity = activity;
        this.byCarrier = byCarrier;
        this.term = term;
        this.statement = statement;
    }

    Activity activity() {
        return activity;
    }

    /** Whether the line's carrier is asked; else the voucher's issuer. */
    public boolean isByCarrier() {
        return byCarrier;
    }

    /** The rule pack's term for the answer, or null where the law names none. */
    @Nullable String term() {
        return term;
    }

    /** What the customer has to state, because nobody else can know it: {@code unused}, {@code not-authorised}; or empty. */
    public String statement() {
        return statement;
    }

    /** {@code issuer-refund}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
