package org.facevalue.platform.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.problem.Problems;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** The first thing a request meets: it gets a number, must be meant for this host and must not be too large. */
final class RequestFilter extends OncePerRequestFilter {
    static final int LARGEST_BODY = 64 * 1024;
    private final ProblemWriter problems;
    private final Ids ids;
    private final String host;

    RequestFilter(ProblemWriter problems, Ids ids, String host) {
        this.problems = problems;
        this.ids = ids;
        this.host = host;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var id = ids.next().toString();
        MDC.put(Problems.REQUEST_ID, id);
        response.setHeader("X-Request-Id", id);
        try {
            if (!request.getServerName().equals(host))
                problems.write(request, response, new Problem(ProblemCode.OTHER_HOST));
            else if (request.getContentLengthLong() > LARGEST_BODY)
                problems.write(request, response, new Problem(ProblemCode.TOO_LARGE));
            else chain.doFilter(request, response);
        } finally {
            MDC.remove(Problems.REQUEST_ID);
        }
    }
}
