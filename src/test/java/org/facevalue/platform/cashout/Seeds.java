package org.facevalue.platform.cashout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

/** Runs many seeds, and adds up what they met. */
public final class Seeds {
    private Seeds() {}

    /**
     * What came of a range of seeds.
     *
     * @param failed those with violations
     * @param hashes of the stories, each with its seed, in their order
     * @param counters summed over all, with a zero for each edge and end that none has reached
     */
    public record Ran(
            long seeds,
            List<Simulation.Result> failed,
            List<String> hashes,
            Map<String, Integer> counters) {

        /** The seeds that failed, each with what was violated and its story in order. */
        public String told() {
            var text = new StringBuilder();
            for (var result : failed) {
                text.append("seed %d: %s%n".formatted(result.seed(), result.violations()));
                if (failed.getFirst() == result)
                    result.story().forEach(line -> text.append("  ").append(line).append('\n'));
            }
            return text.toString();
        }

        /** Both together. */
        public Ran and(Ran more) {
            var all = new ArrayList<>(failed);
            all.addAll(more.failed);
            var both = new ArrayList<>(hashes);
            both.addAll(more.hashes);
            var sums = new TreeMap<>(counters);
            more.counters.forEach((what, n) -> sums.merge(what, n, Integer::sum));
            return new Ran(seeds + more.seeds, all, both, sums);
        }

        /** What no run has met. */
        public List<String> zeros() {
            return counters.entrySet().stream()
                    .filter(e -> e.getValue() == 0)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /** Runs the seeds from {@code first} on, on every processor. */
    public static Ran run(long first, long count) throws InterruptedException, ExecutionException {
        var counters = new TreeMap<String, Integer>();
        for (var expected : expected()) counters.put(expected, 0);
        var failed = new ArrayList<Simulation.Result>();
        var hashes = new ArrayList<String>();
        try (var threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            var runs =
                    LongStream.range(first, first + count)
                            .<Callable<Simulation.Result>>mapToObj(
                                    seed -> () -> Simulation.run(seed))
                            .toList();
            for (var run : threads.invokeAll(runs)) {
                var result = run.get();
                result.counters().forEach((what, n) -> counters.merge(what, n, Integer::sum));
                hashes.add(result.seed() + " " + result.hash());
                if (!result.violations().isEmpty()) failed.add(result);
            }
        }
        return new Ran(count, failed, hashes, counters);
    }

    /** An issuer that has refused a kept voucher takes it back all the same, or says no again; staff finds that what was owed again was paid. */
    private static final List<String> RARE_EDGES =
            List.of(
                    "edge am WATCHED voucher-given-back REFUNDING",
                    "edge am OWED whole-already UNDONE",
                    "edge am WITHDRAWING voucher-refused-again WATCHED");

    /** What needs thousands of runs to be met: those, and what staff records of a party's word by each step. */
    static List<String> rare() {
        var rare = new ArrayList<>(RARE_EDGES);
        for (var done :
                List.of("CANCEL", "CONFIRM", "PAY_BACK", "REDEEM", "RETURN_VOUCHER", "TRANSFER"))
            rare.add("said DONE of " + done);
        for (var not :
                List.of(
                        "CANCEL",
                        "CHARGE",
                        "CONFIRM",
                        "PAY_BACK back",
                        "RETURN_VOUCHER",
                        "TRANSFER",
                        "TRANSFER back")) rare.add("said NOT_DONE of " + not);
        rare.addAll(List.of("by hand paid-by-hand", "by hand whole-already"));
        return rare;
    }

    private static List<String> expected() {
        var expected = new ArrayList<String>();
        for (var edge : CashOutState.EDGES) expected.add(Simulation.counter("co", edge));
        for (var edge : AftermathState.EDGES) expected.add(Simulation.counter("am", edge));
        expected.removeAll(RARE_EDGES);
        for (var state : CashOutState.values()) if (state.isEnd()) expected.add("end " + state);
        for (var state : AftermathState.values())
            if (state.isEnd()) expected.add("aftermath end " + state);
        for (var fault : SimulatedNetwork.Fault.values()) {
            expected.add("fault " + fault + " deed");
            if (fault != SimulatedNetwork.Fault.ARRIVES_DAYS_LATE)
                expected.add("fault " + fault + " question");
        }
        for (var fate : List.of("CONFLICT", "DONE_AND_ANSWER_LOST", "NOT_DONE_AND_ANSWER_LOST"))
            expected.add("fault COMMIT_" + fate);
        expected.add("fault DATABASE_GONE");
        expected.addAll(List.of("clock jumped on", "clock jumped back", "clock put right"));
        for (var where :
                List.of(
                        "before a transaction",
                        "after a commit",
                        "waiting for an answer",
                        "an answer is on its way")) {
            expected.add("killed " + where);
            expected.add("stood still " + where);
        }
        return expected;
    }
}
