package org.facevalue.platform.carrier;

import java.net.URI;
import java.time.Duration;
import java.util.List;
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
        return new Known(List.of());
    }

    /**
     * The sandbox's invented carriers, each line its carrier's by the first digit after +999; and three that have the Korean ones' names and nothing
     * else of theirs, on lines of the range that is the sandbox's.
     */
    @Bean
    @Profile("sandbox")
    Carriers sandboxCarriers(
            @Value("${facevalue.sandbox}") String sandbox,
            @Value("${facevalue.lag.carrier}") Duration lag) {
        var noeul = at("ZZ", sandbox, "noeul", "노을텔레콤", "Noeul Telecom", true, lag, 21, 200);
        var slow = lag.multipliedBy(2);
        var baram = at("ZZ", sandbox, "baram", "바람모바일", "Baram Mobile", true, slow, 15, 150);
        var maru = at("ZZ", sandbox, "maru", "마루통신", "Maru Communications", false, lag, 26, 250);
        var skt = at("KR", sandbox, "skt", "SK텔레콤", "SK Telecom", true, lag, 21, 200);
        var kt = at("KR", sandbox, "kt", "KT", "KT", true, lag, 26, 200);
        var lgu = at("KR", sandbox, "lgu", "LG유플러스", "LG U+", true, lag, 25, 200);
        return new Known(
                List.of(
                        new Numbers("+9991", noeul),
                        new Numbers("+9992", baram),
                        new Numbers("+9993", maru),
                        new Numbers("+9994", maru),
                        new Numbers("+821000000", skt),
                        new Numbers("+821000001", kt),
                        new Numbers("+821000002", lgu)));
    }

    /** The numbers that begin so are this carrier's. */
    private record Numbers(String beginning, CarrierProfile profile) {}

    private record Known(List<Numbers> numbers) implements Carriers {
        @Override
        public Optional<CarrierProfile> of(String number) {
            return numbers.stream()
                    .filter(some -> number.startsWith(some.beginning()))
                    .map(Numbers::profile)
                    .findFirst();
        }

        @Override
        public List<CarrierProfile> all() {
            return numbers.stream().map(Numbers::profile).distinct().toList();
        }

        @Override
        public Optional<CarrierProfile> named(String code) {
            return all().stream().filter(profile -> profile.code().equals(code)).findFirst();
        }
    }

    private static CarrierProfile at(
            String jurisdiction,
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
                jurisdiction,
                URI.create(sandbox + "/" + code),
                new BasisPoints(300),
                twoStep,
                lag,
                dueDay,
                new BasisPoints(lateFee));
    }
}
