package org.facevalue.platform.provider;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.facevalue.platform.money.BasisPoints;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The sandbox's invented providers. */
@Component
@Profile("sandbox")
class SandboxProviders implements InitializingBean {
    private static final Instant VALID_UNTIL = Instant.parse("2035-12-31T15:00:00Z");
    private final Providers providers;
    private final String sandbox;
    private final Duration lag;

    SandboxProviders(
            Providers providers,
            @Value("${facevalue.sandbox}") String sandbox,
            @Value("${facevalue.lag.provider}") Duration lag) {
        this.providers = providers;
        this.sandbox = sandbox;
        this.lag = lag;
    }

    @Override
    public void afterPropertiesSet() {
        enter("eunmorae", "은모래교환", "Eunmorae Exchange", 320, 4);
        enter("geummorae", "금모래정산", "Geummorae Settlement", 400, 2);
        enter("heukmorae", "흑모래환전", "Heukmorae Cash", 450, 3);
        enter("baekmorae", "백모래상점", "Baekmorae Store", 480, 6);
    }

    private void enter(String code, String korean, String english, int feeBps, int seconds) {
        providers.enter(
                new Provider(
                        code,
                        korean,
                        english,
                        "ZZ",
                        "zz-converter",
                        true,
                        VALID_UNTIL,
                        new BasisPoints(feeBps),
                        seconds,
                        lag,
                        URI.create(sandbox + "/providers/" + code)));
    }
}
