/**
 * Envelope encryption of what is secret or personal, blind indexes to find it again, and the platform's signing key. Owns no table but the folder
 * of keys. Keeps: no secret is written anywhere in clear. Read {@link org.facevalue.platform.crypto.Vault} first.
 */
@ApplicationModule(
        displayName = "Crypto",
        allowedDependencies = {})
@NullMarked
package org.facevalue.platform.crypto;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
