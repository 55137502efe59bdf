/**
 * Our books against each outside party's, by reference, again and again and on demand. Owns {@code reconciliation}, {@code reconciliation_result} and
 * {@code reconciliation_difference}. Keeps: a difference is never lost and never posted away: it stands with its age until both sides
 * agree or a person says why they will not. Read {@link
 * org.facevalue.platform.reconciliation.Reconciliation} first.
 */
@ApplicationModule(
        displayName = "Reconciliation",
        allowedDependencies = {
            "identifier",
            "money",
            "crypto",
            "ledger",
            "outside",
            "time",
            "jurisdiction",
            "problem",
            "identity",
            "carrier",
            "voucher",
            "redemption",
            "provider",
            "payout",
            "quote",
            "cashout",
            "wayout"
        })
@NullMarked
package org.facevalue.platform.reconciliation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
