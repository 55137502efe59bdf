package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.facevalue.cli.Api;
import org.facevalue.cli.Audit;
import org.facevalue.cli.BothBooks;
import org.facevalue.cli.SandboxCustomer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The platform's process is killed at every boundary of every step of one cash-out, and started again: each goes on by itself to its end. */
class KilledTest {
    private static final List<String> STEPS =
            List.of("reserve", "confirm", "order", "redeem", "transfer");

    @Test
    void
            wherever_the_process_dies_the_next_one_takes_the_cash_out_to_its_end_and_nothing_happens_twice()
                    throws Exception {
        var folder = Path.of("target/killed").toAbsolutePath();
        var ground = new Ground(folder);
        var order = folder.resolve("die");
        Files.deleteIfExists(order);
        var process = start(ground, order);
        SandboxCustomer minji = null;
        var dead = new ArrayList<String>();
        for (int step = 1; step <= STEPS.size(); step++)
            for (var when : List.of("before", "after")) {
                minji =
                        SandboxCustomer.make(
                                ground.address(), ground.sandboxAddress(), "two-step", "");
                var quote = minji.quote("face_value", 50_000, "eunmorae").path("id").asString();
                var confirmation = minji.confirmation(quote);
                Files.writeString(order, step + " " + when);
                var id =
                        minji.api()
                                .post("/api/v1/cash-outs", confirmation, quote)
                                .ok()
                                .path("id")
                                .asString();
                assertThat(process.waitFor(20, TimeUnit.SECONDS))
                        .as("%s %s: it dies", when, STEPS.get(step - 1))
                        .isTrue();
                assertThat(process.exitValue()).isEqualTo(137);
                Files.delete(order);

                process = start(ground, order);
                var ended = end(minji, id);
                assertThat(ended.path("state").asString())
                        .as("killed %s %s", when, STEPS.get(step - 1))
                        .isEqualTo("PAID");
                assertThat(BothBooks.compare(ended, minji.world(id)).differences()).isEmpty();
                dead.add(id);
            }
        // Acknowledged is durable: the same key still gets the answer of the first time.
        assertThat(dead).hasSize(10).doesNotHaveDuplicates();
        process.destroyForcibly().waitFor();
        try (var database = ground.databases().owner().connect()) {
            var findings = new Audit(database, new Api(ground.sandboxAddress(), null)).findings();
            assertThat(findings)
                    .allSatisfy(
                            finding ->
                                    assertThat(finding.violations()).as(finding.words()).isEmpty());
        }
    }

    private static Process start(Ground ground, Path order)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.addAll(
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dfacevalue.die=" + order));
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path",
                                System.getProperty("java.class.path"))));
        command.add(DyingPlatform.class.getName());
        ground.settings().forEach((name, value) -> command.add("--" + name + "=" + value));
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        order.resolveSibling("platform.log").toFile()))
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var health = new Api(ground.address(), null);
        for (int i = 0; i < 600; i++) {
            Thread.sleep(100);
            try {
                if (health.get("/health").status() == 200) return process;
            } catch (RuntimeException e) {
                // not listening yet
            }
        }
        throw new AssertionError(
                "the platform does not start: see " + order.resolveSibling("platform.log"));
    }

    private static JsonNode end(SandboxCustomer customer, String id) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            var seen = customer.cashOut(id);
            if (seen.path("waiting_for").isNull() || seen.path("waiting_for").isMissingNode())
                return seen;
            Thread.sleep(100);
        }
        throw new AssertionError("it does not end: " + customer.cashOut(id));
    }
}
