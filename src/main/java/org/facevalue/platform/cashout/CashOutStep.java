package org.facevalue.platform.cashout;

/** What is asked of somebody else's system, one a state that has something to ask. */
public enum CashOutStep {
    CHARGE,
    VALIDATE,
    CONFIRM,
    ORDER_VOUCHER,
    REDEEM,
    TRANSFER,
    CANCEL,
    RETURN_VOUCHER,
    REFUND,
    PAY_BACK,
    RECALL
}
