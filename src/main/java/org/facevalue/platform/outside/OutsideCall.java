package org.facevalue.platform.outside;

import java.time.Instant;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.jspecify.annotations.Nullable;

/**
 * One call as an operator reads it: intention, key, answer.
 *
 * @param subject whose job it belongs to: the cash-out
 * @param step what was to be done: {@code RESERVE}, {@code ORDER_VOUCHER}
 * @param attempt counts the calls and questions of a subject from 1
 * @param asks whether it only asked; a question changes nothing
 * @param key the idempotency key that was sent, the same for every repeat of a step
 * @param outcome empty until the answer was recorded
 */
public record OutsideCall(
        Cell cell,
        UUID id,
        UUID subject,
        String step,
        int attempt,
        boolean asks,
        String party,
        String key,
        Instant intendedAt,
        @Nullable Instant answeredAt,
        @Nullable String outcome,
        @Nullable String request,
        @Nullable String reply) {}
