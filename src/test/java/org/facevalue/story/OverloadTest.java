package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.facevalue.cli.Api;
import org.facevalue.cli.BothBooks;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.cli.Trouble;
import org.junit.jupiter.api.Test;

/** Far more requests than there is room for, on a platform with 512 MB: what is too much is turned away, the rest is served, and afterwards all is as before. */
class OverloadTest {
    private static final boolean PROVES = Integer.getInteger("facevalue.overload") != null;
    private static final int CALLERS = 20;
    private static final int TIMES = 5;

    /** So many callers keep the platform busy, and none has to wait for room. */
    private static final int NOMINAL = 8;

    /** Seconds that the nominal load runs, once to warm up and once to be measured. */
    private static final int WARM = PROVES ? 15 : 2;

    private static final int SECONDS = Integer.getInteger("facevalue.overload", 5);

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
        if (PROVES) {
            core(0, process.pid());
            core(1, ProcessHandle.current().pid());
        }
        var customers = new ArrayList<SandboxCustomer>();
        for (int i = 0; i < CALLERS; i++)
            customers.add(
                    SandboxCustomer.make(
                            ground.address(), ground.sandboxAddress(), "two-step", ""));
        nominal(customers);
        var nominal = nominal(customers);
        Map<String, SandboxCustomer> accepted = new ConcurrentHashMap<>();
        Quoted overload;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var until = Instant.now().plusSeconds(SECONDS);
            for (var customer : customers)
                threads.execute(
                        () -> {
                            while (Instant.now().isBefore(until))
                                confirm(customer, accepted, until);
                        });
            overload = overload(customers, TIMES * nominal.millis().size() / WARM);
        }
        long begun = System.nanoTime();
        var statuses = overload.statuses();
        var turnedAway = overload.turnedAway();
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
        long recovered = (System.nanoTime() - begun) / 1_000_000;
        for (var each : accepted.entrySet()) ended(each.getValue(), each.getKey());
        process.destroyForcibly().waitFor();
        if (PROVES) write(nominal, overload, accepted.size(), recovered);
    }

    /** What came of asking for quotes. {@code millis}: of those that were given, in order. */
    private record Quoted(
            Map<Integer, Integer> statuses, List<Api.Answer> turnedAway, List<Long> millis) {
        /** How long of a hundred the {@code nth} took that were given. */
        long percentile(int nth) {
            return millis.get((millis.size() - 1) * nth / 100);
        }
    }

    /** Quotes, asked for by so many without a pause. */
    private static Quoted nominal(List<SandboxCustomer> customers) {
        var asked = new Asked();
        var until = Instant.now().plusSeconds(WARM);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var customer : customers.subList(0, NOMINAL))
                threads.execute(
                        () -> {
                            while (Instant.now().isBefore(until)) asked.quote(customer);
                        });
        }
        return asked.quoted();
    }

    /** Quotes, asked for so many times a second, whether the ones before were answered or not. */
    private static Quoted overload(List<SandboxCustomer> customers, long perSecond)
            throws InterruptedException {
        var asked = new Asked();
        long pause = 1_000_000_000L / perSecond;
        long begun = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < perSecond * SECONDS; i++) {
                long early = begun + i * pause - System.nanoTime();
                if (early > 0) Thread.sleep(Duration.ofNanos(early));
                var customer = customers.get(i % CALLERS);
                asked.room.acquire();
                threads.execute(
                        () -> {
                            asked.quote(customer);
                            asked.room.release();
                        });
            }
        }
        return asked.quoted();
    }

    /** Collects what comes of asking. */
    private static final class Asked {
        /** So many wait for an answer at the same time: whoever would be one more waits to ask. */
        private final Semaphore room = new Semaphore(400);

        private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
        private final List<Api.Answer> turnedAway = Collections.synchronizedList(new ArrayList<>());
        private final List<Long> millis = Collections.synchronizedList(new ArrayList<>());

        void quote(SandboxCustomer customer) {
            long begun = System.nanoTime();
            int status = 0;
            try {
                var wish = customer.wish("face_value", 50_000, "eunmorae");
                var answer = customer.api().post("/api/v1/quotes", wish);
                status = answer.status();
                if (status == 503) turnedAway.add(answer);
            } catch (Trouble e) {
                // nobody answered
            }
            if (status == 201) millis.add((System.nanoTime() - begun) / 1_000_000);
            statuses.merge(status, 1, Integer::sum);
        }

        Quoted quoted() {
            return new Quoted(statuses, turnedAway, millis.stream().sorted().toList());
        }
    }

    /** The callers must not take from the platform what it is measured by. */
    private static void core(int number, long process) throws IOException, InterruptedException {
        var pins = new ProcessBuilder("taskset", "-a", "-c", "-p", "" + number, "" + process);
        assertThat(pins.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor()).isZero();
    }

    /** Whoever is turned away asks for the same again, as people do: what was quoted once need not be quoted anew. */
    private static void confirm(
            SandboxCustomer customer, Map<String, SandboxCustomer> accepted, Instant until) {
        var quote =
                insist(until, () -> customer.quote("face_value", 50_000, "eunmorae"))
                        .map(quoted -> quoted.path("id").asString());
        if (quote.isEmpty()) return;
        insist(until, () -> customer.confirmation(quote.get()))
                .flatMap(
                        proof ->
                                insist(
                                        until,
                                        () -> {
                                            var answer =
                                                    customer.api()
                                                            .post(
                                                                    "/api/v1/cash-outs",
                                                                    proof,
                                                                    quote.get());
                                            assertThat(answer.status()).isNotEqualTo(500);
                                            return answer.ok();
                                        }))
                .ifPresent(made -> accepted.put(made.path("id").asString(), customer));
    }

    /** What is given in the end; empty when it is not given in time. */
    private static <T> Optional<T> insist(Instant until, Supplier<T> asked) {
        while (Instant.now().isBefore(until))
            try {
                return Optional.of(asked.get());
            } catch (Trouble e) {
                // turned away
            }
        return Optional.empty();
    }

    private static void write(Quoted nominal, Quoted overload, int accepted, long recovered)
            throws IOException {
        Files.createDirectories(Path.of("docs/proof"));
        Files.writeString(
                Path.of("docs/proof/overload.md"),
                """
                # Far more requests than there is room for

                Written by `./facevalue prove overload`, at commit %s. Nominal are %d callers who ask for quotes without a pause. Then %d times as many are asked for a
                second, for %d seconds, whether the ones before were answered or not, while %d callers confirm theirs. The platform has `-Xmx512m` and
                a core of its own; callers and outside parties share another one.

                | measured | nominal | overload |
                |---|---:|---:|
                | quotes given a second | %d | %d |
                | answered by 503 with `Retry-After` | %d | %d |
                | a quote that was given took: median | %d ms | %d ms |
                | a quote that was given took: 99 of 100 less than | %d ms | %d ms |

                Cash-outs that were accepted meanwhile: %d, each ended and equal in both books. From the last request until all was answered as before: %d ms.
                """
                        .formatted(
                                System.getProperty("facevalue.commit", "unknown"),
                                NOMINAL,
                                TIMES,
                                SECONDS,
                                CALLERS,
                                nominal.millis().size() / WARM,
                                overload.millis().size() / SECONDS,
                                nominal.turnedAway().size(),
                                overload.turnedAway().size(),
                                nominal.percentile(50),
                                overload.percentile(50),
                                nominal.percentile(99),
                                overload.percentile(99),
                                accepted,
                                recovered));
    }

    /** What was accepted ends, equal in both books. */
    private static void ended(SandboxCustomer customer, String id) throws InterruptedException {
        var seen = customer.cashOut(id);
        for (int i = 0; i < 600 && !seen.path("waiting_for").isNull(); i++) {
            Thread.sleep(100);
            seen = customer.cashOut(id);
        }
        // Where even the other side was starved for minutes, nothing was charged.
        assertThat(seen.path("state").asString()).isIn("PAID", "NOT_CHARGED");
        assertThat(BothBooks.compare(seen, customer.world(id)).differences()).isEmpty();
    }
}
