/**
 * Charge, refund and cancel on the phone bill (CAMARA Carrier Billing 0.5, Refund 0.3), and the carriers' profiles. Owns {@code charge} and
 * {@code callback}. Keeps: one charge a caller, and an unknown one is looked up, never repeated blindly. Read
 * {@link org.facevalue.platform.carrier.CarrierBilling} first.
 */
@ApplicationModule(
        displayName = "Carrier",
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
package org.facevalue.platform.carrier;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
