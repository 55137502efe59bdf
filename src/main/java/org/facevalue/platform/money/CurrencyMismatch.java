package org.facevalue.platform.money;

import java.util.Currency;

/** Two amounts of different currencies met; there is no exchange anywhere, so this is a bug of the caller. */
public final class CurrencyMismatch extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    CurrencyMismatch(Currency wanted, Currency got) {
        super("wanted " + wanted.getCurrencyCode() + ", got " + got.getCurrencyCode());
    }
}
