package org.facevalue.platform.outside;

import java.util.UUID;
import org.facevalue.platform.identifier.Cell;

/**
 * A due row, leased to whoever claimed it.
 *
 * @param failures how often it was claimed since something was last recorded of it, this time included
 */
public record Claim(Cell cell, UUID id, int failures) {}
