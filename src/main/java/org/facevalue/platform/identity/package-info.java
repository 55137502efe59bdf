/**
 * Who asks, and what they proved: logins, sessions, API keys, device keys, the step-up before money moves, and the idempotency of requests. Owns
 * {@code login}, {@code session}, {@code api_key}, {@code device_key}, {@code step_up_challenge}, {@code idempotency_record}, {@code approval} and {@code break_glass}. Keeps: nothing is
 * allowed that was not listed, and a proof for one payment can't be used for another. Read {@link org.facevalue.platform.identity.StepUp} first.
 */
@ApplicationModule(
        displayName = "Identity",
        allowedDependencies = {"identifier", "crypto", "journal", "ledger", "problem", "time"})
@NullMarked
package org.facevalue.platform.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
