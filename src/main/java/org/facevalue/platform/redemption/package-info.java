/**
 * The licensed act: a voucher turned into money by a provider. Owns {@code redemption}. Keeps: one redemption a caller. Read
 * {@link org.facevalue.platform.redemption.Redemptions} first.
 */
@ApplicationModule(
        displayName = "Redemption",
        allowedDependencies = {"identifier", "money", "ledger", "outside", "provider"})
@NullMarked
package org.facevalue.platform.redemption;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
