package org.facevalue.platform.wayout;

import java.util.UUID;
import org.facevalue.platform.identifier.Id;

public record WayOutId(UUID value) implements Id {
    @Override
    public String prefix() {
        return "wo";
    }
}
