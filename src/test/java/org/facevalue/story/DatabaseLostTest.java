package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.facevalue.cli.Api;
import org.facevalue.cli.Audit;
import org.facevalue.cli.BothBooks;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.cli.Trouble;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** PostgreSQL is killed while cash-outs run, again and again. The platform stays up, says 503 meanwhile, and loses nothing that it has acknowledged. */
class DatabaseLostTest {
    private static final int KILLS = Integer.getInteger("facevalue.databaseKills", 2);
    private static final int CUSTOMERS = 6;

    private final List<Long> again = new ArrayList<>();

    /** Milliseconds from the database's start until the platform has answered from it. */
    private static long untilAnswered(Started each) throws InterruptedException {
        long begun = System.nanoTime();
        while (each.customer().api().get("/api/v1/cash-outs").status() != 200) Thread.sleep(20);
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private void write(int acknowledged) throws IOException {
        var sorted = again.stream().sorted().toList();
        Files.createDirectories(Path.of("docs/proof"));
        Files.writeString(
                Path.of("docs/proof/database.md"),
                """
                # %d kills of PostgreSQL under load

                Written by `./facevalue prove database`, at commit %s. The database is killed as by `kill -9` while cash-outs are confirmed and run, and started
                again; the platform is never restarted. Meanwhile it answers 503 with `Retry-After`.

                | measured | |
                |---|---:|
                | cash-outs acknowledged, each paid and equal in both books | %d |
                | from the database's start until the platform answered from it: median, worst | %d ms, %d ms |

                The audit held afterwards: no violation of I1 to I13.
                """
                        .formatted(
                                KILLS,
                                System.getProperty("facevalue.commit", "unknown"),
                                acknowledged,
                                sorted.get(sorted.size() / 2),
                                sorted.getLast()));
    }

    private record Started(SandboxCustomer customer, String key, Map<String, Object> body) {}

    @Test
    void what_was_acknowledged_is_there_and_everything_goes_on_without_a_restart()
            throws Exception {
        var folder = Path.of("target/database-lost").toAbsolutePath();
        Files.createDirectories(folder);
        var ground = new Ground(folder);
        var process =
                PlatformProcess.start(ground.settings(), ground.address(), folder.resolve("die"));
        Map<String, Started> acknowledged = new LinkedHashMap<>();
        var never = new ArrayList<Started>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int kill = 0; kill < KILLS; kill++) {
                var ready = new ArrayList<Started>();
                for (int i = 0; i < CUSTOMERS; i++) ready.add(patiently(ground));
                var answers = new ArrayList<Future<Api.Answer>>();
                for (var each : ready)
                    answers.add(
                            threads.submit(
                                    () ->
                                            each.customer()
                                                    .api()
                                                    .post(
                                                            "/api/v1/cash-outs",
                                                            each.body(),
                                                            each.key())));
                // Somewhere between the first confirmation and the last step of the first ones.
                Thread.sleep(40 + 60L * (kill % 6));
                ground.killDatabase();
                for (int i = 0; i < ready.size(); i++) {
                    var answer = answers.get(i).get();
                    if (answer.status() == 202)
                        acknowledged.put(answer.body().path("id").asString(), ready.get(i));
                    else {
                        unavailable(answer);
                        never.add(ready.get(i));
                    }
                }
                var meanwhile = ready.getFirst().customer().api().get("/api/v1/cash-outs");
                unavailable(meanwhile);
                assertThat(process.isAlive()).isTrue();
                says(ground);
                ground.startDatabase();
                again.add(untilAnswered(ready.getFirst()));
            }
        }
        for (var each : never) {
            var again = repeated(each);
            acknowledged.put(again.path("id").asString(), each);
        }
        assertThat(acknowledged).hasSize(KILLS * CUSTOMERS);
        for (var entry : acknowledged.entrySet()) {
            var minji = entry.getValue().customer();
            var ended = end(minji, entry.getKey());
            assertThat(ended.path("state").asString()).isEqualTo("PAID");
            assertThat(BothBooks.compare(ended, minji.world(entry.getKey())).differences())
                    .isEmpty();
        }
        assertThat(process.isAlive()).as("it was never restarted").isTrue();
        process.destroyForcibly().waitFor();
        try (var database = ground.databases().owner().connect()) {
            assertThat(new Audit(database, new Api(ground.sandboxAddress(), null)).findings())
                    .allSatisfy(
                            finding ->
                                    assertThat(finding.violations()).as(finding.words()).isEmpty());
        }
        if (Integer.getInteger("facevalue.databaseKills") != null) write(acknowledged.size());
    }

    /** The outside parties have lost the same database: their first answers may be errors too. */
    private static Started patiently(Ground ground) throws InterruptedException {
        for (int i = 0; ; i++)
            try {
                return ready(ground);
            } catch (Trouble e) {
                if (i == 100) throw e;
                Thread.sleep(100);
            }
    }

    private static Started ready(Ground ground) {
        var minji = SandboxCustomer.make(ground.address(), ground.sandboxAddress(), "two-step", "");
        var quote = minji.quote("face_value", 50_000, "eunmorae").path("id").asString();
        return new Started(minji, quote, minji.confirmation(quote));
    }

    /** What is away is named, and a page that needs nothing of it is shown. */
    private static void says(Ground ground) {
        var anybody = new Api(ground.address(), null);
        var health = anybody.get("/health");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.body().path("database").asString()).isEqualTo("DOWN");
        assertThat(health.body().path("signing_key").asString()).isEqualTo("UP");
        assertThat(anybody.get("/problems").status()).isEqualTo(200);
    }

    private static void unavailable(Api.Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(503);
        assertThat(answer.body().path("code").asString()).isEqualTo("unavailable");
        assertThat(answer.body().path("retry").asString()).isEqualTo("after");
        assertThat(answer.retryAfter()).matches("[1-9][0-9]*");
    }

    /**
     * Whoever got no answer says the same again under the same key, until there is one: at once, or where even that a request ran was not forgotten
     * any more, when that is half a minute ago.
     */
    private static JsonNode repeated(Started each) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            var answer = each.customer().api().post("/api/v1/cash-outs", each.body(), each.key());
            if (answer.status() == 202) return answer.body();
            assertThat(List.of(409, 503)).as("%s", answer.body()).contains(answer.status());
            Thread.sleep(100);
        }
        throw new AssertionError("no answer any more");
    }

    private static JsonNode end(SandboxCustomer customer, String id) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            var answer = customer.api().get("/api/v1/cash-outs/" + id);
            if (answer.status() == 200
                    && List.of("PAID", "NOT_CHARGED", "REFUNDED")
                            .contains(answer.body().path("state").asString())) return answer.body();
            Thread.sleep(100);
        }
        throw new AssertionError("it does not end: " + customer.cashOut(id));
    }
}
