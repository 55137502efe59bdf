package org.facevalue.platform.outside;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;

/**
 * Something that waits for a person: what cannot proceed by itself is seen here with its age, never lost.
 *
 * @param subjectKind the prefix of the subject's identifier
 * @param reason kebab-case
 * @param owner the role that has to act
 * @param dueOn by when, in the operator's zone
 */
public record Matter(
        Cell cell,
        UUID id,
        String subjectKind,
        UUID subject,
        String reason,
        String owner,
        Instant openedAt,
        LocalDate dueOn) {}
