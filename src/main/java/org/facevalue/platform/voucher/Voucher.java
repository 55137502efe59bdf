package org.facevalue.platform.voucher;

import java.time.LocalDate;
import java.util.UUID;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A gift card bought for one caller.
 *
 * @param reference what the issuer knows it by: the caller's identifier
 * @param code sealed; empty until issued
 * @param expiresOn in the issuer's zone; empty until issued
 */
public record Voucher(
        Cell cell,
        UUID caller,
        String product,
        Money faceValue,
        String status,
        @Nullable Sealed code,
        @Nullable LocalDate expiresOn) {
    public String reference() {
        return caller.toString();
    }

    /** What an issuer hands over. */
    public record Issued(String code, LocalDate expiresOn) {
        @Override
        public String toString() {
            return "a voucher that expires on " + expiresOn;
        }
    }
}
