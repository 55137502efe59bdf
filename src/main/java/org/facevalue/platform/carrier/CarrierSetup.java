package org.facevalue.platform.carrier;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.facevalue.platform.money.BasisPoints;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
class CarrierSetup {
    @Bean
    @Profile("!sandbox")
    Carriers noCarriers() {
        return new Known(Optional.empty(), Optional.empty());
    }

    /** The sandbox's one carrier. Its tariffs go by number: +9991 and +9992 are billed in two steps, +9993 in one. */
    @Bean
    @Profile("sandbox")
    Carriers sandboxCarriers(
            @Value("${facevalue.sandbox}") String sandbox,
            @Value("${facevalue.lag.carrier}") Duration lag) {
        var twoStep = noeul(URI.create(sandbox + "/noeul"), true, lag);
        var oneStep = noeul(URI.create(sandbox + "/noeul"), false, lag);
        return new Known(Optional.of(twoStep), Optional.of(oneStep));
    }

    private record Known(Optional<CarrierProfile> twoStep, Optional<CarrierProfile> oneStep)
            implements Carriers {
        @Override
        public Optional<CarrierProfile> of(String number) {
            if (number.startsWith("+9991") || number.startsWith("+9992")) return twoStep;
            return number.startsWith("+9993") ? oneStep : Optional.empty();
        }

        @Override
        public Optional<CarrierProfile> named(String code) {
            return twoStep.filter(profile -> profile.code().equals(code));
        }
    }

    private static CarrierProfile noeul(URI address, boolean twoStep, Duration lag) {
        return new CarrierProfile(
                "noeul",
                "노을텔레콤",
                "Noeul Telecom",
                address,
                new BasisPoints(300),
                twoStep,
                lag,
                21,
                new BasisPoints(200));
    }
}
