package org.facevalue.platform.cashout;

import org.facevalue.platform.carrier.CarrierProfile;
import org.facevalue.platform.carrier.Carriers;
import org.facevalue.platform.carrier.Charge;
import org.facevalue.platform.carrier.Charges;
import org.facevalue.platform.payout.Bank;
import org.facevalue.platform.payout.Banks;
import org.facevalue.platform.payout.Payouts;
import org.facevalue.platform.provider.Provider;
import org.facevalue.platform.provider.Providers;
import org.facevalue.platform.voucher.Issuer;
import org.facevalue.platform.voucher.Issuers;
import org.facevalue.platform.voucher.Voucher;
import org.facevalue.platform.voucher.Vouchers;
import org.springframework.stereotype.Component;

/** The rows in the tables of the rooms that own them. */
@Component
class RoomRows implements PartyRows {
    private final Charges charges;
    private final Carriers carriers;
    private final Vouchers vouchers;
    private final Issuers issuers;
    private final Providers providers;
    private final Payouts payouts;
    private final Banks banks;

    RoomRows(
            Charges charges,
            Carriers carriers,
            Vouchers vouchers,
            Issuers issuers,
            Providers providers,
            Payouts payouts,
            Banks banks) {
        this.charges = charges;
        this.carriers = carriers;
        this.vouchers = vouchers;
        this.issuers = issuers;
        this.providers = providers;
        this.payouts = payouts;
        this.banks = banks;
    }

    @Override
    public Charge charge(Course<?> course) {
        return charges.of(course.cell(), course.cashOut().value()).orElseThrow();
    }

    @Override
    public CarrierProfile carrier(Charge charge) {
        return carriers.of(charge.number()).orElseThrow();
    }

    @Override
    public boolean isAnothers(Charge charge, String paymentId) {
        return charges.isAnothers(charge, paymentId);
    }

    @Override
    public Voucher voucher(Course<?> course) {
        return vouchers.of(course.cell(), course.cashOut().value()).orElseThrow();
    }

    @Override
    public Issuer issuer(Voucher voucher) {
        return issuers.ofProduct(voucher.product()).orElseThrow();
    }

    @Override
    public Provider provider(Course<?> course) {
        return providers.provider(course.terms().provider()).orElseThrow();
    }

    @Override
    public Payouts.Payout payout(Course<?> course, String purpose) {
        return payouts.of(course.cell(), course.cashOut().value(), purpose).orElseThrow();
    }

    @Override
    public Bank bank() {
        return banks.bank().orElseThrow();
    }
}
