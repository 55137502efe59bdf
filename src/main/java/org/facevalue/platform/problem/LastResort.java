package org.facevalue.platform.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What was turned away before any controller saw it (an address with a dot-dot, a broken header) gets a problem all the same. */
@Controller
class LastResort implements ErrorController {
    private final Problems problems;

    LastResort(Problems problems) {
        this.problems = problems;
    }

    @RequestMapping("/error")
    ResponseEntity<Map<String, Object>> error(HttpServletRequest request, Locale language) {
        int status =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                        ? code
                        : 404;
        var code =
                switch (status) {
                    case 401 -> ProblemCode.UNAUTHENTICATED;
                    case 403 -> ProblemCode.NOT_PERMITTED;
                    case 404 -> ProblemCode.NOT_FOUND;
                    case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
                    case 413 -> ProblemCode.TOO_LARGE;
                    default ->
                            status / 100 == 4
                                    ? ProblemCode.MALFORMED_REQUEST
                                    : ProblemCode.INTERNAL_ERROR;
                };
        return problems.answer(
                new Problem(code).money(status < 500 ? MoneyState.NOT_CHARGED : MoneyState.UNKNOWN),
                language);
    }
}
