package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.facevalue.cli.SandboxCustomer;
import org.junit.jupiter.api.Test;

/** A thousand notices in any order, many times over, stale, with wrong tokens or with none, while cash-outs run: they end as others do that get none. */
class NoticesTest {
    private static final World WORLD = World.get();
    private static final int NOTICES = 1_000;
    private static final List<String> TARIFFS = List.of("two-step", "asynchronous", "one-step");
    private static final int OF_EACH = 8;
    private final Random random = new Random(20_261_128);

    /** One that the carrier holds back; the tests deliver it. */
    private record Held(String sink, String token, String body) {}

    private record Running(SandboxCustomer customer, String id, String tariff) {}

    @Test
    void a_thousand_shuffled_notices_lead_where_none_would_have_led() throws Exception {
        var quiet = ended(begun());
        var stale = new ArrayList<>(held());
        assertThat(stale).as("notices of what has ended long ago").hasSizeGreaterThan(OF_EACH);

        var running = begun();
        var client = WORLD.callbackClient();
        var answers = new LinkedHashMap<String, Map<Integer, Integer>>();
        for (int i = 0; i < NOTICES; i++) {
            // Each as soon as it is there, and again and again.
            var fresh = i % 20 == 0 ? held() : stale;
            stale = new ArrayList<>(union(stale, fresh));
            var held = stale.get(random.nextInt(stale.size()));
            switch (random.nextInt(5)) {
                case 0 -> tell(answers, "wrong token", post(client, held, "not-" + held.token()));
                case 1 -> tell(answers, "no token", post(client, held, null));
                case 2 -> tell(answers, "of unknown", post(client, unknown(held), held.token()));
                default -> tell(answers, "right", post(client, held, held.token()));
            }
        }
        var shuffled = ended(running);

        assertThat(answers.get("wrong token").keySet()).containsExactly(401);
        assertThat(answers.get("no token").keySet()).containsExactly(401);
        assertThat(answers.get("of unknown").keySet()).containsExactly(204);
        assertThat(answers.get("right").keySet()).containsExactly(204);
        assertThat(answers.get("right").get(204)).isGreaterThan(NOTICES / 4);
        for (var tariff : TARIFFS) {
            assertThat(quiet.get(tariff)).as("all alike").hasSize(1);
            assertThat(shuffled.get(tariff)).as(tariff).isEqualTo(quiet.get(tariff));
        }
    }

    private static void tell(Map<String, Map<Integer, Integer>> answers, String kind, int status) {
        answers.computeIfAbsent(kind, k -> new HashMap<>()).merge(status, 1, Integer::sum);
    }

    private static Set<Held> union(List<Held> one, List<Held> other) {
        var all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static List<Running> begun() {
        var running = new ArrayList<Running>();
        for (var tariff : TARIFFS)
            for (int i = 0; i < OF_EACH; i++) {
                var customer = WORLD.customer(tariff, "NOTICE_VERY_LATE");
                var quote = customer.quote("face_value", 50_000, "eunmorae").path("id").asString();
                running.add(
                        new Running(
                                customer, customer.confirm(quote).path("id").asString(), tariff));
            }
        return running;
    }

    /** The ends with the events that led there, by tariff; both sides' books equal. */
    private static Map<String, Set<String>> ended(List<Running> running) throws SQLException {
        var ways = new HashMap<String, Set<String>>();
        for (var each : running) {
            var ended = WORLD.end(each.customer(), each.id());
            assertThat(WORLD.differences(each.customer(), ended)).isEmpty();
            assertThat(WORLD.ownAccount(each.id())).isZero();
            ways.computeIfAbsent(each.tariff(), t -> new HashSet<>())
                    .add(ended.path("state").asString() + " " + World.events(ended));
        }
        return ways;
    }

    /** Those for this node: of another one, other tests have left some behind. */
    private static List<Held> held() throws SQLException {
        var all = new ArrayList<Held>();
        try (var connection = WORLD.databases().sandbox().connect();
                var read = connection.createStatement();
                var rows = read.executeQuery("SELECT sink, token, body FROM held_notice")) {
            while (rows.next())
                all.add(new Held(rows.getString(1), rows.getString(2), rows.getString(3)));
        }
        all.removeIf(held -> !held.sink().startsWith(WORLD.callbacks()));
        return all;
    }

    private static Held unknown(Held held) {
        return new Held(
                held.sink(),
                held.token(),
                held.body()
                        .replaceAll("\"paymentId\":\"[^\"]*\"", "\"paymentId\":\"nobody-knows\""));
    }

    private static int post(HttpClient client, Held held, String token)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(held.sink()))
                        .header("Content-Type", "application/cloudevents+json")
                        .POST(HttpRequest.BodyPublishers.ofString(held.body()));
        if (token != null) request.header("Authorization", "Bearer " + token);
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
