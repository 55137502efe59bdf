package org.facevalue.platform.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.facevalue.platform.problem.MoneyState;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * The same key and body get the same answer; the same key with another body is refused; while the first still runs the second waits (the HTTP API
 * working group's draft on the Idempotency-Key header). Scope is the customer and the route, whatever credential is used.
 */
final class IdempotencyFilter extends OncePerRequestFilter {
    private static final int LONGEST_KEY = 200;
    private final IdempotencyRecords records;
    private final ProblemWriter problems;

    IdempotencyFilter(IdempotencyRecords records, ProblemWriter problems) {
        this.records = records;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int largest = RequestFilter.largest(request);
        var body = request.getInputStream().readNBytes(largest + 1);
        if (body.length > largest) {
            problems.write(request, response, new Problem(ProblemCode.TOO_LARGE));
            return;
        }
        var buffered = new Buffered(request, body);
        var key = request.getHeader("Idempotency-Key");
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null
                || !(authentication.getPrincipal() instanceof Caller caller)
                || key == null) {
            chain.doFilter(buffered, response);
            return;
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            problems.write(request, response, Problem.field("/Idempotency-Key", "length"));
            return;
        }
        var id = new IdempotencyRecords.Key(caller.subject(), request.getRequestURI(), key);
        switch (records.begin(id, Secret.sha256(body))) {
            case IdempotencyRecords.Begun.Mine mine -> run(id, buffered, response, chain);
            case IdempotencyRecords.Begun.OtherBody other ->
                    problems.write(
                            request, response, new Problem(ProblemCode.IDEMPOTENCY_KEY_REUSED));
            case IdempotencyRecords.Begun.Running running ->
                    problems.write(
                            request,
                            response,
                            new Problem(ProblemCode.REQUEST_RUNNING)
                                    .money(MoneyState.UNKNOWN)
                                    .retry("after"));
            case IdempotencyRecords.Begun.Answered answered -> replay(answered, response);
        }
    }

    private void run(
            IdempotencyRecords.Key id,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        var caught = new ContentCachingResponseWrapper(response);
        boolean whole = false;
        try {
            chain.doFilter(request, caught);
            whole = true;
        } finally {
            // An answer of 500 and up, or none, is no answer, and a secret is not kept: the next
            // try with this key runs again.
            if (whole
                    && caught.getStatus() < 500
                    && caught.getStatus() != 429
                    && !NotKept.is(request))
                records.answer(
                        id,
                        caught.getStatus(),
                        caught.getContentType(),
                        caught.getHeader("Location"),
                        caught.getContentAsByteArray());
            else records.forget(id);
        }
        caught.copyBodyToResponse();
    }

    private static void replay(
            IdempotencyRecords.Begun.Answered answered, HttpServletResponse response)
            throws IOException {
        response.setStatus(answered.status());
        response.setHeader("Idempotency-Replayed", "true");
        if (answered.contentType() != null) response.setContentType(answered.contentType());
        if (answered.location() != null) response.setHeader("Location", answered.location());
        response.getOutputStream().write(answered.body());
    }

    /** A request whose body was read already. */
    private static final class Buffered extends HttpServletRequestWrapper {
        private final byte[] body;

        Buffered(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            var in = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return in.read();
                }

                @Override
                public boolean isFinished() {
                    return in.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new IllegalStateException("read it at once, it is all here");
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(
                    new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
