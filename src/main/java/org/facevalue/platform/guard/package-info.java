/**
 * May this move? Freezes. Owns {@code customer_freeze}. Keeps: every customer has one freeze row from the start, so that a freeze and a confirmation of the same
 * instant come one after the other. Read {@link org.facevalue.platform.guard.Freezes} first.
 */
@ApplicationModule(
        displayName = "Guard",
        allowedDependencies = {"identifier", "ledger", "time", "customer", "identity"})
@NullMarked
package org.facevalue.platform.guard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
