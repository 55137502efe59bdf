package org.facevalue.platform.wayout;

import java.util.List;
import java.util.Optional;

/** Who is asked. A port: outside the sandbox no party is configured. */
public interface Desks {
    /** @param number of the line, E.164 */
    Optional<Desk> ofLine(String number);

    /** The carriers of the served jurisdiction. */
    List<Desk> carriers();

    /** The issuers of the served jurisdiction whose vouchers can be given back here. */
    List<Desk> issuers();

    /** Who decides where a party does not do what it has to. */
    Optional<Desk> disputeBody();

    /** Any of them, by its code: for its name. */
    Optional<Desk> named(String code);
}
