/**
 * The garden beside the house: invented carriers, issuers, providers and a bank, each with books of its own, in one process that is reached over
 * HTTP only. A plain server without Spring; it knows nothing of the platform but its public API. Read {@link org.facevalue.sandbox.Sandbox} first.
 */
@NullMarked
package org.facevalue.sandbox;

import org.jspecify.annotations.NullMarked;
