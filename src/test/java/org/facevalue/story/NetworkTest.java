package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.facevalue.cli.Api;
import org.facevalue.cli.Audit;
import org.facevalue.cli.BothBooks;
import org.facevalue.cli.SandboxCustomer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** The network between the platform and the outside parties, and its database: slow, lossy, cut, and a hole where one of them was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkTest {
    private static final int EACH = 4;
    private final Path folder = Path.of("target/network").toAbsolutePath();
    private Ground ground;
    private Weather weather;
    private Wire wire;
    private Process process;

    @BeforeAll
    void start() throws Exception {
        Files.createDirectories(folder);
        ground = new Ground(folder);
        weather = new Weather(ground.sandboxAddress(), 20_261_128);
        Map<String, String> settings = ground.settings();
        settings.put("facevalue.sandbox", weather.address());
        var database = URI.create(ground.databases().platform().url().substring("jdbc:".length()));
        wire = new Wire(database.getPort(), 20_261_129);
        settings.computeIfPresent(
                "spring.datasource.url",
                (name, url) -> url.replace(":" + database.getPort(), ":" + wire.port()));
        process = PlatformProcess.start(settings, ground.address(), folder.resolve("die"));
    }

    @AfterAll
    void stop() throws Exception {
        process.destroyForcibly().waitFor();
        weather.close();
        wire.close();
        try (var database = ground.databases().owner().connect()) {
            assertThat(new Audit(database, new Api(ground.sandboxAddress(), null)).findings())
                    .allSatisfy(
                            finding ->
                                    assertThat(finding.violations()).as(finding.words()).isEmpty());
        }
    }

    @BeforeEach
    void fair() {
        weather.hole = "";
        weather.lost = 0;
        weather.delayMillis = 0;
        weather.oneWay = false;
        wire.delayMillis = 0;
        wire.still = false;
    }

    private record Begun(SandboxCustomer customer, String id) {}

    /** Customers are made while it is fair: what the bank says of their accounts is asked at once. */
    private List<SandboxCustomer> customers(String tariff) {
        var customers = new ArrayList<SandboxCustomer>();
        for (int i = 0; i < EACH; i++)
            customers.add(
                    SandboxCustomer.make(ground.address(), ground.sandboxAddress(), tariff, ""));
        return customers;
    }

    private static List<Begun> begin(List<SandboxCustomer> customers) {
        var begun = new ArrayList<Begun>();
        for (var minji : customers) {
            var quote = minji.quote("face_value", 50_000, "eunmorae").path("id").asString();
            begun.add(new Begun(minji, minji.confirm(quote).path("id").asString()));
        }
        return begun;
    }

    private static JsonNode end(Begun begun) throws InterruptedException {
        var seen = begun.customer().cashOut(begun.id());
        for (int i = 0; i < 900 && !seen.path("waiting_for").isNull(); i++) {
            Thread.sleep(100);
            seen = begun.customer().cashOut(begun.id());
        }
        assertThat(seen.path("waiting_for").isNull()).as("%s", seen).isTrue();
        return seen;
    }

    private static void paid(List<Begun> all) throws InterruptedException {
        for (var begun : all) {
            var ended = end(begun);
            assertThat(ended.path("state").asString()).isEqualTo("PAID");
            assertThat(BothBooks.compare(ended, begun.customer().world(begun.id())).differences())
                    .isEmpty();
        }
    }

    @Test
    void a_slow_and_lossy_network_loses_nothing_and_doubles_nothing() throws Exception {
        var customers = customers("two-step");
        customers.addAll(customers("one-step"));
        weather.delayMillis = 300;
        weather.lost = 10;
        paid(begin(customers));
    }

    @Test
    void where_only_the_answers_are_cut_everything_is_found_to_be_done_when_they_come_again()
            throws Exception {
        var begun = begin(customers("two-step"));
        weather.oneWay = true;
        Thread.sleep(4_000);
        weather.oneWay = false;
        paid(begun);
    }

    @Test
    void a_carrier_in_a_hole_holds_up_its_own_customers_and_nobody_else() throws Exception {
        var customers = customers("two-step");
        var others = customers("one-step");
        weather.hole = "noeul";
        var held = begin(customers);
        paid(begin(others));
        for (var begun : held)
            assertThat(begun.customer().cashOut(begun.id()).path("state").asString())
                    .isEqualTo("CHARGING");
        weather.hole = "";
        for (var begun : held) end(begun);
    }

    @Test
    void a_database_far_away_makes_everything_slow_and_nothing_wrong() throws Exception {
        var customers = customers("two-step");
        wire.delayMillis = 40;
        paid(begin(customers));
    }

    @Test
    void while_the_database_is_in_a_hole_nobody_waits_for_long_and_afterwards_all_goes_on()
            throws Exception {
        var begun = begin(customers("two-step"));
        wire.still = true;
        var asked = new ArrayList<Integer>();
        var patient = begun.getFirst().customer().api();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 60; i++)
                answers.add(threads.submit(() -> patient.get("/api/v1/cash-outs").status()));
            for (var answer : answers) asked.add(answer.get());
        }
        assertThat(asked).containsOnly(503);
        assertThat(patient.get("/health/live").status()).as("it lives").isEqualTo(200);
        wire.still = false;
        wire.cut();
        paid(begun);
        assertThat(process.isAlive()).isTrue();
    }
}
