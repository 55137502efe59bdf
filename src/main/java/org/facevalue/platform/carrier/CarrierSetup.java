package org.facevalue.platform.carrier;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        return new Known(Map.of());
    }

    /** The sandbox's invented carriers; each line is its carrier's by the first digit after +999. */
    @Bean
    @Profile("sandbox")
    Carriers sandboxCarriers(
            @Value("${facevalue.sandbox}") String sandbox,
            @Value("${facevalue.lag.carrier}") Duration lag) {
        var noeul = at(sandbox, "noeul", "노을텔레콤", "Noeul Telecom", true, lag, 21, 200);
        var slow = lag.multipliedBy(2);
        var baram = at(sandbox, "baram", "바람모바일", "Baram Mobile", true, slow, 15, 150);
        var maru = at(sandbox, "maru", "마루통신", "Maru Communications", false, lag, 26, 250);
        return new Known(Map.of("+9991", noeul, "+9992", baram, "+9993", maru, "+9994", maru));
    }

    /** {@code profiles}: by the beginning of a line's number. */
    private record Known(Map<String, CarrierProfile> profiles) implements Carriers {
        @Override
        public Optional<CarrierProfile> of(String number) {
            return profiles.entrySet().stream()
                    .filter(profile -> number.startsWith(profile.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }

        @Override
        public List<CarrierProfile> all() {
            return profiles.values().stream().distinct().toList();
        }

        @Override
        public Optional<CarrierProfile> named(String code) {
            return profiles.values().stream()
                    .filter(profile -> profile.code().equals(code))
                    .findFirst();
        }
    }

    private static CarrierProfile at(
            String sandbox,
            String code,
            String korean,
            String english,
            boolean twoStep,
            Duration lag,
            int dueDay,
            int lateFee) {
        return new CarrierProfile(
                code,
                korean,
                english,
                "ZZ",
                URI.create(sandbox + "/" + code),
                new BasisPoints(300),
                twoStep,
                lag,
                dueDay,
                new BasisPoints(lateFee));
    }
}
