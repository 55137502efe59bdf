package org.facevalue.platform.payout;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.money.Money;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
class PayoutSetup {
    @Bean
    @Profile("!sandbox")
    Banks noBanks() {
        return Optional::empty;
    }

    /** The sandbox has one bank, which is of whatever jurisdiction is served. */
    @Bean
    @Profile("sandbox")
    Banks sandboxBanks(
            Jurisdictions jurisdictions,
            @Value("${facevalue.sandbox}") String sandbox,
            @Value("${facevalue.lag.bank}") Duration lag) {
        var bank =
                new Bank(
                        "deungdae",
                        "등대은행",
                        "Deungdae Bank",
                        jurisdictions.served(),
                        URI.create(sandbox + "/deungdae"),
                        lag,
                        Money.won(240));
        return () -> Optional.of(bank);
    }
}
