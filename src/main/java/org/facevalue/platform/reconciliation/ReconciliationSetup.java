package org.facevalue.platform.reconciliation;

import java.time.Duration;
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
            Findings findings,
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
                findings,
                clock,
                new Reconciliation.Times(every, window, deep, settling));
    }
}
