package org.facevalue.platform.identity;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Passwords by NIST SP 800-63B-4, section 3.1.1: at least 8 characters beside a second factor, at least 64 accepted, none that is guessed easily, no rules of composition. */
final class Passwords {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 256;
    private static final int LEAST_SCORE = 2;
    private static final int WAIT_SECONDS = 3;
    private static final Semaphore ROOM = new Semaphore(4);
    private static final Zxcvbn ZXCVBN = new Zxcvbn();
    private static final Argon2PasswordEncoder ARGON2 =
            Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();

    /** Compared when there is no such login, so that the answer takes as long. */
    private static final String NOBODY = ARGON2.encode("nobody has this password");

    private Passwords() {}

    /** Whether it may be taken. Length counts code points. */
    static boolean acceptable(String password, String name) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) return false;
        // Only the beginning is measured: the estimate's time grows with the square of the length.
        var head = password.substring(0, Math.min(password.length(), 64));
        return ZXCVBN.measure(head, java.util.List.of(name, "facevalue")).getScore() >= LEAST_SCORE;
    }

    static String hash(String password) {
        return atMost(() -> ARGON2.encode(password));
    }

    static boolean matches(String password, java.util.Optional<String> hash) {
        return atMost(() -> ARGON2.matches(password, hash.orElse(NOBODY))) && hash.isPresent();
    }

    /** Each hash takes 16 MB while it is made: only so many at once, and whoever cannot be served soon is told to come again. */
    private static <T> T atMost(Supplier<T> hashing) {
        try {
            if (!ROOM.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS))
                throw new Problem(ProblemCode.UNAVAILABLE).retry("after");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.UNAVAILABLE).retry("after");
        }
        try {
            return hashing.get();
        } finally {
            ROOM.release();
        }
    }
}
