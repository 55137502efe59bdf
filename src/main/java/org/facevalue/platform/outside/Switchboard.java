package org.facevalue.platform.outside;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.facevalue.platform.outside.Transport.Reply;
import org.facevalue.platform.outside.Transport.Request;

/**
 * A line to each outside party, apart from the others': so many calls at once and no more, and none for a while when most of the last ones failed. A
 * party that is slow or gone so takes its own share of this node's threads and time, and nobody else's. What is not let out counts as sent and not
 * answered, like every other silence.
 */
public final class Switchboard implements Lines {
    private static final int LAST_CALLS = 20;
    private static final int FEWEST_CALLS = 10;
    private static final int HALF = 50;
    private static final int TRIALS = 3;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;
    private final Transport transport;
    private final BulkheadRegistry bulkheads;
    private final CircuitBreakerRegistry breakers;
    private final RateLimiterRegistry budgets;

    /**
     * @param atOnce calls to one party
     * @param wait how long none is let out after most have failed
     * @param again repeats and questions to one party in a second
     */
    Switchboard(Transport transport, int atOnce, Duration wait, int again) {
        this.budgets =
                RateLimiterRegistry.of(
                        RateLimiterConfig.custom()
                                .limitForPeriod(again)
                                .limitRefreshPeriod(Duration.ofSeconds(1))
                                .timeoutDuration(Duration.ZERO)
                                .build());
        this.transport = transport;
        this.bulkheads =
                BulkheadRegistry.of(
                        BulkheadConfig.custom()
                                .maxConcurrentCalls(atOnce)
                                .maxWaitDuration(Duration.ZERO)
                                .build());
        this.breakers =
                CircuitBreakerRegistry.of(
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(LAST_CALLS)
                                .minimumNumberOfCalls(FEWEST_CALLS)
                                .failureRateThreshold(HALF)
                                .waitDurationInOpenState(wait)
                                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                                .build());
    }

    @Override
    public Transport to(String party) {
        var bulkhead = bulkheads.bulkhead(party);
        var breaker = breakers.circuitBreaker(party);
        return request -> send(request, bulkhead, breaker);
    }

    @Override
    public Transport again(String party) {
        var budget = budgets.rateLimiter(party);
        var line = to(party);
        // One question may take several requests: a list is read page by page.
        var asked = new AtomicBoolean();
        return request ->
                asked.getAndSet(true) || budget.acquirePermission()
                        ? line.send(request)
                        : new Reply.Nothing(party + " was asked too often: not sent");
    }

    private Reply send(Request request, Bulkhead bulkhead, CircuitBreaker breaker) {
        if (!bulkhead.tryAcquirePermission())
            return new Reply.Nothing("too many calls to " + bulkhead.getName() + ": not sent");
        try {
            if (!breaker.tryAcquirePermission())
                return new Reply.Nothing(breaker.getName() + " has failed too often: not sent");
            long begun = System.nanoTime();
            var reply = transport.send(request);
            long took = System.nanoTime() - begun;
            if (failed(reply))
                breaker.onError(took, TimeUnit.NANOSECONDS, new Failed(reply.toString()));
            else breaker.onSuccess(took, TimeUnit.NANOSECONDS);
            return reply;
        } finally {
            bulkhead.onComplete();
        }
    }

    private static boolean failed(Reply reply) {
        return !(reply instanceof Reply.Got(var status, var body))
                || status >= SERVER_ERROR
                || status == TOO_MANY;
    }

    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String why) {
            super(why, null, false, false);
        }
    }

    /**
     * How it stands with one party, as this node sees it.
     *
     * @param state {@code CLOSED} lets everything out, {@code OPEN} nothing, {@code HALF_OPEN} a few to try
     * @param failedOf of the last calls, in hundred; negative while there are too few
     * @param againLeft repeats and questions that are left in this second
     */
    public record PartyLine(
            String party, String state, int atOnce, float failedOf, int againLeft) {}

    /** Of every party that was ever called, by name. */
    public List<PartyLine> lines() {
        return breakers.getAllCircuitBreakers().stream()
                .map(
                        breaker ->
                                new PartyLine(
                                        breaker.getName(),
                                        breaker.getState().name(),
                                        calling(breaker.getName()),
                                        breaker.getMetrics().getFailureRate(),
                                        budgets.rateLimiter(breaker.getName())
                                                .getMetrics()
                                                .getAvailablePermissions()))
                .sorted(Comparator.comparing(PartyLine::party))
                .toList();
    }

    private int calling(String party) {
        var metrics = bulkheads.bulkhead(party).getMetrics();
        return metrics.getMaxAllowedConcurrentCalls() - metrics.getAvailableConcurrentCalls();
    }
}
