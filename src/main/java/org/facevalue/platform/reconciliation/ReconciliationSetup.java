package org.facevalue.platform.reconciliation;

import java.time.Duration;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.outside.Matters;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ReconciliationSetup {
    @Bean
    Reconciliation reconciliation(
            JdbcClient db,
            DifferenceRows rows,
            OurBooks ourBooks,
            TheirBooks theirBooks,
            Matters matters,
            Vault vault,
            Facts facts,
            Ids ids,
            BusinessClock clock,
            @Value("${facevalue.reconciliation.every}") Duration every,
            @Value("${facevalue.reconciliation.window}") Duration window,
            @Value("${facevalue.reconciliation.deep}") Duration deep,
            @Value("${facevalue.reconciliation.settling}") Duration settling) {
        return new Reconciliation(
                db,
                rows,
                ourBooks,
                theirBooks,
                matters,
                vault,
                facts,
                ids,
                clock,
                new Reconciliation.Times(every, window, deep, settling));
    }
}
