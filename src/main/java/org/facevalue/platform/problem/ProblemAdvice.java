package org.facevalue.platform.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Whatever goes wrong on the way becomes a problem with a code; nothing of the inside is told. */
@ControllerAdvice
class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private final Problems problems;

    ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    Object problem(Problem problem, HttpServletRequest request, Locale language) {
        return answer(request, problem, language);
    }

    @ExceptionHandler
    Object body(HttpMessageNotReadableException e, HttpServletRequest request, Locale language) {
        return answer(
                request,
                switch (e.getCause()) {
                    case UnrecognizedPropertyException unknown ->
                            new Problem(ProblemCode.UNKNOWN_FIELD).at(pointer(unknown), "unknown");
                    case JacksonException bad when !bad.getPath().isEmpty() ->
                            Problem.field(pointer(bad), "wrong-type");
                    case null, default -> new Problem(ProblemCode.MALFORMED_REQUEST);
                },
                language);
    }

    @ExceptionHandler
    Object parameter(
            MethodArgumentTypeMismatchException e, HttpServletRequest request, Locale language) {
        return answer(request, Problem.field("/" + e.getName(), "wrong-type"), language);
    }

    @ExceptionHandler
    Object database(DataAccessException e, HttpServletRequest request, Locale language) {
        LOG.warn("the database does not answer as it should", e);
        return answer(
                request,
                new Problem(ProblemCode.UNAVAILABLE).money(MoneyState.UNKNOWN).retry("after"),
                language);
    }

    @ExceptionHandler
    Object other(Exception e, HttpServletRequest request, Locale language) {
        if (e instanceof ErrorResponse known) {
            var code =
                    switch (known.getStatusCode().value()) {
                        case 404 -> ProblemCode.NOT_FOUND;
                        case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
                        case 406 -> ProblemCode.NOT_ACCEPTABLE;
                        case 413 -> ProblemCode.TOO_LARGE;
                        case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
                        default -> ProblemCode.MALFORMED_REQUEST;
                    };
            return answer(request, new Problem(code), language);
        }
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return answer(
                request,
                new Problem(ProblemCode.INTERNAL_ERROR).money(MoneyState.UNKNOWN),
                language);
    }

    /** JSON for programs, a page for people. */
    private Object answer(HttpServletRequest request, Problem problem, Locale language) {
        if (request.getRequestURI().startsWith("/api/")) return problems.answer(problem, language);
        var page = new ModelAndView("site/problem", Map.of("problem", problem));
        page.setStatus(HttpStatusCode.valueOf(problem.code().status()));
        return page;
    }

    private static String pointer(JacksonException e) {
        return e.getPath().stream()
                .map(
                        step ->
                                step.getPropertyName() == null
                                        ? String.valueOf(step.getIndex())
                                        : step.getPropertyName())
                .collect(Collectors.joining("/", "/", ""));
    }
}
