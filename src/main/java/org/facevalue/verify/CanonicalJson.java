package org.facevalue.verify;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON Canonicalization Scheme (RFC 8785) for what Facevalue signs: objects, arrays, strings, booleans and whole numbers up to 2^53 − 1. There
 * are no fractions in anything signed, so the part of the scheme that prints them is not here: a fraction is refused.
 */
public final class CanonicalJson {
    private static final long LARGEST = (1L << 53) - 1;

    private CanonicalJson() {}

    /** @throws IllegalArgumentException for a value that is none of the above */
    public static byte[] bytes(Map<String, ?> object) {
        var out = new StringBuilder();
        write(object, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Object value, StringBuilder out) {
        switch (value) {
            case Map<?, ?> map -> object(map, out);
            case List<?> list -> array(list, out);
            case String text -> string(text, out);
            case Boolean truth -> out.append(truth);
            case Integer number -> out.append(number);
            case Long number when Math.abs(number) <= LARGEST -> out.append(number);
            default -> throw new IllegalArgumentException("not canonical: " + value);
        }
    }

    private static void object(Map<?, ?> map, StringBuilder out) {
        // Section 3.2.3: by UTF-16 code units, which is how Java compares strings.
        var sorted = new TreeMap<String, Object>();
        map.forEach((name, value) -> sorted.put((String) name, value));
        var separator = "{";
        if (sorted.isEmpty()) out.append('{');
        for (var entry : sorted.entrySet()) {
            out.append(separator);
            string(entry.getKey(), out);
            out.append(':');
            write(entry.getValue(), out);
            separator = ",";
        }
        out.append('}');
    }

    private static void array(List<?> list, StringBuilder out) {
        out.append('[');
        var separator = "";
        for (var value : list) {
            out.append(separator);
            write(value, out);
            separator = ",";
        }
        out.append(']');
    }

    /** Section 3.2.2.2: the shortest escapes, and only where JSON needs one. */
    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) out.append(String.format("\\u%04x", (int) c));
                    else out.append(c);
                }
            }
        }
        out.append('"');
    }
}
