/**
 * Calls to other parties: the intention written before, the key that is sent, the answer that came; what they call back; the runner that claims due rows of any job; and
 * what waits for a person. Owns {@code
 * outside_call}, {@code callback_token}, {@code callback} and {@code matter}. Keeps: nothing is sent that was not written down first, and a time-out is
 * never taken for a no. Read {@link org.facevalue.platform.outside.Answer} first.
 */
@ApplicationModule(
        displayName = "Outside",
        allowedDependencies = {"identifier", "crypto", "ledger"})
@NullMarked
package org.facevalue.platform.outside;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
