package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Time and turns of a simulated run. However many tasks there are, one runs at a time, until it pauses; whose turn is next follows from one seed. A task
 * belongs to a node, and with the node it stands still or dies.
 */
final class Turns {
    private static final Instant BEGIN = Instant.parse("2026-11-25T03:00:00Z");
    private static final long MOST = 400_000;
    private final Random random;
    private final PriorityQueue<Task> waiting =
            new PriorityQueue<>(Comparator.comparing((Task t) -> t.at).thenComparing(t -> t.turn));
    private final List<Task> all = new ArrayList<>();
    private final Semaphore idle = new Semaphore(0);
    private final Consumer<String> story;
    private Instant now = BEGIN;
    private long turns;
    private Task current;

    Turns(Random random, Consumer<String> story) {
        this.random = random;
        this.story = story;
    }

    /** A process. */
    final class Node {
        final String name;
        private boolean dead;
        private Instant still = Instant.MIN;

        /** By how much its wall clock is wrong. */
        private Duration off = Duration.ZERO;

        private Node(String name) {
            this.name = name;
        }

        boolean isDead() {
            return dead;
        }

        /** As SIGKILL does: nothing of it runs any more. */
        void kill() {
            dead = true;
        }

        /** As SIGSTOP does, until SIGCONT. */
        void standStill(Duration howLong) {
            still = now.plus(howLong);
        }

        /** Its wall clock jumps; the monotonic one and the database's do not. */
        void setOff(Duration by) {
            off = by;
        }

        boolean isStill() {
            return now.isBefore(still);
        }
    }

    /** What a task of a killed node gets to feel: it unwinds, and whatever it held is gone. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    private final class Task {
        private final Node node;
        private final Semaphore turn0 = new Semaphore(0);
        private final Thread thread;
        private Instant at;
        private long turn;
        private String where = "start";
        private Throwable failed;
        private boolean over;

        private Task(Node node, Runnable body) {
            this.node = node;
            this.thread =
                    Thread.ofVirtual()
                            .unstarted(
                                    () -> {
                                        turn0.acquireUninterruptibly();
                                        try {
                                            if (!node.dead) body.run();
                                        } catch (Killed e) {
                                            // That was it.
                                        } catch (Throwable e) {
                                            failed = e;
                                        } finally {
                                            over = true;
                                            idle.release();
                                        }
                                    });
        }
    }

    Node node(String name) {
        return new Node(name);
    }

    long taken() {
        return turns;
    }

    Instant now() {
        return now;
    }

    /** The wall clock of the node whose task runs now. */
    Instant wall() {
        return current == null ? now : now.plus(current.node.off);
    }

    long nanos() {
        return Duration.between(BEGIN, now).toNanos();
    }

    /** Of the node whose task runs now. */
    Node here() {
        return current.node;
    }

    /** Begins a task of {@code node} in {@code in}. */
    void begin(Node node, Duration in, Runnable body) {
        var task = new Task(node, body);
        all.add(task);
        task.thread.start();
        later(task, in);
    }

    private void later(Task task, Duration in) {
        task.at = now.plus(in);
        task.turn = turns++;
        waiting.add(task);
    }

    /** Gives the turn away, for at least so long. Throws {@link Killed} when the node was killed meanwhile. */
    void pause(String where, Duration atLeast) {
        var me = current;
        if (me.node.dead) throw new Killed();
        me.where = where;
        later(me, atLeast.plus(jitter()));
        idle.release();
        me.turn0.acquireUninterruptibly();
        if (me.node.dead) throw new Killed();
    }

    private Duration jitter() {
        return Duration.ofNanos(1_000L * random.nextInt(3_000));
    }

    /** Ends the pause of those who wait there. */
    void wake(String where) {
        for (var task : List.copyOf(waiting))
            if (task.where.equals(where) && task.at.isAfter(now)) {
                waiting.remove(task);
                later(task, Duration.ofMillis(1));
            }
    }

    /** Where the tasks of a node stand: to count what a kill has hit. */
    List<String> whereabouts(Node node) {
        return all.stream().filter(t -> t.node == node && !t.over).map(t -> t.where).toList();
    }

    /** Lets everything run until nothing is left to run before {@code until}; what a task threw is thrown here. */
    void runUntil(Instant until) {
        while (!waiting.isEmpty() && !waiting.peek().at.isAfter(until)) {
            var task = waiting.poll();
            if (turns > MOST) throw new IllegalStateException("it does not come to rest");
            if (now.isBefore(task.at)) now = task.at;
            if (task.node.isStill() && !task.node.dead) {
                later(task, Duration.between(now, task.node.still));
                continue;
            }
            current = task;
            task.turn0.release();
            idle.acquireUninterruptibly();
            if (task.over) all.remove(task);
            if (task.failed != null) {
                story.accept(task.node.name + " failed: " + task.failed);
                throw new IllegalStateException(task.node.name, task.failed);
            }
        }
        if (now.isBefore(until)) now = until;
    }

    /** Ends what is left, so that no thread stays. */
    void close() {
        for (var task : List.copyOf(all)) task.node.kill();
        while (!waiting.isEmpty()) {
            current = waiting.poll();
            current.turn0.release();
            idle.acquireUninterruptibly();
        }
    }
}
