/**
 * How Facevalue says no: the one list of problem codes and their form on the wire (RFC 9457). Owns no table. Keeps: every code has a status, words in
 * both languages and a page. Read {@link org.facevalue.platform.problem.ProblemCode} first.
 */
@ApplicationModule(
        displayName = "Problem",
        allowedDependencies = {})
@NullMarked
package org.facevalue.platform.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
