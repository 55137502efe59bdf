/**
 * Names of things: a typed prefix and a UUID of version 7, so that a person knows what was pasted and an index stays ordered by time. Owns no
 * table. Keeps: an identifier of one kind can't be taken for one of another. Read {@link org.facevalue.platform.identifier.Id} first.
 */
@ApplicationModule(
        displayName = "Identifier",
        allowedDependencies = {})
@NullMarked
package org.facevalue.platform.identifier;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
