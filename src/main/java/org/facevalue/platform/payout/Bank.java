package org.facevalue.platform.payout;

import java.net.URI;
import java.time.Duration;
import org.facevalue.platform.money.Money;

/**
 * The bank that pays out.
 *
 * @param jurisdiction where it is licensed
 * @param lag how long after a request a transfer may still be unknown to it
 * @param fee what it takes for one transfer
 */
public record Bank(
        String code,
        String korean,
        String english,
        String jurisdiction,
        URI address,
        Duration lag,
        Money fee) {}
