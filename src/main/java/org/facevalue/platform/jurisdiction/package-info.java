/**
 * Whether a route is lawful, by which rule, from which source. Owns {@code rule_pack}. Packs are folders of data, read and
 * checked at the start; which of them decides takes two of the staff. Keeps: a permission comes from a rule that names its source, every pack that a route touches is asked, the strictest wins, and
 * everything else is refused. Read {@link org.facevalue.platform.jurisdiction.Verdict} first.
 */
@ApplicationModule(
        displayName = "Jurisdiction",
        allowedDependencies = {"identifier", "identity", "ledger", "problem", "time"})
@NullMarked
package org.facevalue.platform.jurisdiction;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
