package org.facevalue.platform.wayout;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.facevalue.platform.cashout.CashOutId;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.PhoneLine.LineId;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a customer has bought and wants to undo: made here, or as they have entered it.
 *
 * @param line whose bill it is on, or null where it was paid otherwise
 * @param cashOut that it was made by, or null
 * @param seller as the bill names it
 * @param article what was bought, in the customer's words
 * @param number the charge's on the bill, or the voucher's where it is on none
 * @param boughtOn in the zone of the served jurisdiction
 * @param voucher what is known of it where the article is one, or null
 */
public record Purchase(
        PurchaseId id,
        CustomerId customer,
        Cell cell,
        @Nullable LineId line,
        @Nullable CashOutId cashOut,
        String seller,
        String article,
        String number,
        LocalDate boughtOn,
        Money amount,
        @Nullable Voucher voucher) {

    public record PurchaseId(UUID value) implements Id {
        @Override
        public String prefix() {
            return "pu";
        }
    }

    /**
     * A voucher.
     *
     * @param issuer its code
     * @param expiresOn the last day of its validity
     * @param faceValue what it was worth when it was bought, whatever was paid for it
     * @param balance what is left on it; at most its face value
     */
    public record Voucher(String issuer, LocalDate expiresOn, Money faceValue, Money balance) {}

    /** Whether it was charged by us. */
    public boolean isMadeHere() {
        return cashOut != null;
    }

    public boolean isOnBill() {
        return line != null;
    }

    /** What of it is left: all, where it is no voucher. */
    public Money left() {
        return voucher == null ? amount : voucher.balance();
    }

    /** Of the voucher; what was charged, where it is none. */
    Money faceValue() {
        return voucher == null ? amount : voucher.faceValue();
    }

    boolean isUntouched() {
        return left().equals(faceValue());
    }

    /** What a whole refund of {@code kind} is: all of what nobody has authorised, else the price of what is left; but an issuer pays what is left on a voucher that was used. */
    Money refundable(Kind kind) {
        if (isUntouched() || kind == Kind.CORRECTION) return amount;
        if (!kind.isByCarrier()) return left();
        return new Money(
                Math.ceilDiv(
                        Math.multiplyExact(amount.minor(), left().minor()), faceValue().minor()),
                amount.currency());
    }

    /** In whole hundredths of the face value, rounded down: a share that has to be used is used only when it is. But what is touched is not 0. */
    long usedPercent() {
        if (isUntouched()) return 0;
        var used = faceValue().minus(left()).minor();
        return Math.max(1, used * 100 / faceValue().minor());
    }

    long ageDays(LocalDate today) {
        return ChronoUnit.DAYS.between(boughtOn, today);
    }

    boolean isExpired(LocalDate today) {
        return voucher != null && today.isAfter(voucher.expiresOn());
    }

    @Override
    public String toString() {
        return id.shown();
    }
}
