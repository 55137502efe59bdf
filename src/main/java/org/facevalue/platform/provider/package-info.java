/**
 * The register of authorised providers: status, and until when the licence is valid. Owns {@code provider}. Keeps: whoever is not authorised at this
 * minute is not there. Read {@link org.facevalue.platform.provider.Providers} first.
 */
@ApplicationModule(
        displayName = "Provider",
        allowedDependencies = {"identifier", "money", "ledger"})
@NullMarked
package org.facevalue.platform.provider;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
