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
import java.util.concurrent.Executors;
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

    /** The same law a month later, when it forbids what it had permitted. */
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
        var strict = Files.createDirectories(folder.resolve("zz-strict"));
        for (var file : List.of("pack.yaml", "rules.yaml", "calendar.yaml", "cases.yaml"))
            Files.writeString(
                    strict.resolve(file),
                    Files.readString(ZZ.resolve(file))
                            // Older than what comes with the platform, which the sandbox starts
                            // with.
                            .replace("version: 2026-11-28", "version: 2026-10-01")
                            .replace(
                                    "activity == \"cash_out\"\n    verdict: obliges",
                                    "activity == \"cash_out\" && bought_on_bill\n    verdict: forbidden")
                            .replace(
                                    "activity == \"cancellation\" && same_bill\n    verdict: permitted\n    gives: all",
                                    "activity == \"cancellation\" && same_bill\n    verdict: forbidden")
                            .replace(
                                    "same_bill: true}\n    expect: permitted",
                                    "same_bill: true}\n    expect: forbidden")
                            .replace("expect: permitted with licence", "expect: forbidden"));
        world = World.beside("packs", Map.of("facevalue.rule-packs", folder.toString()));
        packs = world.bean(Packs.class);
        fourEyes = world.bean(FourEyes.class);
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
        assertThat(packs.activate(seoyeon, pack(version), "the law has changed"))
                .isEqualTo(Result.ASKED);
        allow(version);
        assertThat(packs.activate(seoyeon, pack(version), "the law has changed"))
                .isEqualTo(Result.DONE);
    }

    private void allow(String version) {
        var asked =
                fourEyes.all().stream()
                        .filter(a -> a.state() == FourEyes.State.ASKED)
                        .filter(a -> a.object().equals("ZZ@" + version))
                        .findFirst()
                        .orElseThrow();
        assertThat(fourEyes.decide(jihun, asked.id(), true, "read it"))
                .isEqualTo(FourEyes.Result.DONE);
    }

    private static Api.Answer confirmed(SandboxCustomer minji, Map<String, Object> body) {
        return minji.api().post("/api/v1/cash-outs", body, UUID.randomUUID().toString());
    }

    @Test
    void a_pack_decides_only_when_two_have_let_it_and_then_old_quotes_are_none_any_more()
            throws Exception {
        var minji = world.customer();
        var quote = minji.quote("face_value", 50_000, "eunmorae").path("id").asString();
        var body = minji.confirmation(quote);
        assertThat(pack("2026-11-28").decides()).isTrue();
        assertThat(pack("2026-10-01").decides()).isFalse();

        var redecided = world.bean(Redecisions.class).with(pack("2026-10-01"));
        assertThat(redecided.otherwise())
                .anySatisfy(
                        other -> {
                            assertThat(other.id().shown()).isEqualTo(quote);
                            assertThat(other.today()).isEqualTo("permitted, and held");
                            assertThat(other.then()).isEqualTo("route-forbidden");
                        });

        var nobody =
                new Caller(Role.OPERATOR, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        assertThat(packs.activate(nobody, pack("2026-10-01"), "why not"))
                .isEqualTo(Result.NOT_PERMITTED);
        assertThat(packs.activate(seoyeon, pack("2026-10-01"), "the law has changed"))
                .isEqualTo(Result.ASKED);
        assertThat(packs.activate(jihun, pack("2026-10-01"), "me too")).isEqualTo(Result.ASKED);
        assertThat(pack("2026-10-01").decides()).as("one alone changes nothing").isFalse();
        fourEyes.all().stream()
                .filter(a -> a.maker().equals(seoyeon.subject()))
                .filter(a -> a.state() == FourEyes.State.ASKED)
                .forEach(a -> fourEyes.decide(jihun, a.id(), true, "read it"));
        assertThat(packs.activate(seoyeon, pack("2026-10-01"), "the law has changed"))
                .isEqualTo(Result.DONE);
        assertThat(pack("2026-10-01").decides()).isTrue();
        assertThat(pack("2026-11-28").decides()).isFalse();

        var refused = confirmed(minji, body);
        assertThat(refused.status()).isEqualTo(451);
        assertThat(refused.body().path("code").asString()).isEqualTo("route-forbidden");
        assertThat(refused.body().path("citations").get(0).path("rule").asString())
                .isEqualTo("ZZ-02");
        assertThat(minji.api().get("/api/v1/quotes/" + quote).status()).isEqualTo(404);
        var wish = minji.wish("face_value", 50_000, "eunmorae");
        assertThat(minji.api().post("/api/v1/quotes", wish).status()).isEqualTo(451);

        decide("2026-11-28");
        assertThat(confirmed(minji, body).status()).isEqualTo(202);
    }

    private void begin() {
        if (!pack("2026-11-28").decides()) decide("2026-11-28");
    }

    /** The strict pack is let to decide while customers ask for things: each of them is before it, or refused. */
    private void amid(List<Callable<Integer>> asking) throws Exception {
        packs.activate(seoyeon, pack("2026-10-01"), "the law has changed");
        allow("2026-10-01");
        var tasks = new ArrayList<>(asking);
        tasks.add(
                tasks.size() / 2,
                () -> packs.activate(seoyeon, pack("2026-10-01"), "now") == Result.DONE ? 0 : -1);
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(tasks)) statuses.add(done.get());
        }
        assertThat(statuses).contains(0).isSubsetOf(0, 202, 409, 451);
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
        decides("2026-10-01");
        try {
            assertThat(minji.ask(purchase, "cancellation").body().path("code").asString())
                    .isEqualTo("rules-changed");
            packs.lookAgain();
            decides("2026-11-28");
            minji.seen(purchase);
            decides("2026-10-01");
            assertThat(confirmed(minji.customer(), body).body().path("code").asString())
                    .isEqualTo("rules-changed");
        } finally {
            decides("2026-11-28");
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
        for (int i = 0; i < 20; i++)
            for (var wayOut :
                    people.get(i).customer().api().get("/api/v1/ways-out").ok().path("data"))
                assertThat(wayOut.path("packs").asString()).contains("ZZ@2026-11-28");
        decide("2026-11-28");
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
        decide("2026-11-28");
    }
}
