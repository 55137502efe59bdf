package org.facevalue.platform.cashout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many runs of the simulation, each with the hash of its story, written down so that anybody can replay any of them. */
@Tag("prove")
class ProveSimulationTest {
    private static final long SEEDS = Long.getLong("facevalue.seeds", 10_000);
    private static final int AT_ONCE = 250;

    @Test
    void thousands_of_runs_break_no_invariant()
            throws InterruptedException, ExecutionException, IOException {
        var hashes = new ArrayList<String>();
        var counters = new TreeMap<String, Integer>();
        long begun = System.nanoTime();
        for (long seed = 1; seed <= SEEDS; seed += AT_ONCE) {
            var ran = Seeds.run(seed, Math.min(AT_ONCE, SEEDS - seed + 1));
            assertThat(ran.failed()).as(ran.told()).isEmpty();
            hashes.addAll(ran.hashes());
            ran.counters().forEach((what, n) -> counters.merge(what, n, Integer::sum));
        }
        long seconds = (System.nanoTime() - begun) / 1_000_000_000L;
        for (var rare : Seeds.rare()) counters.putIfAbsent(rare, 0);
        assertThat(counters.values())
                .as("each fault met, each edge taken, each end reached")
                .doesNotContain(0);
        var folder = Path.of("docs/proof");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("stories.txt"), String.join("\n", hashes) + "\n");
        var told =
                counters.entrySet().stream()
                        .map(e -> "| %s | %,d |".formatted(e.getKey(), e.getValue()))
                        .collect(Collectors.joining("\n"));
        Files.writeString(
                folder.resolve("simulation.md"),
                """
                # %,d simulated runs

                Written by `./facevalue prove simulation`, at commit %s, in %,d s on %d processors. Seeds 1 to %d; no invariant was violated. The hash of each
                story is in [stories.txt](stories.txt), a seed a line; `./facevalue test` replays ten of them and compares. A run is replayed by
                `./facevalue simulate --from SEED --seeds 1`.

                | met, taken, reached | times |
                |---|---:|
                %s
                """
                        .formatted(
                                SEEDS,
                                System.getProperty("facevalue.commit", "unknown"),
                                seconds,
                                Runtime.getRuntime().availableProcessors(),
                                SEEDS,
                                told));
    }
}
