package org.facevalue.platform.quote;

import org.facevalue.platform.money.Money;

/** What a cash-out costs as credit. */
final class AnnualCost {
    /** 1,000,000 % in basis points; what costs more is shown as "more than". */
    static final long MOST_BPS = 100_000_000;

    private static final double DAYS_A_YEAR = 365;

    private AnnualCost() {}

    /**
     * Effective annual cost of taking {@code net} today for {@code faceValue} due with the bill, as a yearly rate in basis points: (faceValue / net)^(365
     * / days) − 1, rounded half up, for display only. The equation of the annual percentage rate, Directive (EU) 2023/2225, Annex III, with one drawdown
     * and one repayment. Saturates at {@link #MOST_BPS}.
     *
     * @param net not zero
     * @param days whole days from payout to due date; due today counts as one
     */
    static long bps(Money faceValue, Money net, long days) {
        double growth =
                StrictMath.pow(
                        (double) faceValue.minor() / net.minor(), DAYS_A_YEAR / Math.max(1, days));
        double bps = (growth - 1) * 10_000;
        return bps >= MOST_BPS ? MOST_BPS : Math.round(bps);
    }
}
