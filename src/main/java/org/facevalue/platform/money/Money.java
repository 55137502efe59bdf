package org.facevalue.platform.money;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/**
 * An exact amount, counted in the minor unit of its currency (ISO 4217: KRW 1 won, EUR 1 cent). Never negative: a balance, which may be, is
 * another type. Sums are exact or throw {@link ArithmeticException}; nothing here rounds unless told how.
 */
public record Money(long minor, Currency currency) implements Comparable<Money> {

    /** The largest amount that JSON carries exactly in every language: 2^53 − 1 (RFC 8259, section 6). */
    public static final long LARGEST = (1L << 53) - 1;

    private static final Currency KRW = Currency.getInstance("KRW");

    public Money {
        if (minor < 0) throw new ArithmeticException("an amount is never negative: " + minor);
    }

    public static Money won(long won) {
        return new Money(won, KRW);
    }

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    public boolean isZero() {
        return minor == 0;
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minor, in(currency, other)), currency);
    }

    /** @throws ArithmeticException when {@code other} is the larger one */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, in(currency, other)), currency);
    }

    /** That share of this amount; {@code rounding} says whom the lost fraction of a minor unit favours. */
    public Money share(BasisPoints rate, Rounding rounding) {
        return new Money(
                rounding.divide(Math.multiplyExact(minor, (long) rate.value()), 10_000), currency);
    }

    /**
     * Splits this amount by the given weights and loses nothing: each part gets its exact share rounded down, and the minor units left over go,
     * one each, to the first parts with a weight.
     *
     * @param weights none negative, at least one positive
     */
    public List<Money> allocate(List<Integer> weights) {
        long whole = 0;
        for (int weight : weights) {
            if (weight < 0) throw new ArithmeticException("a weight is never negative: " + weight);
            whole += weight;
        }
        if (whole == 0) throw new ArithmeticException("nobody to allocate to");
        var parts = new ArrayList<Long>();
        long left = minor;
        for (int weight : weights) {
            // high and low apart, so that minor × weight cannot overflow
            long part = (minor / whole) * weight + (minor % whole) * weight / whole;
            parts.add(part);
            left -= part;
        }
        for (int i = 0; left > 0; i = (i + 1) % parts.size()) {
            if (weights.get(i) == 0) continue;
            parts.set(i, parts.get(i) + 1);
            left--;
        }
        return parts.stream().map(part -> new Money(part, currency)).toList();
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minor, in(currency, other));
    }

    @Override
    public String toString() {
        return minor + " " + currency.getCurrencyCode();
    }

    private static long in(Currency wanted, Money other) {
        if (!other.currency.equals(wanted)) throw new CurrencyMismatch(wanted, other.currency);
        return other.minor;
    }
}
