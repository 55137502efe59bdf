package org.facevalue.platform.payout;

import org.facevalue.platform.crypto.BareCrypto;

/** This room's part without a database. */
public final class BarePayouts {
    private BarePayouts() {}

    public static Payouts payouts() {
        return new Payouts(null, BareCrypto.vault());
    }
}
