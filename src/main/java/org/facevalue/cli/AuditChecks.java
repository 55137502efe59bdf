package org.facevalue.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.facevalue.platform.cashout.AftermathState;
import org.facevalue.platform.cashout.CashOutState;

/** The invariants that our own database can tell. */
final class AuditChecks {
    private AuditChecks() {}

    private static final String ENDS =
            quoted(Arrays.stream(CashOutState.values()).filter(CashOutState::isEnd));
    private static final String AFTERMATH_ENDS =
            quoted(Arrays.stream(AftermathState.values()).filter(AftermathState::isEnd));

    /** One of them. {@code sql} names what violates it, a row each; {@code :ends} and {@code :aftermath_ends} are the machines' own. */
    record Check(String invariant, String words, String sql) {
        Check {
            sql = sql.replace(":ends", ENDS).replace(":aftermath_ends", AFTERMATH_ENDS);
        }
    }

    static String quoted(Stream<? extends Enum<?>> states) {
        return states.map(state -> "'" + state.name() + "'").collect(Collectors.joining(", "));
    }

    /** Each statement names what violates its invariant, a row each. */
    static final List<Check> ALL =
            List.of(
                    new Check(
                            "I1",
                            "every ledger transaction has postings of one currency, each with a debit and a credit",
                            """
                            SELECT 'transaction ' || t.id FROM ledger_transaction t
                              LEFT JOIN posting p ON p.cell = t.cell AND p.ledger_transaction = t.id
                              LEFT JOIN account d ON d.cell = p.cell AND d.id = p.debited
                              LEFT JOIN account c ON c.cell = p.cell AND c.id = p.credited
                             WHERE p.line IS NULL OR d.currency <> p.currency OR c.currency <> p.currency
                            """),
                    new Check(
                            "I2",
                            "over the whole ledger debits equal credits",
                            """
                            SELECT currency || ': ' || sum(CASE side WHEN 'DEBIT' THEN balance ELSE -balance END) FROM account
                             GROUP BY currency HAVING sum(CASE side WHEN 'DEBIT' THEN balance ELSE -balance END) <> 0
                            """),
                    new Check(
                            "I3",
                            "every stored balance is the sum of its postings, and what is held the sum of open holds",
                            """
                            SELECT a.kind || ' ' || a.subject || ': stored ' || a.balance || ', posted ' || coalesce(p.total, 0)
                                   || ', held ' || a.held || ', on hold ' || coalesce(h.total, 0)
                              FROM account a
                              LEFT JOIN (SELECT cell, id, sum(amount) AS total
                                           FROM (SELECT p.cell, d.id, CASE d.side WHEN 'DEBIT' THEN amount ELSE -amount END AS amount
                                                   FROM posting p JOIN account d ON d.cell = p.cell AND d.id = p.debited
                                                  UNION ALL
                                                 SELECT p.cell, c.id, CASE c.side WHEN 'CREDIT' THEN amount ELSE -amount END
                                                   FROM posting p JOIN account c ON c.cell = p.cell AND c.id = p.credited) AS x
                                          GROUP BY cell, id) AS p ON p.cell = a.cell AND p.id = a.id
                              LEFT JOIN (SELECT cell, account, sum(amount) AS total FROM hold WHERE state = 'HELD' GROUP BY cell, account) AS h
                                     ON h.cell = a.cell AND h.account = a.id
                             WHERE a.balance <> coalesce(p.total, 0) OR a.held <> coalesce(h.total, 0)
                            """),
                    new Check(
                            "I4",
                            "no account with a floor is below it, holds included",
                            "SELECT kind || ' ' || subject || ': ' || (balance - held) FROM account WHERE floored AND balance - held < 0"),
                    new Check(
                            "I4",
                            "a cash-out that has ended has nothing left in its own account",
                            """
                            SELECT 'cash-out ' || c.id || ': ' || a.balance FROM cash_out c
                              JOIN account a ON a.cell = c.cell AND a.kind = 'CASH_OUT' AND a.subject = c.id::text
                             WHERE c.state IN (:ends) AND (a.balance <> 0 OR a.held <> 0)
                               AND NOT EXISTS (SELECT 1 FROM aftermath m WHERE m.cell = c.cell AND m.cash_out = c.id
                                                AND m.state IN ('REFUNDING', 'PAYING_BACK', 'OWED'))
                            """),
                    new Check(
                            "I5",
                            "in each cash-out's own account stands what was charged, less what was refunded, paid out with its fees, and paid back",
                            """
                            SELECT 'cash-out ' || c.id || ': ' || coalesce(a.balance, 0) || ', told ' || coalesce(t.times, 0) * c.face_value
                              FROM cash_out c
                              LEFT JOIN account a ON a.cell = c.cell AND a.kind = 'CASH_OUT' AND a.subject = c.id::text
                              LEFT JOIN LATERAL (
                                   SELECT sum(CASE WHEN e.type IN ('charged', 'payout-returned', 'pay-back-returned', 'voucher-given-back') THEN 1
                                                   WHEN e.type IN ('charge-refunded', 'payout-booked', 'paid-back', 'paid-by-hand', 'whole-already',
                                                                 'voucher-kept', 'cash-kept') THEN -1 ELSE 0 END) AS times
                                     FROM event e
                                    WHERE e.cell = c.cell
                                      -- What a late refund or a late payout moves is the operator's, not this account's.
                                      AND (e.subject = c.id OR e.subject IN (SELECT m.id FROM aftermath m
                                            WHERE m.cell = c.cell AND m.cash_out = c.id AND m.of NOT IN ('REFUND', 'PAYOUT')))) AS t ON true
                             WHERE coalesce(a.balance, 0) <> coalesce(t.times, 0) * c.face_value
                            """),
                    new Check(
                            "I7",
                            "every cash-out that has not ended is due, or waits for a person with a reason, an owner and a date",
                            """
                            SELECT 'cash-out ' || c.id || ' in ' || c.state FROM cash_out c
                             WHERE c.due_at IS NULL AND c.state NOT IN (:ends)
                               AND NOT EXISTS (SELECT 1 FROM matter w WHERE w.cell = c.cell AND w.subject = c.id AND w.closed_at IS NULL)
                            UNION ALL
                            SELECT 'aftermath ' || m.id || ' in ' || m.state FROM aftermath m
                             WHERE m.due_at IS NULL AND m.state NOT IN (:aftermath_ends)
                               AND NOT EXISTS (SELECT 1 FROM matter w WHERE w.cell = m.cell AND w.subject = m.id AND w.closed_at IS NULL)
                            """),
                    new Check(
                            "I11",
                            "nothing that is due has been left lying for ten minutes, and no event waits so long for its place",
                            """
                            SELECT 'cash-out ' || c.id || ' was due at ' || c.due_at FROM cash_out c, business_clock b
                             WHERE c.due_at < clock_timestamp() + make_interval(secs => b.ahead_seconds) - interval '10 minutes'
                               AND c.state_since < clock_timestamp() + make_interval(secs => b.ahead_seconds) - interval '10 minutes'
                               AND (c.lease_until IS NULL OR c.lease_until < clock_timestamp() - interval '10 minutes')
                            UNION ALL
                            SELECT 'event ' || e.id || ' of ' || e.at FROM event_pending w
                              JOIN event e ON e.cell = w.cell AND e.id = w.id, business_clock b
                             WHERE e.at < clock_timestamp() + make_interval(secs => b.ahead_seconds) - interval '10 minutes'
                            """),
                    new Check(
                            "I8",
                            "every cash-out that was answered with success is there",
                            """
                            SELECT r.route || ' ' || r.key FROM idempotency_record r
                             WHERE r.route = '/api/v1/cash-outs' AND r.status BETWEEN 200 AND 299
                               AND NOT EXISTS (SELECT 1 FROM cash_out c WHERE r.headers LIKE '%' || replace(c.id::text, '-', '') || '%')
                            """),
                    new Check(
                            "I9",
                            "one key, one change: no command committed twice, no quote used twice",
                            """
                            SELECT 'command ' || command_key FROM ledger_transaction GROUP BY cell, command_key HAVING count(*) > 1
                            UNION ALL
                            SELECT 'quote ' || q.id FROM quote q JOIN cash_out c ON c.cell = q.cell AND c.quote = q.id WHERE q.used_by <> c.id
                            """),
                    new Check(
                            "I10",
                            "every state change has exactly one event, numbered without a gap, and every event a place in the log",
                            """
                            SELECT 'cash-out ' || c.id || ': ' || c.sequence || ' changes, ' || count(e.id) || ' events' FROM cash_out c
                              LEFT JOIN event e ON e.cell = c.cell AND e.subject = c.id
                             GROUP BY c.cell, c.id, c.sequence HAVING count(e.id) <> c.sequence OR max(e.sequence) <> c.sequence
                            UNION ALL
                            SELECT 'aftermath ' || m.id || ': ' || m.sequence || ' changes, ' || count(e.id) || ' events' FROM aftermath m
                              LEFT JOIN event e ON e.cell = m.cell AND e.subject = m.id
                             GROUP BY m.cell, m.id, m.sequence HAVING count(e.id) <> m.sequence
                            UNION ALL
                            SELECT 'event ' || e.id || ' has no place' FROM event e
                             WHERE NOT EXISTS (SELECT 1 FROM log_place p WHERE p.cell = e.cell AND p.event = e.id)
                               AND NOT EXISTS (SELECT 1 FROM event_pending w WHERE w.cell = e.cell AND w.id = e.id)
                            UNION ALL
                            SELECT 'places: ' || count(*) || ' up to ' || max(place) FROM log_place HAVING count(*) <> coalesce(max(place), 0)
                            """),
                    new Check(
                            "I12",
                            "every cash-out and every aftermath stands where its last event has left it",
                            """
                            SELECT 'cash-out ' || c.id || ': ' || c.state || ', told ' || (e.data ->> 'state') FROM cash_out c
                              JOIN event e ON e.cell = c.cell AND e.subject = c.id AND e.sequence = c.sequence
                             WHERE e.data ->> 'state' <> c.state
                            UNION ALL
                            SELECT 'aftermath ' || m.id || ': ' || m.state || ', told ' || coalesce(e.data ->> 'state', 'nothing') FROM aftermath m
                              LEFT JOIN event e ON e.cell = m.cell AND e.subject = m.id AND e.sequence = m.sequence
                             WHERE coalesce(e.data ->> 'state', 'WATCHED') <> m.state
                            """),
                    new Check(
                            "I10",
                            "every ledger transaction of a cash-out has its event",
                            """
                            SELECT 'transaction ' || t.id || ' of ' || t.command_key FROM ledger_transaction t
                              JOIN cash_out c ON c.cell = t.cell AND t.command_key LIKE c.id || '/%'
                             WHERE (SELECT count(*) FROM ledger_transaction o WHERE o.cell = c.cell AND o.command_key LIKE c.id || '/%')
                                 > (SELECT count(*) FROM event e WHERE e.cell = c.cell AND e.subject = c.id) - 1
                            """));
}
