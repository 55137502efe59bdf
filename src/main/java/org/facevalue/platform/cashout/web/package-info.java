/** The doors of {@code cashout}. */
@NullMarked
package org.facevalue.platform.cashout.web;

import org.jspecify.annotations.NullMarked;
