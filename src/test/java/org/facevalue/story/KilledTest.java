package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.facevalue.cli.Api;
import org.facevalue.cli.Audit;
import org.facevalue.cli.BothBooks;
import org.facevalue.cli.SandboxCustomer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The platform's process is killed at every boundary of every step, forward and back, and started again: each cash-out goes on by itself to its end. */
@Tag("prove")
class KilledTest {
    /**
     * One boundary.
     *
     * @param request which request to a party, counted from the confirmation on
     * @param cancels whether the customer changes their mind when asked for the carrier's code
     */
    private record Boundary(
            String step,
            int request,
            String tariff,
            String scenario,
            long faceValue,
            Says says,
            String end) {
        /** On the way back a request that was intended and never sent is what {@link StoppedTest} leaves behind. */
        List<String> moments() {
            return end.equals("PAID") ? List.of("before", "after") : List.of("after");
        }

        @Override
        public String toString() {
            return step;
        }
    }

    private static final List<Boundary> BOUNDARIES =
            List.of(
                    new Boundary("reserve", 1, "two-step", "", 50_000, Says.NOTHING, "PAID"),
                    new Boundary("confirm", 2, "two-step", "", 50_000, Says.NOTHING, "PAID"),
                    new Boundary("order", 3, "two-step", "", 50_000, Says.NOTHING, "PAID"),
                    new Boundary("redeem", 4, "two-step", "", 50_000, Says.NOTHING, "PAID"),
                    new Boundary("transfer", 5, "two-step", "", 50_000, Says.NOTHING, "PAID"),
                    new Boundary("cancel", 2, "code", "", 50_000, Says.CANCEL, "NOT_CHARGED"),
                    new Boundary("return", 5, "two-step", "", 50_610, Says.REFUND, "REFUNDED"),
                    new Boundary("refund", 6, "two-step", "", 50_610, Says.REFUND, "REFUNDED"),
                    new Boundary(
                            "pay back",
                            5,
                            "two-step",
                            "REFUND_DENIED",
                            50_510,
                            Says.NOTHING,
                            "REFUNDED"));

    @Test
    void
            wherever_the_process_dies_the_next_one_takes_the_cash_out_to_its_end_and_nothing_happens_twice()
                    throws Exception {
        var folder = Path.of("target/killed").toAbsolutePath();
        var ground = new Ground(folder);
        var order = folder.resolve("die");
        Files.deleteIfExists(order);
        var process = PlatformProcess.start(ground.settings(), ground.address(), order);
        for (var boundary : BOUNDARIES)
            for (var when : boundary.moments()) {
                var where = when + " " + boundary;
                var minji =
                        SandboxCustomer.make(
                                ground.address(),
                                ground.sandboxAddress(),
                                boundary.tariff(),
                                boundary.scenario());
                var quote =
                        minji.quote("face_value", boundary.faceValue(), "eunmorae")
                                .path("id")
                                .asString();
                var confirmation = minji.confirmation(quote);
                Files.writeString(order, boundary.request() + " " + when);
                var accepted = minji.api().post("/api/v1/cash-outs", confirmation, quote).ok();
                var id = accepted.path("id").asString();
                boundary.says().to(minji, id);
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("%s: it dies", where).isTrue();
                assertThat(process.exitValue()).isEqualTo(137);
                Files.delete(order);

                process = PlatformProcess.start(ground.settings(), ground.address(), order);
                var ended = end(minji, id);
                assertThat(ended.path("state").asString()).as(where).isEqualTo(boundary.end());
                assertThat(BothBooks.compare(ended, minji.world(id)).differences())
                        .as(where)
                        .isEmpty();
                // Acknowledged is durable: the same key still gets the answer of the first time.
                assertThat(minji.api().post("/api/v1/cash-outs", confirmation, quote).ok())
                        .as(where)
                        .isEqualTo(accepted);
            }
        process.destroyForcibly().waitFor();
        try (var database = ground.databases().owner().connect()) {
            var findings = new Audit(database, new Api(ground.sandboxAddress(), null)).findings();
            assertThat(findings)
                    .allSatisfy(
                            finding ->
                                    assertThat(finding.violations()).as(finding.words()).isEmpty());
        }
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
