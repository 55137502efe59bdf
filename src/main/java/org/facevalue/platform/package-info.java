/** The house. Only the main class lives at its root; the rooms are the packages below. */
@NullMarked
package org.facevalue.platform;

import org.jspecify.annotations.NullMarked;
