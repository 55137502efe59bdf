/** The doors of {@code site}, and the frame that all templates are drawn in. */
@NullMarked
package org.facevalue.platform.site.web;

import org.jspecify.annotations.NullMarked;
