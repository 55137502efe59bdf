package org.facevalue.platform.redemption;

import org.facevalue.platform.outside.BareOutside;

/** This room's part without a database. */
public final class BareRedemptions {
    private BareRedemptions() {}

    public static Redemptions redemptions() {
        return new Redemptions(null, BareOutside.callbacks());
    }
}
