/** The door: the verbs of {@code ./facevalue}, and the supervisor that runs PostgreSQL, platform and sandbox as its children. No Spring. */
@NullMarked
package org.facevalue.cli;

import org.jspecify.annotations.NullMarked;
