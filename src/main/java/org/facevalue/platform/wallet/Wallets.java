package org.facevalue.platform.wallet;

import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Account;
import org.facevalue.platform.ledger.AccountKind;
import org.facevalue.platform.ledger.Balances;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.platform.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code wallet}. */
@Component
public class Wallets {
    private final JdbcClient db;
    private final Ids ids;
    private final Balances balances;

    Wallets(JdbcClient db, Ids ids, Balances balances) {
        this.db = db;
        this.ids = ids;
        this.balances = balances;
    }

    private record Row(Cell cell, UUID id, UUID customer) {}

    private static final EffectKind<Row> OPEN =
            EffectKind.insert(
                    "wallet.open",
                    "wallet",
                    List.of(
                            new Column<>("cell", "smallint", r -> r.cell().number()),
                            new Column<>("id", "uuid", Row::id),
                            new Column<>("customer", "uuid", Row::customer)));

    /** The default wallet of a new customer. */
    public Effect<?> open(Cell cell, CustomerId customer) {
        return new Effect<>(OPEN, new Row(cell, ids.next(), customer.value()));
    }

    public WalletId defaultOf(CustomerId customer) {
        return new WalletId(
                db.sql("SELECT id FROM wallet WHERE customer = :customer")
                        .param("customer", customer.value())
                        .query(UUID.class)
                        .single());
    }

    /** What is in the customer's default wallet. */
    public Money available(Cell cell, CustomerId customer, Currency currency) {
        return balances.available(account(cell, defaultOf(customer), currency));
    }

    /** Where its money stands. */
    public static Account account(Cell cell, WalletId wallet, Currency currency) {
        return new Account(cell, AccountKind.WALLET, wallet.value().toString(), currency);
    }
}
