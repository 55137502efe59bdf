package org.facevalue.platform.identity;

import java.time.Instant;
import java.util.Base64;

/**
 * A challenge as the API shows it.
 *
 * @param challenge base64url, 32 bytes, to be signed by a device key
 * @param signs what a signature of it says yes to, in words
 */
public record ChallengeView(String id, String challenge, String signs, Instant expiresAt) {
    public static ChallengeView of(StepUp.Challenge challenge, String signs) {
        return new ChallengeView(
                challenge.id().shown(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(challenge.bytes()),
                signs,
                challenge.expiresAt());
    }
}
