package org.facevalue.platform.carrier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.facevalue.platform.outside.Transport;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CarrierClientSetup {
    @Bean
    CarrierBilling carrierBilling(
            Transport transport,
            Clock clock,
            Charges charges,
            @Value("${facevalue.keys}") Path keys,
            @Value("${facevalue.callbacks.address}") String callbacks)
            throws IOException {
        var client = Files.readString(keys.resolve("carrier-client")).strip();
        return new CarrierBilling(
                new CarrierTokens(transport, clock, client),
                charges,
                callbacks + "/callbacks/noeul");
    }

    @Bean
    CallbackListener callbackListener(
            Charges charges,
            ChargeNews news,
            BusinessClock clock,
            @Value("${facevalue.callbacks.port}") int port,
            @Value("${facevalue.keys}") Path keys)
            throws IOException {
        var password = Files.readString(keys.resolve("callbacks.password")).strip().toCharArray();
        return new CallbackListener(
                charges, news, clock, port, keys.resolve("callbacks.p12"), password);
    }
}
