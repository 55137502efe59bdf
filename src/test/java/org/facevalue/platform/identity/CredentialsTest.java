package org.facevalue.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    private static final String SECRET =
            new Base32()
                    .encodeToString(
                            "12345678901234567890"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    @Test
    void codes_are_those_of_rfc_6238() {
        // Appendix B, SHA-1, the last six of the eight digits.
        assertThat(Totp.code(SECRET, Instant.ofEpochSecond(59))).isEqualTo("287082");
        assertThat(Totp.code(SECRET, Instant.ofEpochSecond(1_111_111_109L))).isEqualTo("081804");
        assertThat(Totp.code(SECRET, Instant.ofEpochSecond(20_000_000_000L))).isEqualTo("353130");
    }

    @Test
    void a_code_works_once_and_only_near_its_time() {
        var now = Instant.ofEpochSecond(59);
        var step = Totp.step(SECRET, "287082", now, 0);
        assertThat(step).hasValue(1);
        assertThat(Totp.step(SECRET, "287082", now, 1)).isEmpty();
        assertThat(Totp.step(SECRET, "287082", now.plusSeconds(30), 0)).hasValue(1);
        assertThat(Totp.step(SECRET, "287082", now.plusSeconds(90), 0)).isEmpty();
    }

    @Test
    void a_password_needs_eight_characters_and_must_not_be_easy_to_guess() {
        assertThat(Passwords.acceptable("short", "minji")).isFalse();
        assertThat(Passwords.acceptable("password", "minji")).isFalse();
        assertThat(Passwords.acceptable("facevalue1", "minji")).isFalse();
        assertThat(Passwords.acceptable("minji-minji", "minji-minji")).isFalse();
        assertThat(Passwords.acceptable("초록 우산 아홉 개를 들고", "minji")).isTrue();
        assertThat(Passwords.acceptable("x".repeat(257), "minji")).isFalse();
    }

    @Test
    void nobody_has_no_password() {
        assertThat(Passwords.matches("anything", java.util.Optional.empty())).isFalse();
        assertThat(
                        Passwords.matches(
                                "right horse",
                                java.util.Optional.of(Passwords.hash("right horse"))))
                .isTrue();
        assertThat(
                        Passwords.matches(
                                "wrong horse",
                                java.util.Optional.of(Passwords.hash("right horse"))))
                .isFalse();
    }

    @Test
    void a_key_under_which_anybody_can_sign_is_no_device_key() {
        for (int first : new int[] {0, 1}) {
            var key = new byte[32];
            key[0] = (byte) first;
            for (int sign : new int[] {0, 0x80}) {
                key[31] = (byte) sign;
                assertThat(DeviceKeys.parse(java.util.Base64.getUrlEncoder().encodeToString(key)))
                        .isEmpty();
            }
        }
        assertThat(DeviceKeys.parse("AAAA")).isEmpty();
        assertThat(DeviceKeys.parse("not base64url!")).isEmpty();
    }
}
