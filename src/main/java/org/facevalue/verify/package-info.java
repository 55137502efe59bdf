/**
 * What anyone needs to check what Facevalue signed, in pure Java over the JDK and nothing else: canonical JSON, digests, signatures. It stands
 * outside the house: it knows nothing of the platform, and an auditor can read all of it.
 */
@NullMarked
package org.facevalue.verify;

import org.jspecify.annotations.NullMarked;
