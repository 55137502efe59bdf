package org.facevalue.platform.quote;

import org.facevalue.platform.money.Money;

/**
 * One deduction: who receives it, why, how much.
 *
 * @param payee the party's code
 * @param bps its share of the face value in basis points; 0 for a fixed fee
 * @param rule the rule of the fee schedule it follows
 */
public record FeeLine(Kind kind, String payee, Money amount, int bps, String rule) {

    /** In the order in which a quote lists them. */
    public enum Kind {
        CARRIER,
        ISSUER,
        PROVIDER,
        OPERATOR,
        BANK
    }
}
