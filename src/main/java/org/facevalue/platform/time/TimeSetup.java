package org.facevalue.platform.time;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
class TimeSetup {
    /** The security clock, and under it the business clock. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @Profile("!sandbox")
    BusinessClock businessClock(Clock clock) {
        return () -> clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
