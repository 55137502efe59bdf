/** The doors of {@code identity}. */
@NullMarked
package org.facevalue.platform.identity.web;

import org.jspecify.annotations.NullMarked;
