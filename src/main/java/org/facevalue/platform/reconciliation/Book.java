package org.facevalue.platform.reconciliation;

/** What both sides write down of a cash-out or a way out, each a book of its own. */
public enum Book {
    /** Charged on the phone bill, with the carrier. */
    CHARGE,
    /** Taken off the phone bill, with the carrier. */
    REFUND,
    /** Vouchers bought, with the issuer. */
    VOUCHER,
    /** Vouchers used, with the issuer. */
    VOUCHER_USED,
    /** Vouchers taken back unused, with the issuer. */
    VOUCHER_RETURNED,
    /** What the provider pays for a voucher. */
    REDEMPTION,
    /** The net amount transferred, with the bank. */
    PAYOUT,
    /** The full face value transferred back, with the bank. */
    PAY_BACK,
    /** Given back on a customer's request, by a carrier or an issuer. */
    GIVEN_BACK;

    /** The prefix of the identifier of what its entries are about. */
    String of() {
        return this == GIVEN_BACK ? "wo" : "co";
    }
}
