/**
 * Exact amounts, rates and the two roundings. Owns no table. Keeps: an amount is never negative, never a fraction of a minor unit, and never mixed
 * with another currency. Read {@link org.facevalue.platform.money.Money} first.
 */
@ApplicationModule(
        displayName = "Money",
        allowedDependencies = {})
@NullMarked
package org.facevalue.platform.money;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
