package org.facevalue.platform.quote;

import org.facevalue.platform.customer.DesignatedAccount;
import org.facevalue.platform.customer.PhoneLine;
import org.facevalue.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a customer asks for.
 *
 * @param amount in the direction that is asked
 * @param product of which issuer, or null for the usual one
 */
public record Wish(
        PhoneLine line,
        DesignatedAccount account,
        Direction direction,
        Money amount,
        @Nullable String product) {

    public enum Direction {
        /** "Charge 50,000." */
        FACE_VALUE,
        /** "I need 45,000 on my account." */
        NET
    }
}
