package org.facevalue.platform.carrier;

import java.time.Instant;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One debit on a phone bill, from the intention on.
 *
 * @param caller whose charge it is; its text is the {@code clientCorrelator} that the carrier knows it by
 * @param number the line, E.164
 * @param status empty until the carrier has answered
 * @param paymentId the carrier's identifier, once known
 * @param authorizationId what the customer's code is sent with, when the carrier wants one
 */
public record Charge(
        Cell cell,
        UUID caller,
        String number,
        Money faceValue,
        Instant openedAt,
        @Nullable Status status,
        @Nullable String paymentId,
        @Nullable String authorizationId) {

    /** CAMARA's payment status. */
    public enum Status {
        PROCESSING,
        PENDING_VALIDATION,
        RESERVED,
        SUCCEEDED,
        DENIED,
        CANCELLED
    }

    /** What a carrier told of a charge. */
    public record Fact(String paymentId, Status status, @Nullable String authorizationId) {}

    public String correlator() {
        return caller.toString();
    }

    @Override
    public String toString() {
        return "charge of " + caller;
    }
}
