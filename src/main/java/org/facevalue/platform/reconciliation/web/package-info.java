/** The staff's page of differences. */
@NullMarked
package org.facevalue.platform.reconciliation.web;

import org.jspecify.annotations.NullMarked;
