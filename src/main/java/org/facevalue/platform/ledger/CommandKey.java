package org.facevalue.platform.ledger;

import org.facevalue.platform.identifier.Cell;

/**
 * What makes a repeat of a command harmless. Derived, never minted: {@code quote id/confirm}, {@code cash-out id/version}; it begins with a UUID of
 * version 7, so that the index over it stays ordered by time. Two commands that are not the same have two keys.
 */
public record CommandKey(Cell cell, String key) {
    public CommandKey {
        if (key.isBlank() || key.length() > 120)
            throw new IllegalArgumentException("not a command key: " + key);
    }
}
