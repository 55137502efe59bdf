package org.facevalue.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./facevalue traffic}: real cash-outs at a steady rate, so that a person can watch and figures can be measured. */
@Command(
        name = "traffic",
        description =
                "Makes cash-outs against the running platform, at a steady rate and with faults.")
final class TrafficCommand implements Callable<Integer> {
    private static final int CUSTOMERS = 40;
    private static final int MOST_EACH = 50;
    private static final int EVERY_SECONDS = 5;
    private static final long MILLIS = 1_000;
    private static final long NANOS = 1_000_000_000;

    @Option(names = "--rate", description = "Cash-outs a second (5).", defaultValue = "5")
    private int rate = 5;

    @Option(
            names = "--faults",
            description = "How many of them meet a fault (10%%).",
            defaultValue = "10%")
    private String faults = "10%";

    @Option(names = "--seconds", description = "For how long (60).", defaultValue = "60")
    private int seconds = 60;

    @Option(names = "--seed", description = "What is drawn by lot follows from it (1).")
    private long seed = 1;

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final Map<String, Integer> ends = new ConcurrentSkipListMap<>();
    private final List<Long> millis = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Integer call() throws InterruptedException {
        if (!faults.matches("(100|[0-9]{1,2})%") || rate < 1 || rate > 1_000 || seconds < 1) {
            System.err.println("facevalue: --faults takes 0% to 100%, --rate up to 1000 a second.");
            return 2;
        }
        try {
            return traffic(Layout.ofEnvironment());
        } catch (Trouble trouble) {
            System.err.println("facevalue: " + trouble.getMessage());
            return 1;
        }
    }

    private int traffic(Layout layout) throws InterruptedException {
        int percent = Integer.parseInt(faults.substring(0, faults.length() - 1));
        var traffic =
                new Traffic(layout.address(), layout.sandboxAddress(), percent, Integer.MAX_VALUE);
        var dice = new Random(seed);
        var customers = new ArrayList<SandboxCustomer>();
        for (int i = 0; i < CUSTOMERS; i++) customers.add(traffic.customer(dice));
        long start = System.nanoTime();
        long shown = start;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < rate * seconds; i++) {
                long wait = start + i * NANOS / rate - System.nanoTime();
                if (wait > 0) Thread.sleep(Duration.ofNanos(wait));
                // A line is billed so much in a month and no more.
                if (i / CUSTOMERS % MOST_EACH == MOST_EACH - 1)
                    customers.set(i % CUSTOMERS, traffic.customer(dice));
                var customer = customers.get(i % CUSTOMERS);
                var lot = new Random(dice.nextLong());
                threads.execute(() -> one(traffic, customer, lot));
                if (System.nanoTime() - shown > EVERY_SECONDS * NANOS) {
                    shown = System.nanoTime();
                    show();
                }
            }
        }
        show();
        return failed.get() == 0 ? 0 : 1;
    }

    private void one(Traffic traffic, SandboxCustomer customer, Random lot) {
        begun.incrementAndGet();
        long at = System.nanoTime();
        try {
            var end = traffic.end(customer, traffic.confirm(customer, lot), lot);
            millis.add((System.nanoTime() - at) * MILLIS / NANOS);
            ends.merge(end, 1, Integer::sum);
        } catch (Trouble trouble) {
            failed.incrementAndGet();
            System.err.println("facevalue: " + trouble.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() {
        var sorted = millis.stream().sorted().toList();
        int ended = sorted.size();
        System.out.printf(
                Locale.ROOT,
                "%5d begun, %5d ended %s, %d failed; from the quote to the end median %d ms, 99 of 100 within %d ms%n",
                begun.get(),
                ended,
                ends,
                failed.get(),
                ended == 0 ? 0 : sorted.get(ended / 2),
                ended == 0 ? 0 : sorted.get(ended * 99 / 100));
    }
}
