package org.facevalue.platform.outside;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the jobs: asks each for due rows, again and again, and advances every row on a thread of its own, at most so many at once. */
final class Runner implements SmartLifecycle, Heartbeat {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    private static final int AT_ONCE = 64;
    private final List<Job> jobs;
    private final Clock clock;
    private final Duration every;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private volatile boolean running;
    private final Map<String, Instant> beats = new ConcurrentHashMap<>();
    private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Runner(List<Job> jobs, Clock clock, Duration every) {
        this.jobs = jobs;
        this.clock = clock;
        this.every = every;
    }

    @Override
    public Duration sinceLastBeat() {
        var oldest =
                jobs.stream()
                        .map(job -> beats.getOrDefault(job.name(), Instant.EPOCH))
                        .min(Instant::compareTo)
                        .orElse(Instant.EPOCH);
        return Duration.between(oldest, clock.instant());
    }

    @Override
    public void start() {
        running = true;
        threads = Executors.newVirtualThreadPerTaskExecutor();
        for (var job : jobs) threads.execute(() -> loop(job));
    }

    private void loop(Job job) {
        while (running) {
            try {
                round(job);
            } catch (RuntimeException | Error e) {
                // Whatever it is, the next round may go well; health says meanwhile that none did.
                LOG.warn("{}: cannot claim what is due: {}", job.name(), String.valueOf(e));
            }
            try {
                Thread.sleep(every);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void round(Job job) {
        int free = room.availablePermits();
        if (free == 0) return;
        var claimed = job.claimDue(free);
        beats.put(job.name(), clock.instant());
        for (var row : claimed) {
            room.acquireUninterruptibly();
            threads.execute(
                    () -> {
                        try {
                            job.advance(row);
                        } catch (RuntimeException | Error e) {
                            LOG.warn(
                                    "{}: will try again after the lease: {}",
                                    job.name(),
                                    String.valueOf(e),
                                    e);
                        } finally {
                            room.release();
                        }
                    });
        }
    }

    @Override
    public void stop() {
        running = false;
        threads.shutdownNow();
        threads.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
