package org.facevalue.cli;

/** Something a person has to put right; its message says how. */
public final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Trouble(String message) {
        super(message);
    }
}
