package org.facevalue.platform.quote;

import java.util.UUID;
import org.facevalue.platform.identifier.Id;

public record QuoteId(UUID value) implements Id {
    @Override
    public String prefix() {
        return "qt";
    }
}
