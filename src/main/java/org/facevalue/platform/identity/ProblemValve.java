package org.facevalue.platform.identity;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.problem.Problems;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What Tomcat refuses by itself, before any of our filters sees it (an encoded slash or NUL in a path), is a problem like every other. */
final class ProblemValve extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;
    private final ProblemWriter problems;
    private final Ids ids;

    ProblemValve(ProblemWriter problems, Ids ids) {
        this.problems = problems;
        this.ids = ids;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable why) {
        int status = response.getStatus();
        if (status < CLIENT_ERROR || response.getContentWritten() > 0) return;
        if (!response.setErrorReported()) return;
        var code =
                status < SERVER_ERROR ? ProblemCode.MALFORMED_REQUEST : ProblemCode.INTERNAL_ERROR;
        var id = ids.next().toString();
        try (var known = MDC.putCloseable(Problems.REQUEST_ID, id)) {
            response.setHeader("X-Request-Id", id);
            problems.write(request.getRequest(), response.getResponse(), new Problem(code));
            response.finishResponse();
        } catch (IOException e) {
            LOG.debug("whoever asked has gone", e);
        }
    }
}
