/** The doors of {@code desk}. */
@NullMarked
package org.facevalue.platform.desk.web;

import org.jspecify.annotations.NullMarked;
