package org.facevalue.platform.customer;

import java.util.UUID;
import org.facevalue.platform.identifier.Id;

/**
 * A phone line whose bill is charged.
 *
 * @param number E.164
 */
public record PhoneLine(LineId id, CustomerId customer, String number) {

    public record LineId(UUID value) implements Id {
        @Override
        public String prefix() {
            return "pl";
        }
    }

    /** {@code +999 ··· 5678}. */
    public String masked() {
        return number.substring(0, 4) + " ··· " + number.substring(number.length() - 4);
    }

    @Override
    public String toString() {
        return id.shown();
    }
}
