package org.facevalue.platform.outside;

import com.github.f4b6a3.uuid.UuidCreator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.facevalue.platform.crypto.BlindIndex;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identifier.Ids;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A process that serves nobody listens to nobody, and takes nothing on. */
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
    Switchboard switchboard(
            Transport transport,
            @Value("${facevalue.outside.at-once}") int atOnce,
            @Value("${facevalue.outside.wait}") Duration wait,
            @Value("${facevalue.outside.again}") int again) {
        return new Switchboard(transport, atOnce, wait, again);
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
    Callbacks callbacks(
            JdbcClient db,
            BlindIndex index,
            @Value("${facevalue.callbacks.address}") String address) {
        return new Callbacks(db, index, address);
    }

    @Bean
    @ConditionalOnWebApplication
    CallbackListener callbackListener(
            Callbacks callbacks,
            News news,
            Clock clock,
            @Value("${facevalue.callbacks.port}") int port,
            @Value("${facevalue.keys}") Path keys)
            throws IOException {
        var password = Files.readString(keys.resolve("callbacks.password")).strip().toCharArray();
        return new CallbackListener(
                callbacks, news, clock, port, keys.resolve("callbacks.p12"), password);
    }

    @Bean
    @ConditionalOnWebApplication
    Runner runner(
            List<Job> jobs, Clock clock, @Value("${facevalue.outside.every}") Duration every) {
        return new Runner(jobs, clock, every);
    }
}
