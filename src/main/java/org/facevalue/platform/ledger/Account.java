package org.facevalue.platform.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Currency;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;

/**
 * An account, named by what it is. It needs no opening: the first command that names it makes its row.
 *
 * @param subject whose it is: a party's code, or the UUID of a cash-out or wallet
 */
public record Account(Cell cell, AccountKind kind, String subject, Currency currency) {

    /** The row's key, derived from the name, so that the same account has the same key everywhere: a UUID of version 8 (RFC 9562, section 5.8). */
    public UUID id() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var hash = digest.digest(toString().getBytes(StandardCharsets.UTF_8));
            long high = bits(hash, 0) & ~0xF000L | 0x8000L;
            long low = bits(hash, 8) & ~(3L << 62) | 2L << 62;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** {@code carrier-receivable:noeul:KRW:0}. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
                + ":"
                + subject
                + ":"
                + currency.getCurrencyCode()
                + ":"
                + cell.number();
    }

    private static long bits(byte[] hash, int from) {
        long bits = 0;
        for (int i = from; i < from + 8; i++) bits = bits << 8 | (hash[i] & 0xff);
        return bits;
    }
}
