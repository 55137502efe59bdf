package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.facevalue.cli.Api;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.cli.Trouble;
import org.junit.jupiter.api.Test;

/** Far more requests than there is room for, on a platform with 512 MB: what is too much is turned away, the rest is served, and afterwards all is as before. */
class OverloadTest {
    private static final int CALLERS = 20;
    private static final int THREADS = 400;
    private static final int SECONDS = Integer.getInteger("facevalue.overload", 10);

    @Test
    void what_is_too_much_is_turned_away_and_what_was_accepted_ends() throws Exception {
        var folder = Path.of("target/overload").toAbsolutePath();
        Files.createDirectories(folder);
        var ground = new Ground(folder);
        var settings = ground.settings();
        settings.put("facevalue.rate", "100000");
        var process =
                PlatformProcess.start(
                        settings, ground.address(), folder.resolve("die"), List.of("-Xmx512m"));
        var customers = new ArrayList<SandboxCustomer>();
        for (int i = 0; i < CALLERS; i++)
            customers.add(
                    SandboxCustomer.make(
                            ground.address(), ground.sandboxAddress(), "two-step", ""));
        Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
        Map<String, SandboxCustomer> accepted = new ConcurrentHashMap<>();
        List<Api.Answer> turnedAway = Collections.synchronizedList(new ArrayList<>());
        long until = System.nanoTime() + SECONDS * 1_000_000_000L;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < THREADS; i++) {
                var customer = customers.get(i % CALLERS);
                boolean confirms = i < CALLERS;
                threads.execute(
                        () -> {
                            while (System.nanoTime() < until)
                                try {
                                    var answer =
                                            confirms
                                                    ? confirmed(customer, accepted)
                                                    : customer.api()
                                                            .post(
                                                                    "/api/v1/quotes",
                                                                    customer.wish(
                                                                            "face_value",
                                                                            50_000,
                                                                            "eunmorae"));
                                    statuses.merge(answer.status(), 1, Integer::sum);
                                    if (answer.status() == 503) turnedAway.add(answer);
                                } catch (Trouble e) {
                                    statuses.merge(0, 1, Integer::sum);
                                }
                        });
            }
        }
        System.out.println("under overload: " + new TreeMap<>(statuses));
        assertThat(statuses).containsKeys(201, 503);
        assertThat(statuses.keySet()).as("no 500, ever").doesNotContain(500);
        assertThat(turnedAway)
                .allSatisfy(
                        answer -> {
                            assertThat(answer.body().path("code").asString())
                                    .isEqualTo("unavailable");
                            assertThat(answer.retryAfter()).matches("[1-9][0-9]*");
                        });
        assertThat(process.isAlive()).as("no memory was missing").isTrue();
        assertThat(accepted).isNotEmpty();
        var minji = customers.getFirst();
        // A moment later all is as before: the next request is served, and so is the one after.
        for (int i = 0; i < 100 && minji.api().get("/api/v1/cash-outs").status() != 200; i++)
            Thread.sleep(100);
        for (int i = 0; i < 20; i++)
            assertThat(minji.api().get("/api/v1/cash-outs").status()).isEqualTo(200);
        for (var each : accepted.entrySet()) ended(each.getValue(), each.getKey());
        process.destroyForcibly().waitFor();
    }

    private static Api.Answer confirmed(
            SandboxCustomer customer, Map<String, SandboxCustomer> accepted) {
        var quote = customer.quote("face_value", 50_000, "eunmorae").path("id").asString();
        var answer = customer.api().post("/api/v1/cash-outs", customer.confirmation(quote), quote);
        if (answer.status() == 202) accepted.put(answer.body().path("id").asString(), customer);
        return answer;
    }

    /** What was accepted ends as paid. */
    private static void ended(SandboxCustomer customer, String id) throws InterruptedException {
        var seen = customer.cashOut(id);
        for (int i = 0; i < 600 && !seen.path("waiting_for").isNull(); i++) {
            Thread.sleep(100);
            seen = customer.cashOut(id);
        }
        assertThat(seen.path("state").asString()).isEqualTo("PAID");
    }
}
