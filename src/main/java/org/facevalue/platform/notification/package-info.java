/**
 * Tells customers and staff what has happened, in their language: a text through the line's carrier, an e-mail over SMTP. Owns {@code message_out} and
 * {@code message_feed}. Keeps: what the journal says is told once, and what could not be told is seen with its age. Read {@link
 * org.facevalue.platform.notification.Tidings} first.
 */
@ApplicationModule(
        displayName = "Notification",
        allowedDependencies = {
            "identifier",
            "crypto",
            "journal",
            "ledger",
            "outside",
            "time",
            "wording",
            "identity",
            "customer",
            "jurisdiction",
            "carrier",
            "wayout"
        })
@NullMarked
package org.facevalue.platform.notification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
