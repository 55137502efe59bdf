package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identity.BreakGlass;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.FourEyes;
import org.facevalue.platform.identity.FourEyes.Action;
import org.facevalue.platform.identity.FourEyes.Result;
import org.facevalue.platform.identity.FourEyes.State;
import org.facevalue.platform.identity.FourEyes.Wanted;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.ledger.Outcome;
import org.junit.jupiter.api.Test;

/** What takes two takes two: nobody allows their own, an approval is good once, for one thing, by one person, and a no stays a no. */
class FourEyesTest {
    private static final World WORLD = World.get();
    private final FourEyes fourEyes = WORLD.bean(FourEyes.class);
    private final Caller seoyeon = somebody(Role.FINANCE);
    private final Caller jihun = somebody(Role.COMPLIANCE);
    private final Wanted wanted = wanted();

    private static Caller somebody(Role role) {
        return new Caller(role, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    }

    private static Wanted wanted() {
        return new Wanted(Action.SETTLE_BY_HAND, "co_" + UUID.randomUUID(), "PAID_BY_HAND x");
    }

    private FourEyes.Approval asked() {
        assertThat(fourEyes.ask(seoyeon, wanted, "slip 17")).isEqualTo(Result.DONE);
        return found();
    }

    private FourEyes.Approval found() {
        var found =
                fourEyes.all().stream().filter(a -> a.object().equals(wanted.object())).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private boolean uses(Caller maker, Wanted what) {
        var effect = fourEyes.use(maker, what, "now");
        if (effect.isEmpty()) return false;
        var command =
                new Command(
                        new CommandKey(Cell.FIRST, UUID.randomUUID() + "/use"),
                        List.of(),
                        List.of(),
                        List.of(effect.get().effect()),
                        List.of(effect.get().event()));
        return WORLD.bean(Ledger.class).commit(command) instanceof Outcome.Committed;
    }

    @Test
    void what_another_one_has_allowed_is_done_once_by_who_has_asked() {
        var approval = asked();
        assertThat(uses(seoyeon, wanted)).as("not allowed yet").isFalse();
        assertThat(fourEyes.decide(jihun, approval.id(), true, "seen")).isEqualTo(Result.DONE);
        assertThat(uses(somebody(Role.FINANCE), wanted)).as("somebody else's").isFalse();
        var other = new Wanted(wanted.action(), wanted.object(), "WHOLE_ALREADY x");
        assertThat(uses(seoyeon, other)).as("another wording").isFalse();
        assertThat(uses(seoyeon, wanted)).isTrue();
        assertThat(uses(seoyeon, wanted)).as("twice").isFalse();
        assertThat(found().state()).isEqualTo(State.USED);
        assertThat(told()).containsExactly("asked", "approved", "used");
    }

    /** What the journal has of it. */
    private List<String> told() {
        return WORLD.bean(Journal.class).of(Cell.FIRST, found().id()).stream()
                .map(Event::type)
                .toList();
    }

    @Test
    void what_is_a_day_old_or_a_glass_of_half_an_hour_ago_allows_nothing() throws SQLException {
        var approval = asked();
        assertThat(fourEyes.decide(jihun, approval.id(), true, "seen")).isEqualTo(Result.DONE);
        ends("approval", "id", approval.id());
        assertThat(uses(seoyeon, wanted)).as("allowed, and a day ago").isFalse();
        assertThat(found().isOver(Instant.now())).isTrue();

        WORLD.bean(BreakGlass.class).breakIt(seoyeon, "nobody else is here");
        ends("break_glass", "staff", seoyeon.subject());
        assertThat(uses(seoyeon, wanted)).as("broken, and half an hour ago").isFalse();
    }

    private static void ends(String table, String key, UUID whose) throws SQLException {
        try (var owner = WORLD.owner();
                var end =
                        owner.prepareStatement(
                                "UPDATE "
                                        + table
                                        + " SET ends_at = now() - interval '1 second' WHERE "
                                        + key
                                        + " = ?")) {
            end.setObject(1, whose);
            assertThat(end.executeUpdate()).isPositive();
        }
    }

    /** How many glasses are broken now, as who watches the metrics sees it. */
    private static double brokenNow() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(WORLD.address() + "/metrics"))
                            .header(
                                    "Authorization",
                                    "Bearer " + WORLD.secret("metrics-client").getFirst())
                            .build();
            var text = http.send(request, BodyHandlers.ofString()).body();
            return text.lines()
                    .filter(line -> line.startsWith("facevalue_glass_broken"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What that mailbox has, once something has come. */
    private static String mails(String address) {
        for (int i = 0; i < 300; i++) {
            var mails = WORLD.sandbox().get("/sandbox/mailboxes/" + address).ok().path("data");
            if (mails.toString().contains("broken")) return mails.toString();
            World.sleep();
        }
        return "";
    }

    @Test
    void nobody_allows_what_they_asked_for_and_the_database_would_not_take_it() {
        var approval = asked();
        assertThat(fourEyes.decide(seoyeon, approval.id(), true, "me")).isEqualTo(Result.OWN);
        assertThat(fourEyes.decide(somebody(Role.SUPPORT), approval.id(), true, "sure"))
                .isEqualTo(Result.NOT_PERMITTED);
        assertThat(found().state()).isEqualTo(State.ASKED);
        assertThatThrownBy(
                        () -> {
                            try (var connection = WORLD.run();
                                    var update =
                                            connection.prepareStatement(
                                                    "UPDATE approval SET state = 'APPROVED', checker = maker WHERE id = ?")) {
                                update.setObject(1, approval.id());
                                update.executeUpdate();
                            }
                        })
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("check");
    }

    @Test
    void a_rejection_is_a_record_and_cannot_be_turned_round() {
        var approval = asked();
        assertThat(fourEyes.decide(jihun, approval.id(), false, "no slip")).isEqualTo(Result.DONE);
        assertThat(fourEyes.decide(jihun, approval.id(), true, "well")).isEqualTo(Result.TOO_LATE);
        assertThat(uses(seoyeon, wanted)).isFalse();
        assertThat(found().state()).isEqualTo(State.REJECTED);
        assertThat(found().answer()).isEqualTo("no slip");
    }

    @Test
    void only_who_may_ask_asks_and_twice_is_once() {
        assertThat(fourEyes.ask(somebody(Role.SUPPORT), wanted, "please"))
                .isEqualTo(Result.NOT_PERMITTED);
        asked();
        asked();
    }

    @Test
    void an_approval_used_many_times_at_once_is_used_once() throws Exception {
        var approval = asked();
        fourEyes.decide(jihun, approval.id(), true, "seen");
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 20; i++) tasks.add(() -> uses(seoyeon, wanted));
        int used = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(tasks)) if (done.get()) used++;
        }
        assertThat(used).isEqualTo(1);
    }

    @Test
    void behind_a_broken_glass_one_alone_does_what_is_open_to_it_and_that_is_a_record()
            throws IOException, InterruptedException {
        var minsu = somebody(Role.COMPLIANCE);
        WORLD.bean(BreakGlass.class).breakIt(seoyeon, "the bank calls, nobody else is here");
        WORLD.bean(BreakGlass.class).breakIt(minsu, "urgent");
        assertThat(uses(seoyeon, wanted)).isTrue();
        assertThat(found().state()).isEqualTo(State.ALONE);
        assertThat(told()).containsExactly("alone");
        var pack = new Wanted(Action.ACTIVATE_PACK, "kr@" + UUID.randomUUID(), "all");
        assertThat(uses(minsu, pack)).as("what is lawful is never up to one").isFalse();
        assertThat(brokenNow()).isGreaterThanOrEqualTo(2);
        assertThat(mails("auditor@localhost")).contains("broken");
        assertThat(WORLD.bean(BreakGlass.class).all())
                .anyMatch(broken -> broken.staff().equals(seoyeon.subject()));
    }
}
