package org.facevalue.platform.cashout;

import java.util.UUID;
import org.facevalue.platform.identifier.Id;

public record CashOutId(UUID value) implements Id {
    @Override
    public String prefix() {
        return "co";
    }
}
