package org.facevalue.platform.voucher;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.facevalue.platform.money.BasisPoints;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
class VoucherSetup {
    /** The usual one first. */
    private record Known(List<Issuer> all) implements Issuers {
        @Override
        public Optional<Issuer> ofProduct(String product) {
            return all.stream().filter(issuer -> issuer.product().equals(product)).findFirst();
        }

        @Override
        public Optional<Issuer> usual() {
            return all.stream().findFirst();
        }

        @Override
        public Optional<Issuer> named(String code) {
            return all.stream().filter(issuer -> issuer.code().equals(code)).findFirst();
        }
    }

    @Bean
    @Profile("!sandbox")
    Issuers noIssuers() {
        return new Known(List.of());
    }

    @Bean
    @Profile("sandbox")
    Issuers sandboxIssuers(
            @Value("${facevalue.sandbox}") String sandbox,
            @Value("${facevalue.lag.issuer}") Duration lag) {
        var joyakdol =
                new Issuer(
                        "joyakdol",
                        "조약돌문화상품권",
                        "Joyakdol Culture Voucher",
                        "ZZ",
                        URI.create(sandbox + "/joyakdol"),
                        "joyakdol-culture",
                        new BasisPoints(100),
                        lag,
                        10,
                        1_000,
                        500_000,
                        "보증보험 5억 원",
                        "guarantee insurance of ₩500,000,000",
                        LocalDate.of(2035, 12, 31));
        var mongdol =
                new Issuer(
                        "mongdol",
                        "몽돌모바일상품권",
                        "Mongdol Mobile Voucher",
                        "ZZ",
                        URI.create(sandbox + "/mongdol"),
                        "mongdol-mobile",
                        new BasisPoints(90),
                        lag,
                        10,
                        1_000,
                        300_000,
                        "신탁 2억 원",
                        "a trust of ₩200,000,000",
                        LocalDate.of(2028, 6, 30));
        return new Known(List.of(joyakdol, mongdol));
    }
}
