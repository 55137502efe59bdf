package org.facevalue.platform.cashout;

import org.facevalue.platform.carrier.CarrierProfile;
import org.facevalue.platform.carrier.Charge;
import org.facevalue.platform.payout.Bank;
import org.facevalue.platform.payout.Payouts;
import org.facevalue.platform.provider.Provider;
import org.facevalue.platform.voucher.Issuer;
import org.facevalue.platform.voucher.Voucher;

/** What is kept of a course in the rooms of its parties, and who they are. A port: their tables in production, memory where a test runs without a database. */
interface PartyRows {
    Charge charge(Course<?> course);

    CarrierProfile carrier(Charge charge);

    /** Whether the identifier is that of another charge with the same carrier. */
    boolean isAnothers(Charge charge, String paymentId);

    Voucher voucher(Course<?> course);

    Issuer issuer(Voucher voucher);

    Provider provider(Course<?> course);

    /** @param purpose {@code NET} or {@code BACK} */
    Payouts.Payout payout(Course<?> course, String purpose);

    Bank bank();
}
