package org.facevalue.platform.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A no on its way to the caller. Thrown by the web packages only, where nothing has been changed; inside the house a refusal is a value.
 *
 * <p>It tells the caller whether trying again helps: by default never, since the same request would get the same answer.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ProblemCode code;
    private final transient Map<String, Object> facts = new LinkedHashMap<>();
    private final transient List<FieldError> errors = new ArrayList<>();
    private MoneyState moneyState = MoneyState.NOT_CHARGED;
    private String retry = "never";

    public Problem(ProblemCode code) {
        super(code.code(), null, false, false);
        this.code = code;
    }

    /** @param pointer a JSON pointer (RFC 6901) to the bad field */
    public record FieldError(String pointer, String code) {}

    /** A bad field of the request's body or query. */
    public static Problem field(String pointer, String why) {
        return new Problem(ProblemCode.INVALID_FIELD).at(pointer, why);
    }

    public Problem at(String pointer, String why) {
        errors.add(new FieldError(pointer, why));
        return this;
    }

    /** Adds an extension member, snake_case. */
    public Problem with(String name, Object value) {
        facts.put(name, value);
        return this;
    }

    public Problem money(MoneyState state) {
        moneyState = state;
        return this;
    }

    /** @param how {@code same_key} or {@code after} */
    public Problem retry(String how) {
        retry = how;
        return this;
    }

    public ProblemCode code() {
        return code;
    }

    public Map<String, Object> facts() {
        return facts;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public MoneyState moneyState() {
        return moneyState;
    }

    public String retry() {
        return retry;
    }
}
