package org.facevalue.platform.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.facevalue.platform.outside.Transport.Reply;
import org.facevalue.platform.outside.Transport.Request;
import org.junit.jupiter.api.Test;

class SwitchboardTest {
    private static final Request ASK = Request.get(URI.create("http://localhost/"), Map.of());
    private final AtomicInteger sent = new AtomicInteger();

    private Reply well(Request request) {
        sent.incrementAndGet();
        return new Reply.Got(200, "{}");
    }

    private Reply badly(Request request) {
        sent.incrementAndGet();
        return new Reply.Nothing("silent");
    }

    @Test
    void a_slow_party_takes_its_own_share_and_no_other_party_waits() throws Exception {
        var hold = new CountDownLatch(1);
        var switchboard =
                new Switchboard(
                        request -> {
                            if (request.uri().getPath().equals("/slow")) await(hold);
                            return well(request);
                        },
                        4,
                        Duration.ofSeconds(1),
                        50);
        var slow = Request.get(URI.create("http://localhost/slow"), Map.of());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new ArrayList<Future<Reply>>();
            for (int i = 0; i < 4; i++)
                waiting.add(threads.submit(() -> switchboard.to("slow").send(slow)));
            while (switchboard.lines().isEmpty() || switchboard.lines().getFirst().atOnce() < 4)
                Thread.onSpinWait();

            assertThat(switchboard.to("slow").send(slow)).isInstanceOf(Reply.Nothing.class);
            assertThat(switchboard.to("quick").send(ASK)).isInstanceOf(Reply.Got.class);

            hold.countDown();
            for (var reply : waiting) assertThat(reply.get()).isInstanceOf(Reply.Got.class);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_party_that_fails_again_and_again_is_left_alone_for_a_while_and_then_tried()
            throws InterruptedException {
        var fails = new boolean[] {true};
        var switchboard =
                new Switchboard(
                        request -> fails[0] ? badly(request) : well(request),
                        4,
                        Duration.ofMillis(200),
                        50);
        for (int i = 0; i < 50; i++) switchboard.to("party").send(ASK);
        assertThat(sent.get()).isLessThan(20);
        assertThat(switchboard.lines().getFirst().state()).isEqualTo("OPEN");
        assertThat(switchboard.to("other").send(ASK)).isInstanceOf(Reply.Nothing.class);

        fails[0] = false;
        Thread.sleep(250);
        for (int i = 0; i < 5; i++)
            assertThat(switchboard.to("party").send(ASK)).isInstanceOf(Reply.Got.class);
        assertThat(switchboard.lines())
                .filteredOn(line -> line.party().equals("party"))
                .extracting(Switchboard.PartyLine::state)
                .containsExactly("CLOSED");
    }

    @Test
    void a_refusal_is_an_answer_and_a_server_s_error_is_none() {
        var switchboard =
                new Switchboard(request -> new Reply.Got(422, "{}"), 4, Duration.ofSeconds(1), 50);
        for (int i = 0; i < 50; i++) switchboard.to("refusing").send(ASK);
        assertThat(switchboard.lines().getFirst().state()).isEqualTo("CLOSED");
        var ill = new Switchboard(request -> new Reply.Got(503, ""), 4, Duration.ofSeconds(1), 50);
        for (int i = 0; i < 50; i++) ill.to("ill").send(ASK);
        assertThat(ill.lines().getFirst().state()).isEqualTo("OPEN");
    }

    @Test
    void a_party_is_asked_again_so_often_in_a_second_and_new_requests_go_out_all_the_same() {
        var switchboard = new Switchboard(this::well, 4, Duration.ofSeconds(1), 5);
        int let = 0;
        for (int i = 0; i < 20; i++)
            if (switchboard.again("party").send(ASK) instanceof Reply.Got) let++;
        // Two seconds may meet in between.
        assertThat(let).isBetween(5, 10);
        assertThat(switchboard.to("party").send(ASK)).isInstanceOf(Reply.Got.class);
        assertThat(switchboard.again("other").send(ASK)).isInstanceOf(Reply.Got.class);
    }
}
