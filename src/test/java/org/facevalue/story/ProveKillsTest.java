package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import org.facevalue.cli.Api;
import org.facevalue.cli.Audit;
import org.facevalue.cli.BothBooks;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.cli.Trouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes under load, of which one is killed at a random moment, again and again. What was acknowledged ends, and both sides' books agree. */
@Tag("prove")
class ProveKillsTest {
    private static final int KILLS = Integer.getInteger("facevalue.kills", 200);
    private static final int SEEDS = 20;
    private static final int CUSTOMERS = 10;
    private static final int AT_LEAST = KILLS / 10;

    /** What a kill waits for: of four, one for a call that is not recorded, two for a commit, and one for nothing. */
    private static final List<ToIntFunction<Whereabouts>> AIMS =
            List.of(
                    Whereabouts::calledAndNotRecorded,
                    Whereabouts::inACommit,
                    where -> 1,
                    Whereabouts::inACommit);

    private static final List<String> SCENARIOS =
            List.of(
                    "",
                    "",
                    "",
                    "CHARGE_ANSWER_LOST",
                    "PAYOUT_ANSWER_LOST",
                    "PAYOUT_DECLINED",
                    "CHARGE_LATE");
    private static final long[] FACE_VALUES = {50_000, 50_000, 50_510, 50_520, 50_610, 50_620};

    /** One node and where its threads are. */
    private static final class Node {
        private final Ground.Node how;
        private final Path order;
        private final Path file;
        private volatile Process process;
        private volatile boolean ready;

        private Node(Ground.Node how, Path folder, int number) {
            this.how = how;
            this.order = folder.resolve("die-" + number);
            this.file = folder.resolve("whereabouts-" + number);
        }

        /** Starts it; gives the milliseconds until it has answered. */
        long start() throws IOException, InterruptedException {
            long begun = System.nanoTime();
            process =
                    PlatformProcess.start(
                            how.settings(),
                            how.address(),
                            order,
                            List.of("-Dfacevalue.whereabouts=" + file));
            ready = true;
            return (System.nanoTime() - begun) / 1_000_000;
        }
    }

    private final AtomicInteger inATransaction = new AtomicInteger();
    private final AtomicInteger inACommit = new AtomicInteger();
    private final AtomicInteger called = new AtomicInteger();
    private final List<Long> restarts = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, SandboxCustomer> acknowledged = new ConcurrentHashMap<>();
    private final AtomicBoolean loaded = new AtomicBoolean(true);

    @Test
    void whichever_node_is_killed_whenever_nothing_that_was_acknowledged_is_lost_or_done_twice()
            throws Exception {
        var folder = Path.of("target/prove-kills").toAbsolutePath();
        Files.createDirectories(folder);
        var ground = new Ground(folder);
        var nodes =
                List.of(
                        new Node(new Ground.Node(ground.settings(), ground.address()), folder, 1),
                        new Node(ground.another(), folder, 2));
        for (var node : nodes) node.start();
        long begun = System.nanoTime();
        var last = new long[1];
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CUSTOMERS; i++) {
                var dice = new Random(i);
                threads.submit(() -> load(ground, nodes, dice));
            }
            for (int seed = 1; seed <= SEEDS; seed++) {
                var random = new Random(seed);
                for (int i = 0; i < Math.max(1, KILLS / SEEDS); i++)
                    kill(nodes, random, AIMS.get(i % AIMS.size()), threads);
            }
            last[0] = System.nanoTime();
            loaded.set(false);
        }
        for (var node : nodes) while (!node.ready) Thread.sleep(50);
        assertThat(acknowledged).hasSizeGreaterThan(KILLS);
        end(ground);
        long settled = (System.nanoTime() - last[0]) / 1_000_000_000L;
        for (var node : nodes) node.process.destroyForcibly().waitFor();
        assertThat(inACommit.get()).as("kills inside a commit").isGreaterThanOrEqualTo(AT_LEAST);
        assertThat(called.get())
                .as("kills between a call and its record")
                .isGreaterThanOrEqualTo(AT_LEAST);
        write(settled, (System.nanoTime() - begun) / 1_000_000_000L);
    }

    /** A customer after the other: each confirms, under its key until there is an answer, whichever node is there. */
    private void load(Ground ground, List<Node> nodes, Random dice) {
        while (loaded.get()) {
            try {
                var node = nodes.get(dice.nextInt(nodes.size()));
                var minji =
                        SandboxCustomer.make(
                                ground.address(),
                                ground.sandboxAddress(),
                                dice.nextInt(3) == 0 ? "one-step" : "two-step",
                                SCENARIOS.get(dice.nextInt(SCENARIOS.size())));
                long faceValue = FACE_VALUES[dice.nextInt(FACE_VALUES.length)];
                var quote = minji.quote("face_value", faceValue, "eunmorae").path("id").asString();
                var body = minji.confirmation(quote);
                var there = new Api(node.how.address(), minji.secret("api_key"));
                var key = UUID.randomUUID().toString();
                for (int i = 0; i < 100; i++) {
                    var id = accepted(there, body, key);
                    if (id.isEmpty()) {
                        pause(300);
                        continue;
                    }
                    acknowledged.put(id, minji);
                    break;
                }
            } catch (Trouble e) {
                pause(200);
            }
        }
    }

    /** The cash-out's identifier, or empty where there was no answer, or none yet under this key. */
    private static String accepted(Api node, Map<String, Object> body, String key) {
        try {
            var answer = node.post("/api/v1/cash-outs", body, key);
            return answer.status() == 202 ? answer.body().path("id").asString() : "";
        } catch (Trouble e) {
            return "";
        }
    }

    /** {@code aim}: a moment is waited for in which it is not zero. */
    private void kill(
            List<Node> nodes,
            Random random,
            ToIntFunction<Whereabouts> aim,
            ExecutorService threads)
            throws InterruptedException, IOException {
        Thread.sleep(400 + random.nextInt(2_000));
        var node = nodes.get(random.nextInt(nodes.size()));
        while (!node.ready) Thread.sleep(20);
        var seen = Whereabouts.in(node.file);
        for (int i = 0; i < 400_000 && aim.applyAsInt(seen) == 0; i++)
            if (i % 100 == 0) Thread.sleep(1);
        node.ready = false;
        node.process.destroyForcibly().waitFor();
        var where = Whereabouts.in(node.file);
        if (where.inATransaction() > 0) inATransaction.incrementAndGet();
        if (where.inACommit() > 0) inACommit.incrementAndGet();
        if (where.calledAndNotRecorded() > 0) called.incrementAndGet();
        threads.submit(() -> restarts.add(node.start()));
    }

    /** Waits until everything has ended, and holds both sides' books against each other. */
    private void end(Ground ground) throws Exception {
        for (var entry : acknowledged.entrySet()) {
            var minji = entry.getValue();
            var seen = minji.cashOut(entry.getKey());
            for (int i = 0; i < 1_200 && !seen.path("waiting_for").isNull(); i++) {
                if (!seen.path("choices").isEmpty()) minji.choose(entry.getKey(), "refund");
                pause(100);
                seen = minji.cashOut(entry.getKey());
            }
            assertThat(seen.path("waiting_for").isNull()).as("%s", seen).isTrue();
            assertThat(BothBooks.compare(seen, minji.world(entry.getKey())).differences())
                    .as("%s", seen)
                    .isEmpty();
        }
        try (var database = ground.databases().owner().connect()) {
            assertThat(new Audit(database, new Api(ground.sandboxAddress(), null)).findings())
                    .allSatisfy(
                            finding ->
                                    assertThat(finding.violations()).as(finding.words()).isEmpty());
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(long settled, long seconds) throws IOException {
        var sorted = restarts.stream().mapToLong(Long::longValue).sorted().toArray();
        Files.createDirectories(Path.of("docs/proof"));
        Files.writeString(
                Path.of("docs/proof/kills.md"),
                """
                # %,d kills of two nodes under load

                Written by `./facevalue prove kills`, at commit %s, in %,d s on %d processors. %d customers confirm cash-outs without a pause, on either node, with
                faults among them; at random moments one node is killed as by `kill -9` and started again. Of four kills one waits for a moment
                between a call and its record, and two for a commit that is not answered yet.

                | measured | |
                |---|---:|
                | kills, over %d seeds | %,d |
                | of them with a transaction open | %,d |
                | of them inside a commit | %,d |
                | of them between a call and its record | %,d |
                | cash-outs acknowledged, each ended and equal in both books | %,d |
                | until a killed node answered again: median, worst | %.1f s, %.1f s |
                | until every cash-out had ended and was compared, after the last kill | %d s |

                The audit held afterwards: no violation of I1 to I13.
                """
                        .formatted(
                                sorted.length,
                                System.getProperty("facevalue.commit", "unknown"),
                                seconds,
                                Runtime.getRuntime().availableProcessors(),
                                CUSTOMERS,
                                SEEDS,
                                sorted.length,
                                inATransaction.get(),
                                inACommit.get(),
                                called.get(),
                                acknowledged.size(),
                                sorted[sorted.length / 2] / 1_000.0,
                                LongStream.of(sorted).max().orElse(0) / 1_000.0,
                                settled));
    }
}
