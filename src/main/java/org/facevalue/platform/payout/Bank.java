package org.facevalue.platform.payout;

import java.net.URI;
import org.facevalue.platform.money.Money;

/**
 * The bank that pays out.
 *
 * @param fee what it takes for one transfer
 */
public record Bank(String code, String korean, String english, URI address, Money fee) {}
