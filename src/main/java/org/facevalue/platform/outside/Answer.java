package org.facevalue.platform.outside;

import java.util.function.Function;

/**
 * What an outside party answered, in the only six ways that matter. A time-out, a broken body and an error of theirs are {@link Unknown}: they may
 * have done it.
 */
public sealed interface Answer<T> {
    /** They did it, or it is so. */
    record Done<T>(T value) implements Answer<T> {}

    /** They said no, and have done nothing. {@code code} is theirs. */
    record Declined<T>(String code) implements Answer<T> {
        public Declined {
            code = plain(code);
        }
    }

    /** They took it and are still at it. */
    record Pending<T>() implements Answer<T> {}

    /** Nobody knows; to be asked about, never repeated blindly. {@code why} is for the operator. */
    record Unknown<T>(String why) implements Answer<T> {
        public Unknown {
            why = plain(why);
        }
    }

    /**
     * They answered about something else than what was asked: another amount, another currency, somebody else's reference. As open as {@link Unknown}, and
     * for a person to see at once.
     */
    record Odd<T>(String why) implements Answer<T> {
        public Odd {
            why = plain(why);
        }
    }

    /** They do not know of it. A no only after their stated lag, and asked twice. */
    record Absent<T>() implements Answer<T> {}

    /** The same answer about something else: what was done is read anew, every other answer stays. */
    default <U> Answer<U> then(Function<T, Answer<U>> read) {
        return switch (this) {
            case Done<T>(var value) -> read.apply(value);
            case Declined<T>(var code) -> new Declined<>(code);
            case Pending<T> p -> new Pending<>();
            case Unknown<T>(var why) -> new Unknown<>(why);
            case Odd<T>(var why) -> new Odd<>(why);
            case Absent<T> a -> new Absent<>();
        };
    }

    /** Words of somebody else's: short, and without anything that is no text. */
    private static String plain(String words) {
        var text = words.replaceAll("\\p{Cntrl}|\\p{Cs}", " ");
        return text.length() <= 200 ? text : text.substring(0, 200);
    }

    /** As the operator reads it. */
    default String outcome() {
        return switch (this) {
            case Done<T> d -> "DONE";
            case Declined<T>(var code) -> "DECLINED " + code;
            case Pending<T> p -> "PENDING";
            case Unknown<T>(var why) -> "UNKNOWN " + why;
            case Odd<T>(var why) -> "ODD " + why;
            case Absent<T> a -> "ABSENT";
        };
    }
}
