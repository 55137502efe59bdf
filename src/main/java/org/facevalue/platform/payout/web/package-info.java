/** The doors of {@code payout}. */
@NullMarked
package org.facevalue.platform.payout.web;

import org.jspecify.annotations.NullMarked;
