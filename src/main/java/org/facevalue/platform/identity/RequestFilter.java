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

    /** Of a request that is a file. */
    private static final int LARGEST_FILE = 1024 * 1024;

    /** Of a form with a file, which waits on disk: whoever picks one that is too large is told so beside the field. */
    private static final int LARGEST_FORM = 4 * 1024 * 1024;

    private static final Pattern WITH_FILE =
            Pattern.compile("(/api/v1)?/purchases(/[^/]+/evidence)?");

    static int largest(HttpServletRequest request) {
        var type = String.valueOf(request.getContentType());
        if (!WITH_FILE.matcher(request.getRequestURI()).matches()
                || type.startsWith("application/json")) return LARGEST_BODY;
        return request.getRequestURI().startsWith("/api/") ? LARGEST_FILE : LARGEST_FORM;
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
