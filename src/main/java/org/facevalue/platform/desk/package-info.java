/**
 * The staff's desk: what waits for a person, any cash-out and any way out with its whole story, and the few things a person may do about it, each with a reason. Owns
 * {@code desk_note}. Keeps: nothing is done here without a note that says who and why, and nothing is posted but what an
 * edge of a state machine posts. Read {@link
 * org.facevalue.platform.desk.Desk} first.
 */
@ApplicationModule(
        displayName = "Desk",
        allowedDependencies = {
            "identifier",
            "crypto",
            "journal",
            "ledger",
            "outside",
            "time",
            "problem",
            "identity",
            "quote",
            "cashout",
            "wayout",
            "notification"
        })
@NullMarked
package org.facevalue.platform.desk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
