package org.facevalue.platform.customer;

import java.util.UUID;
import org.facevalue.platform.identifier.Id;

public record CustomerId(UUID value) implements Id {
    @Override
    public String prefix() {
        return "cu";
    }
}
