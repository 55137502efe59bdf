package org.facevalue.platform.identity;

import jakarta.servlet.http.HttpServletRequest;

/** Marks an answer that shows a secret: it is kept under no idempotency key, and the same request again has to prove itself again. */
public final class NotKept {
    private static final String MARK = NotKept.class.getName();

    private NotKept() {}

    /** The answer to {@code request} shows a secret. */
    public static void answer(HttpServletRequest request) {
        request.setAttribute(MARK, true);
    }

    static boolean is(HttpServletRequest request) {
        return request.getAttribute(MARK) != null;
    }
}
