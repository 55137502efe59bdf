package org.facevalue.platform.provider;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.facevalue.platform.money.BasisPoints;

/**
 * An authorised converter of vouchers.
 *
 * @param code short and stable, in accounts and calls
 * @param jurisdiction where it is licensed
 * @param licence the kind of its licence, as rule packs name it
 * @param fee its share of the face value
 * @param seconds how long it usually takes, as it states
 * @param lag how long after a request a redemption may still be unknown to it
 * @param address where it is reached
 */
public record Provider(
        String code,
        String korean,
        String english,
        String jurisdiction,
        String licence,
        boolean active,
        Instant validUntil,
        BasisPoints fee,
        int seconds,
        Duration lag,
        URI address) {

    public boolean authorised(Instant now) {
        return active && now.isBefore(validUntil);
    }
}
