/** The doors of {@code guard}. */
@NullMarked
package org.facevalue.platform.guard.web;

import org.jspecify.annotations.NullMarked;
