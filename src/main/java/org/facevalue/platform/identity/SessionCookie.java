package org.facevalue.platform.identity;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/** The cookie of a session; its {@code __Host-} name binds it to this host and to secure origins (RFC 6265bis, section 4.1.3.2). */
public final class SessionCookie {
    private SessionCookie() {}

    public static void set(HttpServletResponse response, String token) {
        write(response, token, Sessions.LONGEST);
    }

    public static void clear(HttpServletResponse response) {
        write(response, "", Duration.ZERO);
    }

    private static void write(HttpServletResponse response, String value, Duration age) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(CredentialsFilter.COOKIE, value)
                        .path("/")
                        .secure(true)
                        .httpOnly(true)
                        .sameSite("Lax")
                        .maxAge(age)
                        .build()
                        .toString());
    }
}
