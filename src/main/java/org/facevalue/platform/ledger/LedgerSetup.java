package org.facevalue.platform.ledger;

import javax.sql.DataSource;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.journal.Journal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class LedgerSetup {
    @Bean
    Ledger ledger(DataSource database, Journal journal) {
        return new Ledger(new JdbcStore(database, journal));
    }

    @Bean
    Balances balances(JdbcClient db) {
        return new Balances(db);
    }

    @Bean
    Facts facts(Ledger ledger, Journal journal, Ids ids) {
        return new Facts(ledger, journal, ids);
    }
}
