/**
 * Money to the designated account, by a bank. Owns {@code payout}. Keeps: one payout a caller and purpose, only to an account whose holder the bank
 * confirmed. Read {@link org.facevalue.platform.payout.Payouts} first.
 */
@ApplicationModule(
        displayName = "Payout",
        allowedDependencies = {
            "identifier",
            "money",
            "crypto",
            "ledger",
            "outside",
            "time",
            "identity",
            "customer",
            "jurisdiction",
            "problem"
        })
@NullMarked
package org.facevalue.platform.payout;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
