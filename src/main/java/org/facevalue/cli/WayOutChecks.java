package org.facevalue.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.facevalue.cli.AuditChecks.Check;
import org.facevalue.platform.wayout.WayOutEvent;
import org.facevalue.platform.wayout.WayOutState;

/** The invariants of ways out that our own database can tell. */
final class WayOutChecks {
    private WayOutChecks() {}

    /** Every change there may be, as rows {@code (from, event, to)}. */
    private static final String EDGES =
            WayOutState.EDGES.stream()
                    .map(
                            edge ->
                                    "('%s', '%s', '%s')"
                                            .formatted(
                                                    edge.from(),
                                                    WayOutEvent.type(edge.on()),
                                                    edge.to()))
                    .collect(Collectors.joining(", "));

    private static final String ENDS =
            AuditChecks.quoted(Arrays.stream(WayOutState.values()).filter(WayOutState::isEnd));

    static final List<Check> ALL =
            List.of(
                    new Check(
                            "I12",
                            "every way out has gone from state to state as its machine has it",
                            """
                            SELECT 'way out ' || told.subject || ': ' || told.type || ' from ' || told.was || ' to ' || told.state
                              FROM (SELECT e.subject, e.type, coalesce(e.data ->> 'state', '') AS state,
                                           coalesce(lag(e.data ->> 'state') OVER (PARTITION BY e.cell, e.subject ORDER BY e.sequence), '') AS was
                                      FROM event e JOIN way_out w ON w.cell = e.cell AND w.id = e.subject) AS told
                             WHERE (told.was, told.type, told.state) NOT IN (VALUES ('', 'asked-for', 'ASKING'), :edges)
                            """
                                    .replace(":edges", EDGES)),
                    new Check(
                            "I12",
                            "every way out stands where its last event has left it, and every change has its event",
                            """
                            SELECT 'way out ' || w.id || ': ' || w.state || ' after ' || w.sequence || ', told ' || coalesce(e.data ->> 'state', 'nothing')
                              FROM way_out w
                              LEFT JOIN event e ON e.cell = w.cell AND e.subject = w.id AND e.sequence = w.sequence
                             WHERE e.data ->> 'state' IS DISTINCT FROM w.state
                                OR (SELECT count(*) FROM event o WHERE o.cell = w.cell AND o.subject = w.id) <> w.sequence
                            """),
                    new Check(
                            "I7",
                            "every way out that has not ended is due, or waits for a person",
                            """
                            SELECT 'way out ' || w.id || ' in ' || w.state FROM way_out w
                             WHERE w.due_at IS NULL AND w.state NOT IN (:ends_of_ways_out)
                               AND NOT EXISTS (SELECT 1 FROM matter m WHERE m.cell = w.cell AND m.subject = w.id AND m.closed_at IS NULL)
                            """
                                    .replace(":ends_of_ways_out", ENDS)),
                    new Check(
                            "I5",
                            "what every way out says was given back is what its journal has",
                            """
                            SELECT 'way out ' || w.id || ': ' || coalesce(w.given::text, 'nothing') FROM way_out w
                             WHERE w.given IS DISTINCT FROM (SELECT (e.data ->> 'given')::bigint FROM event e
                                                              WHERE e.cell = w.cell AND e.subject = w.id AND e.data ->> 'given' IS NOT NULL
                                                              ORDER BY e.sequence DESC LIMIT 1)
                            """),
                    new Check(
                            "I5",
                            "what was made here is given back once: a way out says so only where the charge is off the bill or paid back",
                            """
                            SELECT 'way out ' || w.id || ' of cash-out ' || p.cash_out FROM way_out w
                              JOIN purchase p ON p.cell = w.cell AND p.id = w.purchase
                             WHERE p.cash_out IS NOT NULL AND w.given IS NOT NULL AND w.kind <> 'CORRECTION'
                               -- What a late refund gives on top is the operator's loss; what came back is owed again.
                               AND (SELECT coalesce(sum(CASE e.type WHEN 'pay-back-returned' THEN -1 ELSE 1 END), 0)
                                      FROM event e JOIN aftermath m ON m.cell = e.cell AND m.id = e.subject
                                     WHERE m.cell = p.cell AND m.cash_out = p.cash_out AND m.of <> 'REFUND'
                                       AND e.type IN ('charge-refunded', 'paid-back', 'paid-by-hand', 'whole-already', 'pay-back-returned'))
                                   + (SELECT count(*) FROM aftermath m WHERE m.cell = p.cell AND m.cash_out = p.cash_out AND m.state = 'OWED') <> 1
                            """));
}
