package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.facevalue.cli.Api;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.FourEyes;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.jurisdiction.Packs;
import org.facevalue.platform.jurisdiction.Packs.Result;
import org.facevalue.platform.jurisdiction.Packs.Shelved;
import org.facevalue.platform.jurisdiction.Redecisions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A rule pack that is let to decide: by two, seen before what it changes, and from that moment on for everybody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulePackTest {
    private static final Path ZZ = Path.of("src/main/resources/rulepacks/zz");
    private static final String OURS = "2026-11-28";

    /** Older than ours, with which the sandbox starts. */
    private static final String STRICT = "2026-10-01";

    private static final String MEAN = "2026-10-02";
    private static final String CANCELLATION =
            "activity == \"cancellation\" && same_bill\n    verdict: ";

    private final Path folder = Path.of("target/rule-packs").toAbsolutePath();

    private World world;
    private Packs packs;
    private FourEyes fourEyes;
    private final Caller seoyeon = somebody();
    private final Caller jihun = somebody();

    private static Caller somebody() {
        return new Caller(Role.COMPLIANCE, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    }

    @BeforeAll
    void start() throws IOException {
        strict(folder);
        write(
                folder.resolve("zz-mean"),
                MEAN,
                Map.of(
                        CANCELLATION + "permitted\n    gives: all",
                        CANCELLATION + "permitted\n    gives: expired-share"));
        // The more often places are given, the finer is the order of commits that they tell.
        world =
                World.beside(
                        "packs",
                        Map.of(
                                "facevalue.rule-packs",
                                folder.toString(),
                                "facevalue.journal.every",
                                "10ms"));
        packs = world.bean(Packs.class);
        fourEyes = world.bean(FourEyes.class);
    }

    /** Writes our law into a folder below {@code packs}, as it would be if it forbade what it permits. */
    static void strict(Path packs) throws IOException {
        write(
                packs.resolve("zz-strict"),
                STRICT,
                Map.of(
                        "activity == \"cash_out\"\n    verdict: obliges",
                        "activity == \"cash_out\" && bought_on_bill\n    verdict: forbidden",
                        CANCELLATION + "permitted\n    gives: all",
                        CANCELLATION + "forbidden",
                        "same_bill: true}\n    expect: permitted",
                        "same_bill: true}\n    expect: forbidden",
                        "expect: permitted with licence",
                        "expect: forbidden"));
    }

    private static void write(Path to, String version, Map<String, String> instead)
            throws IOException {
        Files.createDirectories(to);
        for (var file : List.of("pack.yaml", "rules.yaml", "calendar.yaml", "cases.yaml")) {
            var text =
                    Files.readString(ZZ.resolve(file))
                            .replace("version: " + OURS, "version: " + version);
            for (var other : instead.entrySet())
                text = text.replace(other.getKey(), other.getValue());
            Files.writeString(to.resolve(file), text);
        }
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Shelved pack(String version) {
        return packs.shelf().stream()
                .filter(p -> p.id().shown().equals("ZZ@" + version))
                .findFirst()
                .orElseThrow();
    }

    /** By two; the second press of the first one does it. */
    private void decide(String version) {
        allowed(version);
        assertThat(packs.activate(seoyeon, pack(version), "the law has changed"))
                .isEqualTo(Result.DONE);
    }

    /** Asked for by one and allowed by another; gives the approval. */
    private UUID allowed(String version) {
        assertThat(packs.activate(seoyeon, pack(version), "the law has changed"))
                .isEqualTo(Result.ASKED);
        var asked =
                fourEyes.all().stream()
                        .filter(a -> a.state() == FourEyes.State.ASKED)
                        .filter(a -> a.maker().equals(seoyeon.subject()))
                        .filter(a -> a.object().equals("ZZ@" + version))
                        .findFirst()
                        .orElseThrow();
        assertThat(fourEyes.decide(jihun, asked.id(), true, "read it"))
                .isEqualTo(FourEyes.Result.DONE);
        return asked.id();
    }

    private static Api.Answer confirmed(SandboxCustomer minji, Map<String, Object> body) {
        return minji.api().post("/api/v1/cash-outs", body, UUID.randomUUID().toString());
    }

    @Test
    void a_pack_decides_only_when_two_have_let_it_and_then_old_quotes_are_none_any_more()
            throws Exception {
        begin();
        var minji = world.customer();
        var quote = minji.quote("face_value", 50_000, "eunmorae").path("id").asString();
        var body = minji.confirmation(quote);
        assertThat(pack(OURS).decides()).isTrue();
        assertThat(pack(STRICT).decides()).isFalse();

        var nobody =
                new Caller(Role.OPERATOR, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        assertThat(packs.activate(nobody, pack(STRICT), "why not")).isEqualTo(Result.NOT_PERMITTED);
        assertThat(packs.activate(seoyeon, pack(STRICT), "the law has changed"))
                .isEqualTo(Result.ASKED);
        assertThat(packs.activate(jihun, pack(STRICT), "me too")).isEqualTo(Result.ASKED);
        assertThat(pack(STRICT).decides()).as("one alone changes nothing").isFalse();
        decide(STRICT);
        assertThat(pack(STRICT).decides()).isTrue();
        assertThat(pack(OURS).decides()).isFalse();

        var refused = confirmed(minji, body);
        assertThat(refused.status()).isEqualTo(451);
        assertThat(refused.body().path("code").asString()).isEqualTo("route-forbidden");
        assertThat(refused.body().path("citations").get(0).path("rule").asString())
                .isEqualTo("ZZ-02");
        assertThat(minji.api().get("/api/v1/quotes/" + quote).status()).isEqualTo(451);
        var wish = minji.wish("face_value", 50_000, "eunmorae");
        assertThat(minji.api().post("/api/v1/quotes", wish).status()).isEqualTo(451);

        decide(OURS);
        assertThat(confirmed(minji, body).status()).isEqualTo(202);
    }

    private void begin() {
        if (!pack(OURS).decides()) decide(OURS);
    }

    @Test
    void what_another_pack_would_say_is_shown_of_quotes_and_ways_out_and_of_what_comes_back() {
        begin();
        var minji = new Undoer(world, world.customer());
        var quote = minji.customer().quote("face_value", 50_000, "eunmorae").path("id").asString();
        var wayOut = Undoer.id(minji.asked(minji.entered(15_000, minji.today()), "cancellation"));
        assertThat(otherwise(STRICT))
                .containsEntry(quote, "permitted, and held -> route-forbidden")
                .containsEntry(wayOut, "permitted, 100 % -> route-forbidden");
        assertThat(otherwise(MEAN))
                .containsEntry(wayOut, "permitted, 100 % -> permitted, 90 %")
                .doesNotContainKey(quote);
        assertThat(otherwise(OURS)).isEmpty();
    }

    /** What it would decide otherwise, and how. */
    private Map<String, String> otherwise(String version) {
        return world.bean(Redecisions.class).with(pack(version)).otherwise().stream()
                .collect(
                        Collectors.toMap(
                                other -> other.id().shown(),
                                other -> other.today() + " -> " + other.then()));
    }

    /** The strict pack is let to decide as soon as one of many customers has what they ask for: each of them is before it, or refused. */
    private void amid(List<Callable<Integer>> asking) throws Exception {
        allowed(STRICT);
        var taken = new CountDownLatch(1);
        var tasks = new ArrayList<Callable<Integer>>();
        for (var ask : asking)
            tasks.add(
                    () -> {
                        int status = ask.call();
                        if (status == 202) taken.countDown();
                        return status;
                    });
        tasks.add(
                () -> {
                    boolean begun = taken.await(20, TimeUnit.SECONDS);
                    var result = packs.activate(seoyeon, pack(STRICT), "now");
                    return begun && result == Result.DONE ? 0 : -1;
                });
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(tasks)) statuses.add(done.get());
        }
        assertThat(statuses).contains(0, 202).isSubsetOf(0, 202, 409, 451);
        assertThat(acceptedLater()).as("accepted after the pack that permits it").isZero();
    }

    /**
     * How much was accepted by a commit after that of the last pack. Rows keep no order of commits; but what the integrator has placed in a later transaction
     * than the pack, it could not see yet when it saw the pack. Within one transaction of its own, places only follow the identifiers.
     */
    private long acceptedLater() throws SQLException {
        until(
                1,
                """
                SELECT (count(*) = 0)::int FROM event_pending p JOIN event e ON e.cell = p.cell AND e.id = p.id
                 WHERE e.type IN ('confirmed', 'asked-for', 'pack-activated')
                """);
        return count(
                """
                WITH placed AS (SELECT p.place, p.xmin AS run, e.type FROM log_place p JOIN event e ON e.cell = p.cell AND e.id = p.event),
                     pack AS (SELECT place, run FROM placed WHERE type = 'pack-activated' ORDER BY place DESC LIMIT 1)
                SELECT count(*) FROM placed, pack
                 WHERE placed.type IN ('confirmed', 'asked-for') AND placed.place > pack.place AND placed.run <> pack.run
                """);
    }

    private void until(long many, String sql) throws SQLException {
        for (int i = 0; i < 100; i++) {
            if (count(sql) >= many) return;
            World.sleep();
        }
        throw new AssertionError("not " + many + ": " + sql);
    }

    /** As the platform, to which the database shows what its own sessions do. */
    private long count(String sql) throws SQLException {
        try (var connection = world.run();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Until so many of the platform's sessions wait for somebody else's lock with a statement that begins so. */
    private void untilWaiting(long many, String statement) throws SQLException {
        until(
                many,
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '"
                        + statement
                        + "%'");
    }

    @Test
    void what_was_asked_under_the_old_pack_while_the_new_one_commits_is_refused() throws Exception {
        begin();
        var minji = new Undoer(world, world.customer());
        var purchase = minji.entered(15_000, minji.today());
        var quote = minji.customer().quote("face_value", 50_000, "eunmorae").path("id").asString();
        var body = minji.customer().confirmation(quote);
        var approval = allowed(STRICT);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var owner = world.owner();
                var inTheWay =
                        owner.prepareStatement(
                                """
                                INSERT INTO event (cell, id, subject_kind, subject, sequence, type, at, data)
                                VALUES (0, gen_random_uuid(), 'ap', ?, 3, 'used', now(), '{}')
                                """)) {
            // The activation writes its events last: there it stands, with the row changed.
            owner.setAutoCommit(false);
            inTheWay.setObject(1, approval);
            inTheWay.executeUpdate();
            var activated = threads.submit(() -> packs.activate(seoyeon, pack(STRICT), "now"));
            untilWaiting(1, "INSERT INTO event (");
            var cashOut = threads.submit(() -> confirmed(minji.customer(), body));
            var wayOut = threads.submit(() -> minji.ask(purchase, "cancellation"));
            untilWaiting(2, "SELECT p.jurisdiction FROM rule_pack");
            owner.rollback();
            assertThat(activated.get()).isEqualTo(Result.DONE);
            for (var asked : List.of(cashOut, wayOut))
                assertThat(asked.get().body().path("code").asString()).isEqualTo("rules-changed");
        }
        for (var path : List.of("/api/v1/cash-outs", "/api/v1/ways-out"))
            assertThat(minji.customer().api().get(path).ok().path("data")).as(path).isEmpty();
        decide(OURS);
    }

    @Test
    void a_new_pack_waits_for_what_is_being_accepted_under_the_old_one() throws Exception {
        begin();
        var minji = new Undoer(world, world.customer());
        var purchase = minji.entered(15_000, minji.today());
        var quote = minji.customer().quote("face_value", 50_000, "eunmorae").path("id").asString();
        var body = minji.customer().confirmation(quote);
        allowed(STRICT);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var owner = world.owner();
                var inTheWay = owner.createStatement()) {
            owner.setAutoCommit(false);
            inTheWay.execute("LOCK TABLE quote, way_out IN SHARE MODE");
            var cashOut = threads.submit(() -> confirmed(minji.customer(), body));
            var wayOut = threads.submit(() -> minji.ask(purchase, "cancellation"));
            untilWaiting(1, "UPDATE quote AS q SET used_by");
            untilWaiting(1, "INSERT INTO way_out");
            var activated = threads.submit(() -> packs.activate(seoyeon, pack(STRICT), "now"));
            untilWaiting(1, "INSERT INTO rule_pack");
            owner.rollback();
            assertThat(activated.get()).isEqualTo(Result.DONE);
            assertThat(wayOut.get().status()).isEqualTo(202);
            world.end(minji.customer(), cashOut.get().ok().path("id").asString());
        }
        assertThat(acceptedLater()).isZero();
        decide(OURS);
    }

    @Test
    void what_another_node_has_let_decide_holds_before_this_one_has_looked() throws Exception {
        begin();
        var minji = new Undoer(world, world.customer());
        var purchase = minji.entered(15_000, minji.today());
        var quote = minji.customer().quote("face_value", 50_000, "eunmorae").path("id").asString();
        var body = minji.customer().confirmation(quote);
        // What was seen last is fresh for a second.
        minji.seen(purchase);
        decides(STRICT);
        try {
            assertThat(minji.ask(purchase, "cancellation").body().path("code").asString())
                    .isEqualTo("rules-changed");
            packs.lookAgain();
            decides(OURS);
            minji.seen(purchase);
            decides(STRICT);
            assertThat(confirmed(minji.customer(), body).body().path("code").asString())
                    .isEqualTo("rules-changed");
        } finally {
            decides(OURS);
            packs.lookAgain();
        }
        assertThat(minji.ask(purchase, "cancellation").status()).isEqualTo(202);
    }

    /** As another node's commit leaves it. */
    private void decides(String version) throws SQLException {
        try (var owner = world.owner();
                var change =
                        owner.prepareStatement(
                                "UPDATE rule_pack SET version = ?, digest = ? WHERE jurisdiction = 'ZZ'")) {
            change.setString(1, version);
            change.setString(2, pack(version).id().digest());
            assertThat(change.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void ways_out_at_the_instant_of_a_change_are_before_it_or_refused() throws Exception {
        begin();
        var people = new ArrayList<Undoer>();
        var bought = new ArrayList<JsonNode>();
        for (int i = 0; i < 24; i++) {
            var minji = new Undoer(world, world.customer());
            people.add(minji);
            bought.add(minji.entered(15_000, minji.today()));
        }
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 20; i++) {
            var minji = people.get(i);
            var purchase = bought.get(i);
            tasks.add(() -> minji.ask(purchase, "cancellation").status());
        }
        amid(tasks);
        for (int i = 20; i < 24; i++)
            assertThat(people.get(i).ask(bought.get(i), "cancellation").status())
                    .as("after it")
                    .isIn(409, 451);
        decide(OURS);
    }

    @Test
    void confirmations_at_the_instant_of_a_change_are_before_it_or_refused() throws Exception {
        begin();
        var customers = new ArrayList<SandboxCustomer>();
        var bodies = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < 40; i++) {
            var minji = world.customer();
            customers.add(minji);
            bodies.add(
                    minji.confirmation(
                            minji.quote("face_value", 50_000, "eunmorae").path("id").asString()));
        }
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 30; i++) {
            var minji = customers.get(i);
            var body = bodies.get(i);
            tasks.add(() -> confirmed(minji, body).status());
        }
        amid(tasks);
        for (int i = 30; i < 40; i++)
            assertThat(confirmed(customers.get(i), bodies.get(i)).status())
                    .as("after it")
                    .isIn(409, 451);
        for (int i = 0; i < 30; i++)
            for (var cashOut : customers.get(i).api().get("/api/v1/cash-outs").ok().path("data"))
                world.end(customers.get(i), cashOut.path("id").asString());
        decide(OURS);
    }
}
