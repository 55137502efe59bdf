package org.facevalue.platform.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns an API key or a session's cookie into the {@link Caller}. Where both come, the key counts. */
final class CredentialsFilter extends OncePerRequestFilter {
    static final String COOKIE = "__Host-session";
    private final Sessions sessions;
    private final ApiKeys apiKeys;

    CredentialsFilter(Sessions sessions, ApiKeys apiKeys) {
        this.sessions = sessions;
        this.apiKeys = apiKeys;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        caller(request)
                .ifPresent(
                        caller -> {
                            var context = SecurityContextHolder.createEmptyContext();
                            context.setAuthentication(
                                    new UsernamePasswordAuthenticationToken(
                                            caller,
                                            null,
                                            List.of(
                                                    new SimpleGrantedAuthority(
                                                            caller.role().authority()))));
                            SecurityContextHolder.setContext(context);
                        });
        chain.doFilter(request, response);
    }

    /** Whether the platform lives is told to everybody, and must not hang on the database where callers are looked up. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/health");
    }

    /** Server-sent events go on in further dispatches of the same request: they need the caller too. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private Optional<Caller> caller(HttpServletRequest request) {
        var key = bearer(request);
        if (key != null) return apiKeys.caller(key);
        var cookies = request.getCookies();
        if (cookies == null) return Optional.empty();
        for (Cookie cookie : cookies)
            if (cookie.getName().equals(COOKIE)) return sessions.caller(cookie.getValue());
        return Optional.empty();
    }

    static @Nullable String bearer(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        return header != null && header.startsWith("Bearer ")
                ? header.substring("Bearer ".length())
                : null;
    }
}
