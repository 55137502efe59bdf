package org.facevalue.platform.problem;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.MDC;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Writes a problem as {@code application/problem+json}, in the caller's language. */
@Component
public class Problems {
    /** The log context's name of the request's identifier. */
    public static final String REQUEST_ID = "request_id";

    private final MessageSource messages;

    Problems(MessageSource messages) {
        this.messages = messages;
    }

    public ResponseEntity<Map<String, Object>> answer(Problem problem, Locale language) {
        var answer =
                ResponseEntity.status(problem.code().status())
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.retry().equals("after")) answer.header("Retry-After", "1");
        return answer.body(body(problem, language));
    }

    public Map<String, Object> body(Problem problem, Locale language) {
        var code = problem.code().code();
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "/problems/" + code);
        body.put("title", words("problem." + code + ".title", language));
        body.put("status", problem.code().status());
        body.put("detail", words("problem." + code + ".detail", language));
        body.put("code", code);
        body.put("money_state", problem.moneyState().code());
        body.put("retry", problem.retry());
        if (!problem.errors().isEmpty()) body.put("errors", problem.errors());
        body.putAll(problem.facts());
        var request = MDC.get(REQUEST_ID);
        if (request != null) body.put(REQUEST_ID, request);
        return body;
    }

    private String words(String key, Locale language) {
        return messages.getMessage(key, null, language);
    }
}
