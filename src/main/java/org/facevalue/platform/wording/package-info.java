/**
 * How amounts, days and spans of time are written for people, in each language. Owns no table. Keeps: one value has one form, on pages, in messages
 * and in documents. Read {@link org.facevalue.platform.wording.Wording} first.
 */
@ApplicationModule(
        displayName = "Wording",
        allowedDependencies = {"money"})
@NullMarked
package org.facevalue.platform.wording;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
