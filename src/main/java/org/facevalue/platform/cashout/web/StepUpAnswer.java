package org.facevalue.platform.cashout.web;

import java.util.Base64;
import org.facevalue.platform.cashout.Confirmation;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.StepUp.ChallengeId;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** The fresh proof in a request. {@code signature}: base64url, 64 bytes of Ed25519 over the challenge. */
record StepUpAnswer(
        @Nullable String challenge,
        @Nullable String kind,
        @Nullable String keyId,
        @Nullable String signature) {

    /** Reads it; throws the problem of the part that is missing or is not one. */
    static Confirmation.Yes yes(@Nullable StepUpAnswer answer) {
        if (answer == null
                || answer.challenge() == null
                || answer.keyId() == null
                || answer.signature() == null) throw new Problem(ProblemCode.STEP_UP_REQUIRED);
        if (!"device_key".equals(answer.kind()))
            throw Problem.field("/step_up/kind", "not-device-key");
        var challenge =
                Id.parse("ch", answer.challenge())
                        .orElseThrow(() -> Problem.field("/step_up/challenge", "not-ch"));
        var key =
                Id.parse("dk", answer.keyId())
                        .orElseThrow(() -> Problem.field("/step_up/key_id", "not-dk"));
        try {
            var signature = Base64.getUrlDecoder().decode(answer.signature());
            return new Confirmation.Yes(new ChallengeId(challenge), key, signature);
        } catch (IllegalArgumentException e) {
            throw Problem.field("/step_up/signature", "not-base64url");
        }
    }
}
