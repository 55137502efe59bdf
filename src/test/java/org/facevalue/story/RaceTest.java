package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.facevalue.cli.Api;
import org.facevalue.cli.SandboxCustomer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The same thing said a hundred times at once, and things that exclude each other, by two sessions of one customer at two nodes: exactly one wins, and
 * the others are told so.
 */
class RaceTest {
    private static final World WORLD = World.get();
    private static final int AT_ONCE = 100;
    private static final int ROUNDS = Integer.getInteger("facevalue.rounds", 3);
    private static World.Beside second;

    @BeforeAll
    static void start() throws Exception {
        second = WORLD.node(Path.of("target/race").toAbsolutePath());
    }

    @AfterAll
    static void stop() throws Exception {
        second.process().destroyForcibly().waitFor();
    }

    @Test
    void one_confirmation_said_a_hundred_times_makes_one_cash_out() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var minji = WORLD.customer();
            var quote = minji.quote("face_value", 50_000, "eunmorae").path("id").asString();
            var body = minji.confirmation(quote);
            var key = UUID.randomUUID().toString();
            var here = minji.api();
            var there = new Api(second.address(), minji.secret("api_key"));
            var answers =
                    atOnce(
                            times(
                                    AT_ONCE,
                                    List.of(here, there),
                                    api -> api.post("/api/v1/cash-outs", body, key)));
            // While the first one runs, the same key is told so; afterwards it gets the first one's
            // answer. A node that has no room for so many at once turns some away.
            assertThat(answers)
                    .extracting(Api.Answer::status)
                    .contains(202)
                    .isSubsetOf(202, 409, 503);
            assertThat(ids(answers, 202)).hasSize(1);
            only(minji);
        }
    }

    @Test
    void one_quote_confirmed_by_many_signatures_at_once_is_used_by_one() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var minji = WORLD.customer();
            var quote = minji.quote("face_value", 50_000, "eunmorae").path("id").asString();
            var bodies = new ArrayList<Map<String, Object>>();
            for (int i = 0; i < 12; i++) bodies.add(minji.confirmation(quote));
            var sessions = sessions(minji);
            var tasks = new ArrayList<Callable<Api.Answer>>();
            for (var body : bodies) {
                var api = sessions.get(tasks.size() % 2);
                var key = UUID.randomUUID().toString();
                tasks.add(() -> api.post("/api/v1/cash-outs", body, key));
            }
            var answers = atOnce(tasks);
            assertThat(ids(answers, 202)).hasSize(1);
            assertThat(answers).filteredOn(a -> a.status() == 202).hasSize(1);
            only(minji);
        }
    }

    @Test
    void a_code_and_a_change_of_mind_at_once_end_in_one_of_the_two() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var minji = WORLD.customer("code", "");
            var id = confirmed(minji, 50_000);
            WORLD.until(minji, id, "CODE_WANTED");
            var code = Map.of("code", minji.phone().path("codes").get(0).asString());
            var path = "/api/v1/cash-outs/" + id;
            var sessions = sessions(minji);
            var tasks = times(20, sessions, api -> api.post(path + "/carrier-code", code));
            tasks.addAll(times(20, sessions, api -> api.post(path + "/cancel", Map.of())));
            for (var answer : atOnce(tasks)) assertThat(answer.status()).isLessThan(500);
            var ended = WORLD.end(minji, id);
            assertThat(ended.path("state").asString()).isIn("NOT_CHARGED", "REFUNDED", "PAID");
            assertThat(WORLD.differences(minji, ended)).isEmpty();
        }
    }

    @Test
    void the_refund_and_the_voucher_chosen_at_once_are_one_of_them() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var minji = WORLD.customer();
            var id = confirmed(minji, 50_610);
            WORLD.until(minji, id, "VOUCHER_OFFERED");
            var path = "/api/v1/cash-outs/" + id + "/choice";
            var sessions = sessions(minji);
            var tasks = times(20, sessions, api -> api.post(path, Map.of("choice", "refund")));
            tasks.addAll(times(20, sessions, api -> api.post(path, Map.of("choice", "voucher"))));
            var answers = atOnce(tasks);
            boolean refunds = answers.subList(0, 20).stream().anyMatch(a -> a.status() / 100 == 2);
            boolean keeps = answers.subList(20, 40).stream().anyMatch(a -> a.status() / 100 == 2);
            assertThat(refunds ^ keeps).as("one of the two was taken").isTrue();
            for (var answer : answers) assertThat(answer.status()).isLessThan(500);
            var ended = WORLD.until(minji, id, "REFUNDED", "KEPT_AS_VOUCHER");
            assertThat(World.events(ended)).doesNotHaveDuplicates();
            assertThat(WORLD.differences(minji, ended)).isEmpty();
            assertThat(WORLD.ownAccount(id)).isZero();
        }
    }

    @Test
    void a_freeze_and_many_confirmations_at_once_leave_nothing_half_done() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var minji = WORLD.customer();
            var sessions = sessions(minji);
            var tasks = new ArrayList<Callable<Api.Answer>>();
            for (int i = 0; i < 8; i++) {
                var quote = minji.quote("face_value", 50_000, "eunmorae").path("id").asString();
                var body = minji.confirmation(quote);
                var api = sessions.get(i % 2);
                tasks.add(() -> api.post("/api/v1/cash-outs", body, quote));
            }
            tasks.add(4, () -> minji.api().send("PUT", "/api/v1/freeze", "{}", Map.of()));
            var answers = atOnce(tasks);
            assertThat(answers.get(4).status()).as("the freeze").isEqualTo(200);
            for (var answer : answers) assertThat(answer.status()).isLessThan(500);
            var late = minji.quote("face_value", 50_000, "eunmorae").path("id").asString();
            var refused = minji.api().post("/api/v1/cash-outs", minji.confirmation(late), late);
            assertThat(refused.body().path("code").asString()).isEqualTo("account-frozen");
            var running = minji.api().get("/api/v1/cash-outs").ok().path("data");
            for (var cashOut : running) {
                var ended = WORLD.end(minji, cashOut.path("id").asString());
                assertThat(WORLD.differences(minji, ended)).isEmpty();
            }
        }
    }

    private static String confirmed(SandboxCustomer customer, long faceValue) {
        var quote = customer.quote("face_value", faceValue, "eunmorae").path("id").asString();
        return customer.confirm(quote).path("id").asString();
    }

    /** The customer has one cash-out, which ends equal in both books. */
    private static void only(SandboxCustomer customer) {
        var all = customer.api().get("/api/v1/cash-outs").ok().path("data");
        assertThat(all).hasSize(1);
        var ended = WORLD.end(customer, all.get(0).path("id").asString());
        assertThat(ended.path("state").asString()).isEqualTo("PAID");
        assertThat(WORLD.differences(customer, ended)).isEmpty();
    }

    private static List<String> ids(List<Api.Answer> answers, int status) {
        return answers.stream()
                .filter(answer -> answer.status() == status)
                .map(Api.Answer::body)
                .map((JsonNode body) -> body.path("id").asString())
                .distinct()
                .collect(Collectors.toList());
    }

    /** One at each node. */
    private static List<Api> sessions(SandboxCustomer customer) {
        return List.of(customer.api(), WORLD.session(customer, second.address()));
    }

    /** By each of the sessions in turn. */
    private static List<Callable<Api.Answer>> times(
            int n, List<Api> sessions, Function<Api, Api.Answer> task) {
        var tasks = new ArrayList<Callable<Api.Answer>>();
        for (int i = 0; i < n; i++) {
            var api = sessions.get(i % sessions.size());
            tasks.add(() -> task.apply(api));
        }
        return tasks;
    }

    /** All of them in the same moment. */
    private static List<Api.Answer> atOnce(List<Callable<Api.Answer>> tasks)
            throws InterruptedException, ExecutionException {
        var start = new CountDownLatch(1);
        var answers = new ArrayList<Future<Api.Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var task : tasks)
                answers.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    return task.call();
                                }));
            start.countDown();
        }
        var got = new ArrayList<Api.Answer>();
        for (var answer : answers) got.add(answer.get());
        return got;
    }
}
