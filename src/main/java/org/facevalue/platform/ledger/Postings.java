package org.facevalue.platform.ledger;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads postings, for who has to explain them. */
@Component
public class Postings {
    private final JdbcClient db;

    Postings(JdbcClient db) {
        this.db = db;
    }

    /**
     * A posting with the names of its accounts.
     *
     * @param key of the command that made it
     */
    public record Line(Instant at, String key, String debited, String credited, Money amount) {}

    /** All postings of commands whose keys begin with {@code subject}, oldest first. */
    public List<Line> of(Cell cell, UUID subject) {
        return db.sql(
                        """
                        SELECT t.at, t.command_key, d.kind || ' ' || d.subject AS debited, c.kind || ' ' || c.subject AS credited,
                               p.amount, p.currency
                          FROM ledger_transaction t
                          JOIN posting p ON p.cell = t.cell AND p.ledger_transaction = t.id
                          JOIN account d ON d.cell = p.cell AND d.id = p.debited
                          JOIN account c ON c.cell = p.cell AND c.id = p.credited
                         WHERE t.cell = :cell AND t.command_key COLLATE "C" >= :from AND t.command_key COLLATE "C" < :to
                         ORDER BY t.id, p.line
                        """)
                .param("cell", cell.number())
                .param("from", subject + "/")
                .param("to", subject + "0")
                .query(
                        (row, n) ->
                                new Line(
                                        row.getTimestamp("at").toInstant(),
                                        row.getString("command_key"),
                                        row.getString("debited"),
                                        row.getString("credited"),
                                        new Money(
                                                row.getLong("amount"),
                                                Currency.getInstance(row.getString("currency")))))
                .list();
    }
}
