@NullMarked
package org.facevalue.platform.jurisdiction.web;

import org.jspecify.annotations.NullMarked;
