/** The doors of {@code carrier}. */
@NullMarked
package org.facevalue.platform.carrier.web;

import org.jspecify.annotations.NullMarked;
