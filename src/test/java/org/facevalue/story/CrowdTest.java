package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.cli.Traffic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand cash-outs of a hundred customers, with faults drawn by lot: each of the five ends is reached often, and both sides' books are equal. */
@Tag("prove")
class CrowdTest {
    private static final World WORLD = World.get();
    private static final int CUSTOMERS = 100;
    private static final int EACH = 10;
    private static final int FAULTS = 120;
    private static final int AT_LEAST = 50;

    /** So many requests are answered by one node at the same moment; the cash-outs are all under way together. */
    private static final int AT_ONCE = 48;

    private record Ended(SandboxCustomer customer, String id) {}

    @Test
    void a_thousand_at_once_reach_every_end_with_both_sides_books_equal()
            throws InterruptedException, SQLException {
        var traffic = new Traffic(WORLD.address(), WORLD.sandboxAddress(), FAULTS, AT_ONCE);
        var lot = new Random(20_261_128);
        var customers = new ArrayList<SandboxCustomer>();
        for (int i = 0; i < CUSTOMERS; i++) customers.add(traffic.customer(lot));
        Map<String, Integer> ends = new ConcurrentHashMap<>();
        var ended = new ConcurrentLinkedQueue<Ended>();
        var failed = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CUSTOMERS * EACH; i++) {
                var customer = customers.get(i % CUSTOMERS);
                var dice = new Random(lot.nextLong());
                threads.execute(
                        () -> {
                            try {
                                var id = traffic.confirm(customer, dice);
                                ended.add(new Ended(customer, id));
                                ends.merge(traffic.end(customer, id, dice), 1, Integer::sum);
                            } catch (RuntimeException | InterruptedException e) {
                                failed.add(String.valueOf(e));
                            }
                        });
            }
        }
        assertThat(failed).isEmpty();
        assertThat(ended).hasSize(CUSTOMERS * EACH);
        System.out.println("ends: " + ends);
        assertThat(ends)
                .containsOnlyKeys(
                        "PAID", "NOT_CHARGED", "REFUNDED", "KEPT_AS_VOUCHER", "KEPT_AS_CASH");
        assertThat(ends.values()).allMatch(n -> n >= AT_LEAST);
        var differing = new ArrayList<String>();
        for (var each : ended)
            differing.addAll(
                    WORLD.differences(each.customer(), each.customer().cashOut(each.id())));
        assertThat(differing).isEmpty();
    }
}
