/**
 * Whether a route is lawful, by which rule, from which source. Owns no table: rule packs are data on the class path. Keeps: a permission comes from a
 * rule that names its source, and everything else is refused. Read {@link org.facevalue.platform.jurisdiction.Verdict} first.
 */
@ApplicationModule(
        displayName = "Jurisdiction",
        allowedDependencies = {})
@NullMarked
package org.facevalue.platform.jurisdiction;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
