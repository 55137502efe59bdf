package org.facevalue.platform.money;

import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Money on the wire: {@code {"amount": 50000, "currency": "KRW"}}, an integer in the minor unit of the currency.
 *
 * @param amount 0 to 2^53 − 1
 * @param currency ISO 4217, upper case
 */
public record MoneyJson(@Nullable Long amount, @Nullable String currency) {

    public static MoneyJson of(Money money) {
        return new MoneyJson(money.minor(), money.currency().getCurrencyCode());
    }

    /** Empty when this is no amount of {@code expected}, or out of range. */
    public Optional<Money> in(Currency expected) {
        if (amount == null || amount < 0 || amount > Money.LARGEST) return Optional.empty();
        if (!expected.getCurrencyCode().equals(currency)) return Optional.empty();
        return Optional.of(new Money(amount, expected));
    }
}
