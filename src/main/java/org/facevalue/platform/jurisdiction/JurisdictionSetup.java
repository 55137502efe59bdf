package org.facevalue.platform.jurisdiction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.identity.FourEyes;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.io.support.ResourcePatternResolver;

@Configuration(proxyBeanMethods = false)
class JurisdictionSetup {
    /** Those that come with the platform, and those in a folder of the operator's. */
    @Bean
    PackShelf shelf(
            ResourcePatternResolver resources, @Value("${facevalue.rule-packs:}") String folder)
            throws IOException, BrokenPack {
        var places = new ArrayList<>(List.of("classpath*:/rulepacks/*/pack.yaml"));
        if (!folder.isEmpty()) places.add("file:" + folder + "/*/pack.yaml");
        return PackShelf.read(resources, places);
    }

    /** In the sandbox what comes with it decides from the start; outside nothing does, until two of the staff have let it. */
    @Bean
    Packs packs(
            PackShelf shelf,
            ActivePacks active,
            FourEyes fourEyes,
            Facts facts,
            Ids ids,
            BusinessClock clock,
            Environment environment,
            @Value("${facevalue.serve:}") String serve) {
        boolean sandbox = environment.acceptsProfiles(Profiles.of("sandbox"));
        var served = serve.isEmpty() && sandbox ? "ZZ" : serve.toUpperCase(Locale.ROOT);
        var packs = new Packs(shelf, active, fourEyes, facts, ids, clock, served, sandbox);
        if (sandbox) packs.begin();
        // The pages of this version do not ask whether they may show what they show.
        if (sandbox && packs.show() instanceof Verdict.Refused no)
            throw new IllegalStateException(
                    "cannot serve " + served + ", where nothing of cash-outs may be shown: " + no);
        return packs;
    }
}
