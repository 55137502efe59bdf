package org.facevalue.platform.cashout;

import java.time.Instant;
import java.util.UUID;
import org.facevalue.platform.identity.StepUp.ChallengeId;
import org.facevalue.platform.jurisdiction.Verdict;

/** What came of a customer's yes. Refusals are values: the compiler makes every caller answer them. */
public sealed interface Confirmation {

    /** The answer to a challenge: {@code signature} by the device key. */
    record Yes(ChallengeId challenge, UUID deviceKey, byte[] signature) {}

    record Accepted(CashOut cashOut) implements Confirmation {}

    /** Nothing has changed and nothing is charged. */
    sealed interface Refusal extends Confirmation {
        /** No such quote of this customer, or its route is not permitted any more. */
        record NoQuote() implements Refusal {}

        record QuoteExpired(Instant expiredAt) implements Refusal {}

        record QuoteUsed(CashOutId by) implements Refusal {}

        record ChallengeExpired() implements Refusal {}

        record StepUpFailed() implements Refusal {}

        record AccountFrozen() implements Refusal {}

        record ProviderSuspended() implements Refusal {}

        /** The rules have changed against the quote. */
        record NotLawful(Verdict.Refused verdict) implements Refusal {}

        /** Another rule pack decides since a moment ago: it is asked anew. */
        record RulesChanged() implements Refusal {}
    }
}
