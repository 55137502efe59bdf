package org.facevalue.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    @Test
    void members_are_sorted_by_utf_16_code_units() {
        // RFC 8785, section 3.2.3, the strings of its example.
        var sorted =
                text(
                        Map.of(
                                "\u20ac", "Euro Sign",
                                "\r", "Carriage Return",
                                "\ufb33", "Hebrew Letter Dalet With Dagesh",
                                "1", "One",
                                "\ud83d\ude00", "Emoji: Grinning Face",
                                "\u0080", "Control",
                                "\u00f6", "Latin Small Letter O With Diaeresis"));
        assertThat(sorted)
                .isEqualTo(
                        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"Latin Small Letter O With"
                                + " Diaeresis\",\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter"
                                + " Dalet With Dagesh\"}");
    }

    @Test
    void only_what_json_must_escape_is_escaped() {
        assertThat(text(Map.of("a", "\u000f\n\"\\/원")))
                .isEqualTo("{\"a\":\"\\u000f\\n\\\"\\\\/원\"}");
    }

    @Test
    void lists_numbers_and_truths_are_plain() {
        assertThat(text(Map.of("a", List.of(1, 2L, true), "b", Map.of())))
                .isEqualTo("{\"a\":[1,2,true],\"b\":{}}");
    }

    @Test
    void a_fraction_or_a_number_that_not_every_language_can_hold_is_refused() {
        assertThatThrownBy(() -> text(Map.of("a", 0.5)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text(Map.of("a", 1L << 53)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String text(Map<String, ?> object) {
        return new String(CanonicalJson.bytes(object), StandardCharsets.UTF_8);
    }
}
