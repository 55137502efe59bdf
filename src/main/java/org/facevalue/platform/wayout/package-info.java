/**
 * Undoes a purchase on the bill lawfully: the carrier cancels it, the customer withdraws from it, a charge that was not authorised is corrected, the
 * issuer refunds. Owns {@code purchase}, {@code evidence} and {@code way_out}. Keeps: nothing is asked for that the rule packs do not permit, each way
 * out reaches one end, and somebody is told before a term is missed. Read {@link org.facevalue.platform.wayout.WayOutState} first.
 */
@ApplicationModule(
        displayName = "Way out",
        allowedDependencies = {
            "identifier",
            "money",
            "crypto",
            "journal",
            "ledger",
            "outside",
            "time",
            "wording",
            "problem",
            "identity",
            "customer",
            "jurisdiction",
            "carrier",
            "voucher",
            "payout",
            "quote",
            "cashout"
        })
@NullMarked
package org.facevalue.platform.wayout;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
