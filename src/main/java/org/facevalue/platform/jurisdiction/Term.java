package org.facevalue.platform.jurisdiction;

import java.time.LocalDate;

/**
 * A statutory term that runs.
 *
 * @param id the pack's: {@code refund-after-withdrawal}
 * @param lastDay in the zone of the pack; whoever has to act still may on that day
 * @param source law and article
 */
public record Term(String id, LocalDate lastDay, String source) {}
