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
import org.springframework.jdbc.core.simple.JdbcClient;

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
            JdbcClient db,
            Environment environment,
            @Value("${facevalue.serve}") String serve) {
        boolean sandbox = environment.acceptsProfiles(Profiles.of("sandbox"));
        var served = served(serve.toUpperCase(Locale.ROOT), sandbox ? "ZZ" : "", db);
        var packs = new Packs(shelf, active, fourEyes, facts, ids, clock, served, sandbox);
        if (sandbox) packs.begin();
        return packs;
    }

    /**
     * What was begun under one law is not ended under another: the first start decides for the life of the database.
     *
     * @param wanted or empty for what it has served so far
     * @param otherwise where it has served none; or empty
     */
    private static String served(String wanted, String otherwise, JdbcClient db) {
        var first = wanted.isEmpty() ? otherwise : wanted;
        if (first.isEmpty()) return first;
        db.sql(
                        "INSERT INTO served_jurisdiction (jurisdiction) VALUES (:served) ON CONFLICT DO NOTHING")
                .param("served", first)
                .update();
        var since =
                db.sql("SELECT jurisdiction FROM served_jurisdiction").query(String.class).single();
        if (!wanted.isEmpty() && !since.equals(wanted))
            throw new IllegalStateException(
                    "this database has served " + since + ", and cannot serve " + wanted);
        return since;
    }
}
