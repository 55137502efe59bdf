package org.facevalue.platform.problem;

import java.util.Locale;
import java.util.Optional;

/** Every code there is, with its HTTP status. Stable: a code is never given another meaning. Words are in the message bundles under {@code problem.}. */
public enum ProblemCode {
    MALFORMED_REQUEST(400),
    INVALID_FIELD(400),
    UNKNOWN_FIELD(400),
    WRONG_IDENTIFIER(400),
    IDEMPOTENCY_KEY_MISSING(400),
    UNAUTHENTICATED(401),
    SIGN_IN_FAILED(401),
    NOT_PERMITTED(403),
    STEP_UP_REQUIRED(403),
    STEP_UP_FAILED(403),
    CHALLENGE_EXPIRED(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    QUOTE_EXPIRED(409),
    QUOTE_USED(409),
    RULES_CHANGED(409),
    NOT_CANCELLABLE(409),
    NO_CODE_WANTED(409),
    NO_CHOICE_OPEN(409),
    STILL_SETTLING(409),
    NO_VOUCHER_KEPT(409),
    REQUEST_RUNNING(409),
    ALREADY_TAKEN(409),
    TOO_LATE(409),
    OWN_APPROVAL(409),
    NOT_SETTLED(409),
    PACK_NOT_YET(409),
    PACK_WEAKER(409),
    PACK_NOT_REVIEWED(409),
    WAY_OUT_RUNNING(409),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    OTHER_HOST(421),
    IDEMPOTENCY_KEY_REUSED(422),
    CODE_WRONG(422),
    ACCOUNT_FROZEN(422),
    NOT_FROZEN(422),
    PROVIDER_SUSPENDED(422),
    AMOUNT_OUT_OF_RANGE(422),
    HOLDER_MISMATCH(422),
    PURCHASE_NOT_CONFIRMED(422),
    EVIDENCE_MISSING(422),
    EVIDENCE_TYPE(422),
    EVIDENCE_TOO_MUCH(422),
    WEAK_PASSWORD(422),
    UNKNOWN_LINE(422),
    UNKNOWN_ACCOUNT(422),
    TOO_MANY_REQUESTS(429),
    NO_RULE_PACK(451),
    NO_RULE(451),
    RULE_PACK_OUTDATED(451),
    RULE_PACKS_CONFLICT(451),
    RULE_TOO_EXPENSIVE(451),
    RULE_UNUSABLE(451),
    LICENCE_MISSING(451),
    ROUTE_FORBIDDEN(451),
    ROUTE_UNCLEAR(451),
    INTERNAL_ERROR(500),
    UNAVAILABLE(503);

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    /** Whether only a cash-out can be answered so: where nothing of those is shown, nor is this. */
    public boolean isOfCashOuts() {
        return switch (this) {
            case QUOTE_EXPIRED,
                    QUOTE_USED,
                    NOT_CANCELLABLE,
                    NO_CODE_WANTED,
                    CODE_WRONG,
                    NO_CHOICE_OPEN,
                    NO_VOUCHER_KEPT,
                    STILL_SETTLING,
                    PROVIDER_SUSPENDED,
                    LICENCE_MISSING,
                    AMOUNT_OUT_OF_RANGE,
                    CHALLENGE_EXPIRED,
                    STEP_UP_REQUIRED ->
                    true;
            default -> false;
        };
    }

    public int status() {
        return status;
    }

    /** As on the wire: {@code quote-expired}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<ProblemCode> of(String code) {
        for (var each : values()) if (each.code().equals(code)) return Optional.of(each);
        return Optional.empty();
    }
}
