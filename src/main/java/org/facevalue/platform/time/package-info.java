/**
 * The business clock: quotes, deadlines and billing days go by it, and in the sandbox it can be moved. Owns {@code business_clock}. Keeps: it never
 * goes backwards, and outside the sandbox it is the system's. Sign-in, tokens and leases go by the system's clock. Read
 * {@link org.facevalue.platform.time.BusinessClock} first.
 */
@ApplicationModule(
        displayName = "Time",
        allowedDependencies = {})
@NullMarked
package org.facevalue.platform.time;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
