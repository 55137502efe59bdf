package org.facevalue.platform.outside;

import org.facevalue.platform.crypto.BareCrypto;
import org.facevalue.platform.identifier.Ids;

/** This room's parts without a database. */
public final class BareOutside {
    private BareOutside() {}

    public static Callbacks callbacks() {
        return new Callbacks(null, BareCrypto.index(), "https://platform");
    }

    public static OutsideCalls calls(Ids ids) {
        return new OutsideCalls(null, BareCrypto.vault(), ids);
    }
}
