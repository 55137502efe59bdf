package org.facevalue.platform.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.Problems;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/** Writes a problem from a filter, where no controller's advice reaches. */
@Component
final class ProblemWriter {
    private final Problems problems;
    private final LocaleResolver languages;
    private final JsonMapper json;

    ProblemWriter(Problems problems, LocaleResolver languages, JsonMapper json) {
        this.problems = problems;
        this.languages = languages;
        this.json = json;
    }

    void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        response.setStatus(problem.code().status());
        response.setContentType("application/problem+json");
        if (problem.retry().equals("after")) response.setHeader("Retry-After", "1");
        response.getOutputStream()
                .write(
                        json.writeValueAsBytes(
                                problems.body(problem, languages.resolveLocale(request))));
    }
}
