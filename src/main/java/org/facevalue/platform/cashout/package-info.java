/**
 * Takes one confirmed quote to its end: paid, or made whole. Owns {@code cash_out}. Keeps: every state change commits with its postings and its event in
 * one {@code Command}, and every confirmed cash-out reaches exactly one end. Read {@link org.facevalue.platform.cashout.CashOutState} first.
 */
@ApplicationModule(
        displayName = "Cash-out",
        allowedDependencies = {
            "identifier",
            "money",
            "crypto",
            "journal",
            "ledger",
            "outside",
            "time",
            "identity",
            "customer",
            "jurisdiction",
            "guard",
            "provider",
            "carrier",
            "voucher",
            "redemption",
            "payout",
            "wallet",
            "quote",
            "problem"
        })
@NullMarked
package org.facevalue.platform.cashout;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
