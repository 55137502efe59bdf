package org.facevalue.platform.identifier;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** An identifier as it is shown: a prefix of its kind, {@code _}, and the 32 hexadecimal digits of a UUID (RFC 9562). */
public interface Id {

    Pattern SHOWN = Pattern.compile("[a-z]{2}_[0-9a-f]{32}");

    UUID value();

    /** Two lower-case letters, without the underscore. */
    String prefix();

    /** As API, pages and people see it: {@code co_018f…}. */
    default String shown() {
        return prefix() + "_" + value().toString().replace("-", "");
    }

    /** The UUID in {@code text} when it is an identifier of the kind {@code prefix}, written exactly as {@link #shown()} writes it. */
    static Optional<UUID> parse(String prefix, String text) {
        if (!SHOWN.matcher(text).matches() || !text.startsWith(prefix + "_"))
            return Optional.empty();
        var hex = text.substring(prefix.length() + 1);
        return Optional.of(
                new UUID(
                        Long.parseUnsignedLong(hex.substring(0, 16), 16),
                        Long.parseUnsignedLong(hex.substring(16), 16)));
    }

    /** The kind that {@code text} claims to be, for the message that says what was pasted instead. */
    static Optional<String> kindOf(String text) {
        return SHOWN.matcher(text.toLowerCase(Locale.ROOT)).matches()
                ? Optional.of(text.substring(0, 2))
                : Optional.empty();
    }
}
