package org.facevalue.platform.ledger;

import org.facevalue.platform.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Balances to be shown. What decides about money is read under a lock by the ledger itself. */
public final class Balances {
    private final JdbcClient db;

    Balances(JdbcClient db) {
        this.db = db;
    }

    /** What stands on {@code account} and is not held; zero where nothing was ever posted. */
    public Money available(Account account) {
        long minor =
                db.sql("SELECT balance - held FROM account WHERE cell = :cell AND id = :id")
                        .param("cell", account.cell().number())
                        .param("id", account.id())
                        .query(Long.class)
                        .optional()
                        .orElse(0L);
        return new Money(minor, account.currency());
    }
}
