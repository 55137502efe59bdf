package org.facevalue.platform.quote;

import org.facevalue.platform.jurisdiction.Verdict;

/**
 * A signed offer that can be confirmed. It takes a permission to make one, and a permission is made by a rule pack only.
 *
 * @param digest SHA-256 over the canonical terms, 64 hexadecimal digits
 * @param signature Ed25519 over the same bytes, Base64
 */
public record Quote(Terms terms, Verdict.Permitted verdict, String digest, String signature) {}
