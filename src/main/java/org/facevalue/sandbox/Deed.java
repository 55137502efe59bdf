package org.facevalue.sandbox;

/** What an outside party is asked to do; {@link #ASK} is every question. */
enum Deed {
    CHARGE,
    VALIDATE,
    CONFIRM,
    CANCEL,
    REFUND,
    VOUCHER,
    VOUCHER_RETURN,
    REDEMPTION,
    PAYOUT,
    RECALL,
    UNDO,
    TEXT,
    ASK,
    TOKEN
}
