package org.facevalue.platform.carrier;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import org.facevalue.platform.money.BasisPoints;

/**
 * How one carrier bills.
 *
 * @param code short and stable, in accounts and calls
 * @param jurisdiction where it is licensed
 * @param address below it {@code /carrier-billing/v0.5}, {@code /carrier-billing-refund/v0.3} and {@code /token}
 * @param fee its share of the face value
 * @param twoStep whether an amount is reserved first and confirmed later; cancelling a reservation costs nobody anything
 * @param lag how long after a request a payment may still be missing from its list
 * @param dueDay day of the following month on which the bill is due
 * @param lateFee what late payment adds, as a share of the face value
 */
public record CarrierProfile(
        String code,
        String korean,
        String english,
        String jurisdiction,
        URI address,
        BasisPoints fee,
        boolean twoStep,
        Duration lag,
        int dueDay,
        BasisPoints lateFee) {

    /** The day on which the bill of what is bought on {@code day} is due. Both in the carrier's zone. */
    public LocalDate dueOn(LocalDate day) {
        return day.plusMonths(1).withDayOfMonth(dueDay);
    }
}
