package org.facevalue.platform.payout;

import java.util.Optional;

/** The bank there is. A port: outside the sandbox none is configured. */
public interface Banks {
    Optional<Bank> bank();
}
