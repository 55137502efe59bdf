package org.facevalue.platform.identity;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * So many requests at once and no more: whoever finds no room within a moment is told to come back, and those who are inside are served as fast as ever.
 * Whether the platform lives is answered always.
 */
final class CrowdFilter extends OncePerRequestFilter {
    private final ProblemWriter problems;
    private final Bulkhead room;

    /** @param wait for room */
    CrowdFilter(ProblemWriter problems, int atOnce, Duration wait) {
        this.problems = problems;
        this.room =
                Bulkhead.of(
                        "requests",
                        BulkheadConfig.custom()
                                .maxConcurrentCalls(atOnce)
                                .maxWaitDuration(wait)
                                .build());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = request.getRequestURI();
        return path.startsWith("/health") || path.equals("/metrics");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!room.tryAcquirePermission()) {
            problems.write(request, response, new Problem(ProblemCode.UNAVAILABLE).retry("after"));
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            room.onComplete();
        }
    }
}
