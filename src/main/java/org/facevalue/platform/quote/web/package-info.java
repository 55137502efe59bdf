/** The doors of {@code quote}. */
@NullMarked
package org.facevalue.platform.quote.web;

import org.jspecify.annotations.NullMarked;
