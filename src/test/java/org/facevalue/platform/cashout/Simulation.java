package org.facevalue.platform.cashout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.facevalue.platform.carrier.BareCarrier;
import org.facevalue.platform.carrier.CarrierBilling;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.ledger.SimulatedStore;
import org.facevalue.platform.outside.BareOutside;
import org.facevalue.platform.outside.Job;
import org.facevalue.platform.outside.OutsideCalls;
import org.facevalue.platform.outside.Transport.Request;
import org.facevalue.platform.payout.BarePayouts;
import org.facevalue.platform.redemption.BareRedemptions;
import org.facevalue.platform.voucher.BareVouchers;
import org.facevalue.platform.wallet.BareWallets;
import org.springframework.dao.DataAccessException;

/**
 * A few cash-outs on two nodes, from one number: scheduler, clock, network, database and other side are simulated, and everything that decides is
 * production's. First the weather is bad: requests, answers and commits get lost, nodes die and stand still, the database goes away. Then it is good, and
 * everything has to reach its end with both sides' books equal.
 */
public final class Simulation {
    private static final Instant BEGIN = Instant.parse("2026-11-25T03:00:00Z");
    private static final Duration BAD_WEATHER = Duration.ofMinutes(6);
    private static final Duration WHOLE = Duration.ofDays(75);
    private static final int CASH_OUTS = 14;
    private static final List<String> PARTIES =
            List.of("carrier", "carrier", "issuer", "provider", "bank");
    private static final StepJob.Limits LIMITS =
            new StepJob.Limits(SimulatedRows.LEASE, SimulatedNetwork.TIMEOUT);
    static final String IDLE = "nothing to do";
    private final long seed;
    private final Random random;
    private final List<String> story = new ArrayList<>();
    private final Map<String, Integer> counters = new TreeMap<>();
    private final Set<String> violations = new TreeSet<>();
    final Turns turns;
    final SimulatedOthers others;
    private final SimulatedNetwork network;
    final SimulatedStore store;
    final SimulatedRows rows;
    final Ledger ledger;
    private final List<Turns.Node> nodes = new ArrayList<>();
    private final Turns.Node outside;
    final Set<UUID> acknowledged = new TreeSet<>();
    private final Invariants invariants;
    private final List<StepJob<?>> jobs = new ArrayList<>();
    private final SimulatedDeeds deeds;
    final CashOuts cashOuts;
    final ByHand byHand;
    final Withdrawals withdrawals;
    final Choices choices;
    final CustomerCodes codes;
    private long ids;
    private int told;
    private final SimulatedPeople people = new SimulatedPeople(this);

    /**
     * What came of one run.
     *
     * @param violations empty, or what went wrong
     * @param counters how often each fault was hit, each edge taken, each end reached
     * @param hash of the story: the same for the same seed, wherever it runs
     */
    public record Result(
            long seed,
            List<String> violations,
            Map<String, Integer> counters,
            List<String> story,
            String hash) {}

    private Simulation(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.turns = new Turns(random, this::tell);
        this.outside = turns.node("outside");
        this.others = new SimulatedOthers(turns::now, seed);
        this.deeds = new SimulatedDeeds(violations::add);
        this.network =
                new SimulatedNetwork(
                        turns, outside, random, others, this::count, this::sent, deeds::notSent);
        this.store = new SimulatedStore(network, turns::now);
        this.deeds.in(store);
        this.rows = new SimulatedRows(store);
        this.invariants = new Invariants(store, rows, others, acknowledged, violations::add);
        network.afterCommit(invariants::always);
        this.ledger = SimulatedStore.ledger(store);
        var calls = BareOutside.calls(this::nextId);
        var billing = BareCarrier.billing(network, clock());
        var parties = parties(billing);
        var records = new CashOutSetup.Records(calls);
        jobs.add(job("co", rows.cash, parties, records));
        jobs.add(job("am", rows.after, parties, records));
        var vouchers = BareVouchers.vouchers();
        cashOuts =
                new CashOuts(
                        ledger,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        rows.cash,
                        rows.after,
                        this::nextId,
                        this::now);
        byHand = new ByHand(rows.cash, rows.after, parties, this::nextId);
        withdrawals = new Withdrawals(rows.after, this::nextId, this::now);
        choices =
                new Choices(
                        ledger,
                        null,
                        rows.cash,
                        parties,
                        rows,
                        vouchers,
                        new BareWallets(),
                        withdrawals,
                        null,
                        this::nextId,
                        this::now);
        codes = codes(billing, calls);
    }

    private OutsideParties parties(CarrierBilling billing) {
        return new OutsideParties(
                network,
                rows,
                billing,
                BareVouchers.vouchers(),
                BareRedemptions.redemptions(),
                BarePayouts.payouts());
    }

    private CustomerCodes codes(CarrierBilling billing, OutsideCalls calls) {
        return new CustomerCodes(
                ledger,
                rows,
                billing,
                network,
                calls,
                rows.cash,
                this::nextId,
                this::now,
                turns::nanos,
                LIMITS);
    }

    private <R extends Course<R>> StepJob<R> job(
            String name, CourseQueue<R> queue, Parties parties, CashOutSetup.Records records) {
        return new StepJob<>(
                name,
                queue,
                ledger,
                parties,
                records,
                this::nextId,
                this::now,
                turns::nanos,
                LIMITS);
    }

    /** Runs one seed to its end. */
    public static Result run(long seed) {
        var result = new AtomicReference<Result>();
        try {
            // Among virtual threads a turn is given on without asking the operating system.
            Thread.ofVirtual().start(() -> result.set(runHere(seed))).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return result.get();
    }

    private static Result runHere(long seed) {
        var simulation = new Simulation(seed);
        try {
            simulation.run();
        } catch (RuntimeException | StackOverflowError e) {
            simulation.violations.add(
                    "failed: " + e + (e.getCause() == null ? "" : ": " + e.getCause()));
        } finally {
            simulation.turns.close();
        }
        return new Result(
                seed,
                List.copyOf(simulation.violations),
                simulation.counters,
                simulation.story,
                simulation.hash());
    }

    private void run() {
        for (int i = 0; i < 2; i++) start("node " + (i + 1));
        for (int i = 0; i < CASH_OUTS; i++) {
            var dice = new Random(random.nextLong());
            var cashOut = Alone.confirmed(CashOutState.CHARGING, nextId(), nextId());
            turns.begin(
                    outside,
                    Duration.ofMillis(random.nextInt(60_000)),
                    () -> people.customer(cashOut, dice));
        }
        turns.begin(outside, Duration.ofSeconds(1), this::trouble);
        if (random.nextInt(3) != 0) breakPostRoom(Duration.ofMinutes(5 + random.nextInt(150)));
        if (random.nextInt(6) == 0) {
            network.oddParty = PARTIES.get(random.nextInt(PARTIES.size()));
            network.oddUntil = BEGIN.plus(Duration.ofHours(7));
            tell("the " + network.oddParty + " tells of other amounts for hours");
        }
        turns.runUntil(BEGIN.plus(BAD_WEATHER));
        network.bad = false;
        nodes.forEach(node -> node.setOff(Duration.ZERO));
        deeds.jumped(turns.now());
        tell("the weather is good from here");
        if (network.brokenUntil.isAfter(turns.now())) turns.runUntil(network.brokenUntil);
        // What turns up late may turn up at a bad time.
        for (var earliest : List.of(1, 20, 100))
            turns.begin(
                    outside,
                    Duration.ofHours(earliest + random.nextInt(80)),
                    () -> breakPostRoom(Duration.ofHours(2 + random.nextInt(12))));
        turns.begin(outside, Duration.ofHours(6), people::staff);
        turns.begin(outside, Duration.ofDays(20), people::staff);
        turns.begin(outside, Duration.ofDays(40), people::staff);
        turns.runUntil(BEGIN.plus(WHOLE));
        deeds.check();
        invariants.check();
        reached();
        counters.put("most turns", (int) turns.taken());
    }

    static String counter(String kind, Edge<?> edge) {
        return counter(kind, edge.from().name(), edge.event(), edge.to().name());
    }

    private static String counter(String kind, String from, String event, String to) {
        return "edge %s %s %s %s".formatted(kind, from, event, to);
    }

    private void breakPostRoom(Duration howLong) {
        network.brokenPostRoom = PARTIES.get(random.nextInt(PARTIES.size()));
        network.brokenUntil = turns.now().plus(howLong);
        network.silent = random.nextInt(3) == 0;
        tell("the post room of the " + network.brokenPostRoom + " is broken for " + howLong);
    }

    private void reached() {
        for (var row : store.rows("cash_out")) count("end " + row.get("state"));
        for (var row : store.rows("aftermath")) count("aftermath end " + row.get("state"));
        for (var row : store.rows("cash_out")) edges((UUID) row.get("id"), CashOutState.CHARGING);
        for (var row : store.rows("aftermath")) edges((UUID) row.get("id"), AftermathState.WATCHED);
    }

    private void edges(UUID subject, Enum<?> begin) {
        var from = begin.name();
        for (var event : store.events(subject)) {
            var to = String.valueOf(event.data().get("state"));
            if (!event.type().equals("confirmed"))
                count(counter(event.subjectKind(), from, event.type(), to));
            from = to;
        }
    }

    private void start(String name) {
        var node = turns.node(name);
        nodes.add(node);
        for (var job : jobs) turns.begin(node, Duration.ofMillis(100), () -> poll(node, job));
    }

    /** As the runner does it: claims what is due, and each row goes on by itself. */
    private void poll(Turns.Node node, Job job) {
        while (true) {
            try {
                for (var claim : job.claimDue(4))
                    turns.begin(node, Duration.ofMillis(1), () -> advance(job, claim));
            } catch (DataAccessException e) {
                // The next round may go well.
            }
            turns.pause(IDLE, untilDue());
        }
    }

    private void advance(Job job, org.facevalue.platform.outside.Claim claim) {
        try {
            job.advance(claim);
        } catch (DataAccessException | IllegalStateException e) {
            count("advance failed");
        }
        follow();
    }

    /** Polling every few milliseconds for two months would only cost time. */
    private Duration untilDue() {
        var shortest = Duration.ofMillis(200);
        var next = BEGIN.plus(WHOLE);
        for (var table : List.of("cash_out", "aftermath"))
            for (var row : store.rows(table)) {
                var due = (Instant) row.get("due_at");
                if (due == null) continue;
                var lease = (Instant) row.get("lease_until");
                var at = lease != null && lease.isAfter(due) ? lease : due;
                if (at.isBefore(next)) next = at;
            }
        var wait = Duration.between(turns.wall(), next);
        if (wait.compareTo(shortest) < 0) return shortest;
        return wait;
    }

    /** A request to the platform, on whichever node is there; what comes of it the customer sees later. */
    void here(Runnable request) {
        var alive = nodes.stream().filter(n -> !n.isDead() && !n.isStill()).toList();
        if (alive.isEmpty()) return;
        turns.begin(
                alive.get(random.nextInt(alive.size())),
                Duration.ofMillis(2),
                () -> {
                    try {
                        request.run();
                    } catch (DataAccessException e) {
                        count("request failed");
                    }
                    follow();
                });
    }

    /** Kills nodes, lets them stand still, takes the database away. */
    private void trouble() {
        while (network.bad) {
            turns.pause("before trouble", Duration.ofMillis(2_000 + random.nextInt(12_000)));
            if (!network.bad) return;
            int at = random.nextInt(nodes.size());
            var node = nodes.get(at);
            switch (random.nextInt(6)) {
                case 5 -> jump(node);
                case 0, 1 -> {
                    turns.whereabouts(node).forEach(where -> count("killed " + where));
                    tell(node.name + " is killed");
                    node.kill();
                    nodes.remove(at);
                    turns.pause("before a restart", Duration.ofMillis(random.nextInt(12_000)));
                    start(node.name);
                }
                case 2, 3 -> {
                    turns.whereabouts(node).forEach(where -> count("stood still " + where));
                    var howLong = Duration.ofMillis(1_000 + random.nextInt(35_000));
                    tell(node.name + " stands still for " + howLong);
                    node.standStill(howLong);
                }
                default -> network.databaseGoneUntil = now().plusMillis(random.nextInt(8_000));
            }
        }
    }

    private void sent(Request request, Instant at) {
        deeds.sent(request, at, turns.wall());
    }

    /** The wall clock of a node jumps by up to an hour, or is put right; each node has its own. */
    private void jump(Turns.Node node) {
        var off = Duration.ofSeconds(random.nextInt(7_201) - 3_600L);
        var by = random.nextInt(4) == 0 ? Duration.ZERO : off;
        count(
                by.isZero()
                        ? "clock put right"
                        : by.isNegative() ? "clock jumped back" : "clock jumped on");
        tell("the clock of " + node.name + " is wrong by " + by);
        node.setOff(by);
        deeds.jumped(turns.now());
    }

    /** Writes down what was told since. */
    void follow() {
        turns.wake(IDLE);
        var journal = store.journal();
        for (var event : journal.subList(told, journal.size()))
            tell(
                    event.subjectKind()
                            + " "
                            + event.subject()
                            + " "
                            + event.type()
                            + " "
                            + event.data().get("state"));
        told = journal.size();
    }

    private void tell(String line) {
        story.add(turns.now() + " " + line);
    }

    void count(String what) {
        counters.merge(what, 1, Integer::sum);
    }

    Instant now() {
        return turns.wall().truncatedTo(ChronoUnit.MICROS);
    }

    UUID nextId() {
        return new UUID(0x01a20000_0000_7000L + seed % 1_000, 0x8000_0000_0000_0000L + ++ids);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return turns.wall();
            }
        };
    }

    private String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var line : story) digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
