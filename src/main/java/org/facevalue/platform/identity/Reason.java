package org.facevalue.platform.identity;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;

/** Why somebody of the staff does something: a sentence, not a letter and not a file. */
public final class Reason {
    public static final int SHORTEST = 5;
    public static final int LONGEST = 500;

    private Reason() {}

    /** Whether {@code words}, without space around them, are one. */
    public static boolean isOne(String words) {
        return words.length() >= SHORTEST && words.length() <= LONGEST;
    }

    /** The same; where they are none, the page that is shown again says so by its status, too. */
    public static boolean isOne(String words, HttpServletResponse response) {
        boolean one = isOne(words);
        if (!one) response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return one;
    }
}
