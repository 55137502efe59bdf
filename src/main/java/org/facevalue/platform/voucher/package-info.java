/**
 * Issuers and their products: vouchers are bought, held sealed, and given back. Owns {@code voucher}. Keeps: one voucher a caller; its code is never
 * in clear outside a call. Read {@link org.facevalue.platform.voucher.Vouchers} first.
 */
@ApplicationModule(
        displayName = "Voucher",
        allowedDependencies = {"identifier", "money", "crypto", "ledger", "outside"})
@NullMarked
package org.facevalue.platform.voucher;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
