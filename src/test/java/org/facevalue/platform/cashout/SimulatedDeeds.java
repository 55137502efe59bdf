package org.facevalue.platform.cashout;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.facevalue.platform.ledger.SimulatedStore;
import org.facevalue.platform.outside.Transport.Request;

/** What went out that changes something at the other side: each under a lease that lives, and none without its intention. */
final class SimulatedDeeds {
    private final Map<UUID, Integer> deeds = new TreeMap<>();
    private final Consumer<String> violated;
    private SimulatedStore store;
    private Instant jumped = Instant.EPOCH;

    SimulatedDeeds(Consumer<String> violated) {
        this.violated = violated;
    }

    /** A wall clock was moved: for as long as a lease it says nothing of when a request was intended. */
    void jumped(Instant at) {
        jumped = at;
    }

    /** Where their intentions are; before the first goes out. */
    void in(SimulatedStore intentions) {
        store = intentions;
    }

    /**
     * A deed goes out only while nobody else would send it, whoever sends it: under a lease that lives, or so soon after its intention that whoever has
     * asked meanwhile waits on. A code is the customer's, and nobody leases it.
     *
     * @param wall the sender's own clock
     */
    void sent(Request request, Instant at, Instant wall) {
        if (!request.method().equals("POST")) return;
        var path = request.uri().getPath();
        if (path.equals("/token") || path.endsWith("/validate")) return;
        for (var row : about(request)) {
            deeds.merge((UUID) row.get("id"), 1, Integer::sum);
            boolean leased =
                    living(row, at, wall)
                            || store.rows("aftermath").stream()
                                    .anyMatch(
                                            a ->
                                                    a.get("cash_out").equals(row.get("id"))
                                                            && living(a, at, wall));
            if (!leased) violated.accept("sent without a lease: " + request.uri());
        }
    }

    /** A worn-out token: the same deed goes out once more with a new one. */
    void notSent(Request request) {
        if (!request.method().equals("POST") || request.uri().getPath().endsWith("/validate"))
            return;
        for (var row : about(request)) deeds.merge((UUID) row.get("id"), -1, Integer::sum);
    }

    private List<Map<String, Object>> about(Request request) {
        var text = request.body() + request.uri().getPath() + request.headers().get("x-correlator");
        return store.rows("cash_out").stream()
                .filter(row -> text.contains(row.get("id").toString()))
                .toList();
    }

    /** Every deed was intended, and its intention committed, before it went out. */
    void check() {
        for (var deed : deeds.entrySet()) {
            long intended =
                    store.rows("outside_call").stream()
                            .filter(call -> !(boolean) call.get("asks"))
                            .filter(call -> !call.get("step").equals("VALIDATE"))
                            .filter(call -> isOf((UUID) call.get("subject"), deed.getKey()))
                            .count();
            if (deed.getValue() > intended)
                violated.accept("I13: %d deeds, %d intended".formatted(deed.getValue(), intended));
        }
    }

    private boolean isOf(UUID subject, UUID cashOut) {
        return subject.equals(cashOut)
                || cashOut.equals(store.row("aftermath", subject).get("cash_out"));
    }

    private boolean living(Map<String, Object> row, Instant at, Instant wall) {
        var until = (Instant) row.get("lease_until");
        var sent = (Instant) row.get("sent_at");
        return jumped.plus(SimulatedRows.LEASE.multipliedBy(2)).isAfter(at)
                || until != null && until.isAfter(at)
                || sent != null && sent.plus(SimulatedRows.LEASE).isAfter(wall);
    }
}
