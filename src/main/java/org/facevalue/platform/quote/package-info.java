/**
 * Every fee before the yes: estimates, and quotes that are signed, expire, and are honoured or unwound at no cost. Owns {@code quote}. Keeps: what is
 * charged and paid later is what the quote says, to the won; and no quote exists without a permission. Read
 * {@link org.facevalue.platform.quote.Pricing} first.
 */
@ApplicationModule(
        displayName = "Quote",
        allowedDependencies = {
            "identifier",
            "money",
            "crypto",
            "ledger",
            "time",
            "identity",
            "customer",
            "jurisdiction",
            "provider",
            "carrier",
            "voucher",
            "payout",
            "problem"
        })
@NullMarked
package org.facevalue.platform.quote;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
