package org.facevalue.platform.ledger;

import java.util.List;
import org.facevalue.platform.journal.Event;

/**
 * One change: movements, conditions, other rows and events that commit together, or not at all. The key makes a repeat harmless. A command may move
 * nothing; then it has no ledger transaction.
 */
public record Command(
        CommandKey key,
        List<Movement> movements,
        List<Condition<?>> conditions,
        List<Effect<?>> effects,
        List<Event> events) {}
