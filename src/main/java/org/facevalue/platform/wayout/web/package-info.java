@NullMarked
package org.facevalue.platform.wayout.web;

import org.jspecify.annotations.NullMarked;
