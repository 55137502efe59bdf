package org.facevalue.platform.outside;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identifier.Ids;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class OutsideSetup {
    @Bean
    Ids ids() {
        return UuidCreator::getTimeOrderedEpoch;
    }

    @Bean
    Transport transport(@Value("${facevalue.outside.timeout}") Duration timeout) {
        return new HttpTransport(timeout);
    }

    @Bean
    OutsideCalls outsideCalls(JdbcClient db, Vault vault, Ids ids) {
        return new OutsideCalls(db, vault, ids);
    }

    @Bean
    Matters matters(JdbcClient db) {
        return new Matters(db);
    }

    @Bean
    Runner runner(
            List<Job> jobs, Clock clock, @Value("${facevalue.outside.every}") Duration every) {
        return new Runner(jobs, clock, every);
    }
}
