package org.facevalue.platform.ledger;

/**
 * The chart of accounts. Assets and losses stand on the debit side, what we owe and earn on the credit side; a balance is counted on its own side. A
 * floored account never goes below zero, holds included.
 */
public enum AccountKind {
    /** What a carrier owes us for charges on phone bills; subject: the carrier. */
    CARRIER_RECEIVABLE(Side.DEBIT, false),
    /** Vouchers bought and not yet redeemed, at face value; subject: the issuer. */
    VOUCHERS_HELD(Side.DEBIT, true),
    /** What a provider owes us for vouchers redeemed; subject: the provider. */
    PROVIDER_RECEIVABLE(Side.DEBIT, false),
    /** The safeguarding account at the bank; subject: the bank. */
    SAFEGUARDING_BANK(Side.DEBIT, false),
    /** What an outside party owes us after a failure; subject: the party. */
    CLAIM(Side.DEBIT, false),
    /** What nobody else pays: never the customer's. */
    OPERATOR_LOSS(Side.DEBIT, false),
    /** One cash-out's own account: every won of it stands here until its end; subject: the cash-out. */
    CASH_OUT(Side.CREDIT, true),
    /** A customer's wallet; subject: the wallet. */
    WALLET(Side.CREDIT, true),
    /** What we owe an issuer for vouchers; subject: the issuer. */
    ISSUER_PAYABLE(Side.CREDIT, false),
    /** The operator's fees, of paid cash-outs only. */
    FEE_INCOME(Side.CREDIT, false);

    /** The side on which an account grows. */
    public enum Side {
        DEBIT,
        CREDIT
    }

    private final Side side;
    private final boolean floored;

    AccountKind(Side side, boolean floored) {
        this.side = side;
        this.floored = floored;
    }

    public Side side() {
        return side;
    }

    public boolean floored() {
        return floored;
    }
}
