package org.facevalue.platform.identity;

/** Why somebody of the staff does something: a sentence, not a letter and not a file. */
public final class Reason {
    public static final int SHORTEST = 5;
    public static final int LONGEST = 500;

    private Reason() {}

    /** Whether {@code words}, without space around them, are one. */
    public static boolean isOne(String words) {
        return words.length() >= SHORTEST && words.length() <= LONGEST;
    }
}
