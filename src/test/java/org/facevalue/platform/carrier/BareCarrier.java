package org.facevalue.platform.carrier;

import java.time.Clock;
import org.facevalue.platform.crypto.BareCrypto;
import org.facevalue.platform.outside.BareOutside;
import org.facevalue.platform.outside.Lines;

/** This room's parts without a database. */
public final class BareCarrier {
    private BareCarrier() {}

    public static CarrierBilling billing(Lines lines, Clock clock) {
        return new CarrierBilling(
                new CarrierTokens(lines, clock, "client:secret"), BareOutside.callbacks());
    }

    public static Charges charges() {
        return new Charges(null, BareCrypto.vault(), BareOutside.callbacks());
    }
}
