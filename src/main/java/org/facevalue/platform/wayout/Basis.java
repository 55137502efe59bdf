package org.facevalue.platform.wayout;

import java.util.List;
import java.util.Locale;
import org.facevalue.platform.customer.DesignatedAccount.AccountId;
import org.facevalue.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a way out rests on, as it was when the customer asked for it.
 *
 * @param party the code of who is asked
 * @param packs the rule packs that permitted it: {@code KR@2026-11-28}
 * @param grounds their rules
 * @param gives what the customer gets back by them, or null where the issuer's own terms say how much
 * @param points whether the customer takes the issuer's points instead of money
 * @param account where an issuer pays money to, or null
 * @param language that the customer has asked in, and is told in
 */
public record Basis(
        String party,
        String packs,
        List<Ground> grounds,
        @Nullable Money gives,
        boolean points,
        @Nullable AccountId account,
        Locale language) {

    /** A rule with its source, in both languages. */
    public record Ground(String rule, String source, String korean, String english) {}
}
