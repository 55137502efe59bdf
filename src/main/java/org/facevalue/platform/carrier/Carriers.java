package org.facevalue.platform.carrier;

import java.util.List;
import java.util.Optional;

/** Which carrier a line belongs to, by the numbering plan alone. A port: outside the sandbox no carrier is configured. */
public interface Carriers {
    /** @param number E.164 */
    Optional<CarrierProfile> of(String number);

    /** All there are, each once. */
    List<CarrierProfile> all();

    /** Any profile of the carrier with that code: for its name. */
    Optional<CarrierProfile> named(String code);
}
