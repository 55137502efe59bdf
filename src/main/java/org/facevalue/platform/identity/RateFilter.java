package org.facevalue.platform.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * How many requests a second one caller may make, or where nobody signed in one address; each node counts for itself. Says so with every answer
 * (draft-ietf-httpapi-ratelimit-headers). What is read by everybody, style and script, is not counted.
 */
final class RateFilter extends OncePerRequestFilter {
    private static final int MOST_CALLERS = 100_000;
    private static final int SECONDS_OF_BURST = 3;
    private static final int DEAR_COST = 20;
    private static final Set<String> DEAR =
            Set.of(
                    "/sign-in",
                    "/staff/sign-in",
                    "/sign-up",
                    "/account/device-keys",
                    "/api/v1/device-keys");
    private final ProblemWriter problems;
    private final long perSecond;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder()
                    .maximumSize(MOST_CALLERS)
                    .expireAfterAccess(Duration.ofMinutes(10))
                    .build();

    RateFilter(ProblemWriter problems, long perSecond) {
        this.problems = problems;
        this.perSecond = perSecond;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = request.getRequestURI();
        return path.startsWith("/css/") || path.startsWith("/js/") || path.startsWith("/img/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var probe =
                buckets.get(who(request), who -> bucket())
                        .tryConsumeAndReturnRemaining(cost(request));
        response.setHeader(
                "RateLimit-Policy",
                String.format(Locale.ROOT, "\"default\";q=%d;w=%d", most(), SECONDS_OF_BURST));
        response.setHeader(
                "RateLimit",
                String.format(
                        Locale.ROOT,
                        "\"default\";r=%d;t=%d",
                        probe.getRemainingTokens(),
                        SECONDS_OF_BURST));
        if (probe.isConsumed()) chain.doFilter(request, response);
        else
            problems.write(
                    request, response, new Problem(ProblemCode.TOO_MANY_REQUESTS).retry("after"));
    }

    /** Whoever wants a password looked at takes much of this node for it. */
    private static long cost(HttpServletRequest request) {
        return request.getMethod().equals("POST") && DEAR.contains(request.getRequestURI())
                ? DEAR_COST
                : 1;
    }

    private long most() {
        return perSecond * SECONDS_OF_BURST;
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(
                        limit ->
                                limit.capacity(most())
                                        .refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }

    private static String who(HttpServletRequest request) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? "caller " + caller.login()
                : "address " + request.getRemoteAddr();
    }
}
