package org.facevalue.platform.carrier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.facevalue.platform.outside.Callbacks;
import org.facevalue.platform.outside.Switchboard;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CarrierClientSetup {
    @Bean
    CarrierTokens carrierTokens(
            Switchboard switchboard, Clock clock, @Value("${facevalue.keys}") Path keys)
            throws IOException {
        var client = Files.readString(keys.resolve("carrier-client")).strip();
        return new CarrierTokens(switchboard, clock, client);
    }

    @Bean
    CarrierBilling carrierBilling(CarrierTokens tokens, Callbacks callbacks) {
        return new CarrierBilling(tokens, callbacks);
    }

    @Bean
    CarrierSubscribers carrierSubscribers(CarrierTokens tokens) {
        return new CarrierSubscribers(tokens);
    }

    @Bean
    CarrierStatements carrierStatements(CarrierTokens tokens) {
        return new CarrierStatements(tokens);
    }
}
