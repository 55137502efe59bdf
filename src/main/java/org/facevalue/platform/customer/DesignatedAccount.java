package org.facevalue.platform.customer;

import java.util.UUID;
import org.facevalue.platform.identifier.Id;

/**
 * The customer's own bank account, its holder confirmed by the bank: the only place that money is paid out to.
 *
 * @param holder the name as the bank has it
 */
public record DesignatedAccount(AccountId id, CustomerId customer, String number, String holder) {

    public record AccountId(UUID value) implements Id {
        @Override
        public String prefix() {
            return "da";
        }
    }

    /** {@code ****-**-3021}. */
    public String masked() {
        return "****-**-" + number.substring(number.length() - 4);
    }

    /** {@code 홍*동}: the first and last character of a name stay. */
    public String maskedHolder() {
        int[] points = holder.codePoints().toArray();
        if (points.length < 2) return holder;
        for (int i = 1; i < Math.max(2, points.length - 1); i++)
            if (points[i] != ' ') points[i] = '*';
        return new String(points, 0, points.length);
    }

    @Override
    public String toString() {
        return id.shown();
    }
}
