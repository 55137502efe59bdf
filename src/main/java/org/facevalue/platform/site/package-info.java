/**
 * The frame of every page, the public pages, and what needs several rooms at once: signing up, health. It composes and decides
 * nothing. Owns no table. Read {@link org.facevalue.platform.site.web.Frame} first.
 */
@ApplicationModule(
        displayName = "Site",
        allowedDependencies = {
            "identifier",
            "money",
            "crypto",
            "journal",
            "ledger",
            "outside",
            "time",
            "wording",
            "problem",
            "identity",
            "customer",
            "jurisdiction",
            "guard",
            "wallet",
            "carrier",
            "payout",
            "provider",
            "quote"
        })
@NullMarked
package org.facevalue.platform.site;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
