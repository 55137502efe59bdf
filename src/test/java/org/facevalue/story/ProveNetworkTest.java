package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.cli.Trouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a carrier in a hole costs the others: measured in turns with a fair network, in one run. */
@Tag("prove")
class ProveNetworkTest {
    private static final int TURNS = 5;
    private static final int SECONDS = 20;
    private static final int EACH = 4;

    private Ground ground;

    @Test
    void a_carrier_in_a_hole_costs_the_customers_of_others_next_to_nothing() throws Exception {
        var folder = Path.of("target/prove-network").toAbsolutePath();
        Files.createDirectories(folder);
        ground = new Ground(folder);
        try (var weather = new Weather(ground.sandboxAddress(), 1)) {
            var settings = ground.settings();
            settings.put("facevalue.sandbox", weather.address());
            var process = PlatformProcess.start(settings, ground.address(), folder.resolve("die"));
            turn();
            var fair = new ArrayList<Turn>();
            var hole = new ArrayList<Turn>();
            for (int i = 0; i < TURNS; i++) {
                fair.add(turn());
                weather.hole = "noeul";
                hole.add(turn());
                weather.hole = "";
            }
            process.destroyForcibly().waitFor();
            write(fair, hole);
        }
    }

    /** Cash-outs of the other carrier that were paid, and how long a page took that has nothing to do with carriers, each in milliseconds and in order. */
    private record Turn(int paid, List<Long> pages) {
        long percentile(int nth) {
            return pages.get((pages.size() - 1) * nth / 100);
        }
    }

    private Turn turn() {
        var held = customers("two-step");
        var others = customers("one-step");
        var paid = new AtomicInteger();
        List<Long> pages = Collections.synchronizedList(new ArrayList<>());
        var until = Instant.now().plusSeconds(SECONDS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var customer : held) threads.execute(() -> begins(customer, until));
            for (var customer : others)
                threads.execute(() -> paid.addAndGet(paid(customer, until)));
            var reader = others.getFirst().api();
            threads.execute(
                    () -> {
                        while (Instant.now().isBefore(until)) {
                            long begun = System.nanoTime();
                            assertThat(reader.get("/api/v1/cash-outs").status()).isEqualTo(200);
                            pages.add((System.nanoTime() - begun) / 1_000_000);
                            pause(50);
                        }
                    });
        }
        return new Turn(paid.get(), pages.stream().sorted().toList());
    }

    private List<SandboxCustomer> customers(String tariff) {
        var customers = new ArrayList<SandboxCustomer>();
        for (int i = 0; i < EACH; i++)
            customers.add(
                    SandboxCustomer.make(ground.address(), ground.sandboxAddress(), tariff, ""));
        return customers;
    }

    /** One after another, as fast as they would be paid in a fair network. */
    private static void begins(SandboxCustomer customer, Instant until) {
        while (Instant.now().isBefore(until)) {
            confirm(customer);
            pause(1_000);
        }
    }

    private static int paid(SandboxCustomer customer, Instant until) {
        int paid = 0;
        while (Instant.now().isBefore(until)) {
            var id = confirm(customer);
            while (!customer.cashOut(id).path("state").asString().equals("PAID")) {
                if (Instant.now().isAfter(until)) return paid;
                pause(50);
            }
            paid++;
        }
        return paid;
    }

    private static String confirm(SandboxCustomer customer) {
        for (int i = 0; ; i++)
            try {
                var quote = customer.quote("face_value", 50_000, "eunmorae").path("id").asString();
                return customer.confirm(quote).path("id").asString();
            } catch (Trouble e) {
                if (i == 10) throw e;
                pause(100);
            }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(List<Turn> fair, List<Turn> hole) throws IOException {
        Files.createDirectories(Path.of("docs/proof"));
        Files.writeString(
                Path.of("docs/proof/network.md"),
                """
                # A carrier in a hole beside one that answers

                Written by `./facevalue prove network`, at commit %s. %d turns of %d seconds with a fair network and as many with one carrier in a hole (requests
                vanish, nobody is told), one after the other: %d of its customers confirm a cash-out a second each, %d of another carrier's confirm one after the
                other has been paid, and one reads a page that needs no outside party.

                | median of the turns | fair | hole |
                |---|---:|---:|
                | cash-outs of the other carrier paid | %d | %d |
                | the page took: median | %d ms | %d ms |
                | the page took: 99 of 100 less than | %d ms | %d ms |
                """
                        .formatted(
                                System.getProperty("facevalue.commit", "unknown"),
                                TURNS,
                                SECONDS,
                                EACH,
                                EACH,
                                median(fair.stream().map(turn -> (long) turn.paid()).toList()),
                                median(hole.stream().map(turn -> (long) turn.paid()).toList()),
                                median(fair.stream().map(turn -> turn.percentile(50)).toList()),
                                median(hole.stream().map(turn -> turn.percentile(50)).toList()),
                                median(fair.stream().map(turn -> turn.percentile(99)).toList()),
                                median(hole.stream().map(turn -> turn.percentile(99)).toList())));
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
