package org.facevalue.platform.journal;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;

/**
 * One fact in the journal.
 *
 * @param subjectKind what it is about, the prefix of its identifier: {@code co} a cash-out, {@code cu} a customer
 * @param sequence counts the events of one subject from 1 without a gap
 * @param type the fact, kebab-case, in the past: {@code charged}
 * @param at when it was so, on the business clock
 * @param data further facts; no name, number, code or other personal or secret thing ever
 */
public record Event(
        Cell cell,
        UUID id,
        String subjectKind,
        UUID subject,
        long sequence,
        String type,
        Instant at,
        Map<String, Object> data) {}
