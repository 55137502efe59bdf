package org.facevalue.platform.wallet;

import java.util.UUID;
import org.facevalue.platform.identifier.Id;

public record WalletId(UUID value) implements Id {
    @Override
    public String prefix() {
        return "wa";
    }
}
