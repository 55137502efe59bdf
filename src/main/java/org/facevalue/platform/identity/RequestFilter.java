package org.facevalue.platform.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.problem.MoneyState;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.problem.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.web.filter.OncePerRequestFilter;

/** The first thing a request meets: it gets a number, must be meant for this host and must not be too large. */
final class RequestFilter extends OncePerRequestFilter {
    private static final int LARGEST_BODY = 64 * 1024;

    /** Of a request that brings a file of at most 512 KiB, with what stands around it in a form. */
    private static final int LARGEST_WITH_FILE = 520 * 1024;

    private static final Pattern WITH_FILE =
            Pattern.compile("(/api/v1)?/purchases(/[^/]+/evidence)?");

    static int largest(HttpServletRequest request) {
        boolean file =
                WITH_FILE.matcher(request.getRequestURI()).matches()
                        && !String.valueOf(request.getContentType()).startsWith("application/json");
        return file ? LARGEST_WITH_FILE : LARGEST_BODY;
    }

    private static final Logger LOG = LoggerFactory.getLogger(RequestFilter.class);
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
            else if (request.getContentLengthLong() > largest(request))
                problems.write(request, response, new Problem(ProblemCode.TOO_LARGE));
            else chain.doFilter(request, response);
        } catch (DataAccessException e) {
            // In a filter, before any of our handlers: who calls, and whether this was asked
            // before, is
            // in the database.
            LOG.warn("the database does not answer: {}", String.valueOf(e));
            if (response.isCommitted()) throw e;
            problems.write(
                    request,
                    response,
                    new Problem(ProblemCode.UNAVAILABLE).money(MoneyState.UNKNOWN).retry("after"));
        } finally {
            MDC.remove(Problems.REQUEST_ID);
        }
    }
}
