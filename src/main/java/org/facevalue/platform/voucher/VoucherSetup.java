package org.facevalue.platform.voucher;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.facevalue.platform.money.BasisPoints;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
class VoucherSetup {
    private record Known(Optional<Issuer> usual) implements Issuers {
        @Override
        public Optional<Issuer> ofProduct(String product) {
            return usual.filter(issuer -> issuer.product().equals(product));
        }
    }

    @Bean
    @Profile("!sandbox")
    Issuers noIssuers() {
        return new Known(Optional.empty());
    }

    @Bean
    @Profile("sandbox")
    Issuers sandboxIssuers(
            @Value("${facevalue.sandbox}") String sandbox,
            @Value("${facevalue.lag.issuer}") Duration lag) {
        return new Known(
                Optional.of(
                        new Issuer(
                                "joyakdol",
                                "조약돌문화상품권",
                                "Joyakdol Culture Voucher",
                                URI.create(sandbox + "/joyakdol"),
                                "joyakdol-culture",
                                new BasisPoints(100),
                                lag,
                                10,
                                1_000,
                                500_000,
                                "보증보험 5억 원",
                                "guarantee insurance of ₩500,000,000",
                                LocalDate.of(2035, 12, 31))));
    }
}
