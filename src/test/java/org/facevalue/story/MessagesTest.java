package org.facevalue.story;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.BreakGlass;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.notification.Message;
import org.facevalue.platform.notification.Message.State;
import org.facevalue.platform.notification.Messages;
import org.facevalue.platform.outside.Claim;
import org.facevalue.platform.outside.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told arrives once, whatever the mail server and the carrier answer, and what does not arrive is seen. */
class MessagesTest {
    private static final List<String> BOXES =
            List.of("support", "compliance", "finance", "auditor", "operator");
    private static final Map<String, Long> ONCE =
            BOXES.stream().collect(Collectors.toMap(box -> box, box -> 1L));

    private static final MailServer SERVER = new MailServer();
    private static final World WORLD =
            World.beside(
                    "messages",
                    Map.of(
                            "facevalue.serve", "kr",
                            "spring.mail.port", String.valueOf(SERVER.port),
                            "spring.mail.properties.mail.smtp.timeout", "4000"));
    private static final Messages MESSAGES = WORLD.bean(Messages.class);
    private static final String KEY = WORLD.staffKey(Role.SUPPORT);

    @BeforeEach
    void nothing_is_on_its_way() throws IOException {
        SERVER.forget();
        until(
                """
                WITH again AS (UPDATE message_out SET due_at = created_at WHERE state = 'TO_SEND' AND lease_until IS NULL)
                SELECT NOT EXISTS (SELECT FROM event_pending)
                   AND (SELECT coalesce(max(place), 0) FROM log_place) = (SELECT max(place) FROM message_feed)
                   AND NOT EXISTS (SELECT FROM message_out WHERE state IN ('TO_SEND', 'SENDING'))
                """);
    }

    @AfterAll
    static void close() throws IOException {
        WORLD.close();
        SERVER.shut();
    }

    @Test
    void who_refuses_for_now_is_asked_again_until_it_takes_the_letter() throws Exception {
        SERVER.order("support", "RCPT 451 later", ". 452 no room");
        SERVER.order("finance", ". 452 no room");
        var about = broken();
        assertThat(ended(about).values()).containsOnly(State.SENT);
        assertThat(SERVER.got(about)).isEqualTo(ONCE);
        assertThat(SERVER.asked).filteredOn(box -> box.equals("support")).hasSize(3);
        assertThat(SERVER.asked).filteredOn(box -> box.equals("finance")).hasSize(2);
    }

    @Test
    void what_is_refused_for_good_or_may_have_gone_out_is_not_sent_again() throws Exception {
        SERVER.order("compliance", "RCPT 550 nobody of that name");
        SERVER.order("auditor", ". 554 no thanks");
        SERVER.order("finance", ". hangs up");
        SERVER.order("operator", ". says nothing");
        var about = broken();
        assertThat(ended(about))
                .containsEntry("compliance", State.UNDELIVERABLE)
                .containsEntry("auditor", State.UNDELIVERABLE)
                .containsEntry("finance", State.UNCLEAR)
                .containsEntry("operator", State.UNCLEAR)
                .containsEntry("support", State.SENT);
        later();
        assertThat(SERVER.asked).containsExactlyInAnyOrderElementsOf(BOXES);
        assertThat(SERVER.got(about))
                .isEqualTo(Map.of("finance", 1L, "operator", 1L, "support", 1L));
        assertThat(desk(about)).hasSize(4).allMatch(row -> row.startsWith("UN"));
    }

    @Test
    void what_was_handed_over_when_its_sender_died_is_unclear_and_not_sent() throws Exception {
        var about = putOff();
        until(
                """
                WITH begun AS (UPDATE message_out SET state = 'SENDING', due_at = created_at WHERE about = ? RETURNING 1)
                SELECT count(*) = 5 FROM begun
                """,
                about);
        assertThat(ended(about).values()).containsOnly(State.UNCLEAR);
        later();
        assertThat(SERVER.got(about)).isEmpty();
        assertThat(desk(about)).hasSize(5).allMatch(row -> row.startsWith("UNCLEAR "));
    }

    /** Who is turned away at the door has handed nothing over. */
    @Test
    void a_server_that_is_too_full_to_greet_is_tried_again() throws Exception {
        SERVER.full = true;
        var about = broken();
        untilTried(about);
        SERVER.full = false;
        assertThat(ended(about).values()).containsOnly(State.SENT);
        assertThat(SERVER.got(about)).isEqualTo(ONCE);
    }

    @Test
    void what_the_server_has_taken_is_sent_though_it_never_says_goodbye() throws Exception {
        SERVER.order("operator", "QUIT says nothing");
        var about = broken();
        assertThat(ended(about).values()).containsOnly(State.SENT);
        assertThat(SERVER.got(about)).isEqualTo(ONCE);
    }

    @Test
    void what_nobody_takes_is_tried_again_and_on_the_desk_after_ten_minutes() throws Exception {
        SERVER.shut();
        var about = broken();
        untilTried(about);
        WORLD.forward(Duration.ofMinutes(8));
        assertThat(desk(about)).as("not yet").isEmpty();
        WORLD.forward(Duration.ofMinutes(3));
        assertThat(desk(about))
                .hasSize(5)
                .allMatch(row -> row.matches("(TO_SEND|SENDING) 11\\hmin\\h\\d+\\hs"));
        SERVER.open();
        // The longer it has waited the longer the pauses are.
        WORLD.forward(Duration.ofMinutes(10));
        assertThat(ended(about).values()).containsOnly(State.SENT);
        assertThat(SERVER.got(about)).isEqualTo(ONCE);
        assertThat(desk(about)).isEmpty();
    }

    @Test
    void however_many_read_the_journal_and_send_each_letter_goes_out_once() {
        var reader = job("mf");
        var sender = job("mo");
        var feed = new Claim(Cell.FIRST, new UUID(0, 1), 1);
        long until = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
        var abouts = new ArrayList<UUID>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++)
                threads.execute(
                        () -> {
                            while (System.nanoTime() < until) {
                                reader.advance(feed);
                                sender.claimDue(64).forEach(sender::advance);
                            }
                        });
            for (int i = 0; i < 3; i++) abouts.add(broken());
        }
        for (var about : abouts) {
            assertThat(ended(about).values()).containsOnly(State.SENT);
            assertThat(SERVER.got(about)).isEqualTo(ONCE);
        }
    }

    /** As when one is so slow that its lease is over and another takes the letter. */
    @Test
    void of_those_that_hold_the_same_letter_one_hands_it_over() throws Exception {
        var about = putOff();
        var sender = job("mo");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var letter : MESSAGES.about(about))
                for (int i = 0; i < 4; i++)
                    threads.execute(() -> sender.advance(new Claim(letter.cell(), letter.id(), 1)));
        }
        var ended = ended(about);
        assertThat(ended.values()).doesNotContain(State.UNDELIVERABLE);
        later();
        // Of one that is unclear nobody can tell; but nobody gets two.
        var got = SERVER.got(about);
        ended.forEach(
                (box, state) ->
                        assertThat(got.getOrDefault(box, 0L))
                                .as("%s is %s", box, state)
                                .isBetween(state == State.SENT ? 1L : 0L, 1L));
    }

    @Test
    void a_text_whose_answers_are_lost_is_put_until_it_is_taken_and_arrives_once() {
        var minji = new Undoer(WORLD, WORLD.customer("skt", ""));
        var line = minji.customer().secret("line_number");
        for (var mishap : List.of("ANSWER_LOST", "REQUEST_LOST", "ERROR_AFTER", "HALF_A_BODY"))
            WORLD.sandbox()
                    .post(
                            "/sandbox/mishaps",
                            Map.of("party", "skt", "deed", "TEXT", "line", line, "mishap", mishap))
                    .ok();
        var asked = minji.asked(minji.entered(33_000, minji.today()), "cancellation");
        // Each turn but the customer's own is told.
        int turns = Undoer.events(minji.until(asked, "UNDONE")).size() - 1;
        var about = Id.parse("wo", Undoer.id(asked)).orElseThrow();
        until(
                "SELECT count(*) = ? AND bool_and(channel = 'TEXT' AND state = 'SENT') FROM message_out WHERE about = ?",
                turns,
                about);
        assertThat(WORLD.sandbox().get("/sandbox/mishaps").ok().path("data")).isEmpty();
        var texts = new ArrayList<String>();
        minji.customer().phone().path("texts").forEach(text -> texts.add(text.asString()));
        assertThat(texts)
                .containsExactlyInAnyOrderElementsOf(
                        MESSAGES.about(about).stream().map(Message::body).toList());
    }

    /** Something that each role of the staff gets a letter about. */
    private static UUID broken() {
        var staff = UUID.randomUUID();
        var somebody = new Caller(Role.FINANCE, UUID.randomUUID(), staff, UUID.randomUUID());
        WORLD.bean(BreakGlass.class).breakIt(somebody, "nobody else is here");
        return ask(UUID.class, "SELECT id FROM break_glass WHERE staff = ?", staff);
    }

    /** The same, with each letter put off for so long that only the test sends it. */
    private static UUID putOff() throws IOException {
        SERVER.shut();
        var about = broken();
        until(
                """
                WITH off AS (UPDATE message_out SET due_at = created_at + interval '1 day'
                              WHERE about = ? AND state = 'TO_SEND' AND lease_until IS NULL RETURNING 1)
                SELECT count(*) = 5 FROM off
                """,
                about);
        SERVER.open();
        return about;
    }

    private static void untilTried(UUID about) {
        until(
                "SELECT count(*) = 5 FROM message_out WHERE about = ? AND state <> 'SENDING' AND changed_at > created_at",
                about);
    }

    /** Where each box's letter stands, once none is on its way. */
    private static Map<String, State> ended(UUID about) {
        until(
                "SELECT count(*) = 5 FROM message_out WHERE about = ? AND state NOT IN ('TO_SEND', 'SENDING')",
                about);
        return MESSAGES.about(about).stream()
                .collect(
                        Collectors.toMap(
                                letter -> letter.recipient().replace("@localhost", ""),
                                Message::state));
    }

    /** What the desk shows of the letters about it: where each stands, and how old it is. */
    private static List<String> desk(UUID about) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(WORLD.address() + "/staff"))
                        .header("Accept-Language", "en")
                        .header("Authorization", "Bearer " + KEY)
                        .build();
        var row = "bg " + about + "</th><td>(\\w+)</td><td>smtp</td><td>([^<]+)</td>";
        try (var http = HttpClient.newHttpClient()) {
            var page = http.send(request, BodyHandlers.ofString()).body();
            return Pattern.compile(row)
                    .matcher(page)
                    .results()
                    .map(found -> found.group(1) + " " + found.group(2))
                    .toList();
        }
    }

    /** Long enough for whatever would be sent again. */
    private static void later() {
        WORLD.forward(Duration.ofHours(2));
        for (int i = 0; i < 10; i++) World.sleep();
    }

    private static Job job(String name) {
        return WORLD.all(Job.class).stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void until(String sql, Object... with) {
        for (int i = 0; !ask(Boolean.class, sql, with); i++) {
            assertThat(i).as(sql).isLessThan(400);
            World.sleep();
        }
    }

    private static <T> T ask(Class<T> type, String sql, Object... with) {
        try (var owner = WORLD.owner();
                var read = owner.prepareStatement(sql)) {
            for (int i = 0; i < with.length; i++) read.setObject(i + 1, with[i]);
            try (var row = read.executeQuery()) {
                row.next();
                return row.getObject(1, type);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A letter that came whole, and how it was dealt with. */
    private record Letter(String box, String order, String text) {}

    /** A mail server that takes each letter, unless it was told otherwise of the next ones to a box. */
    private static final class MailServer {
        private final Map<String, Queue<String>> orders = new ConcurrentHashMap<>();
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final List<Letter> letters = new CopyOnWriteArrayList<>();
        private volatile boolean full;
        private ServerSocket door = free();
        private final int port = door.getLocalPort();

        MailServer() {
            listen(door);
        }

        /** Below those that a system gives to whoever asks for any: nobody takes it while the door is shut. */
        private static ServerSocket free() {
            for (int port = 31_000 + (int) (ProcessHandle.current().pid() % 1_000); ; port++)
                try {
                    return new ServerSocket(port);
                } catch (IOException e) {
                    if (port > 32_500) throw new UncheckedIOException(e);
                }
        }

        void shut() throws IOException {
            door.close();
        }

        void open() throws IOException {
            door = new ServerSocket(port);
            listen(door);
        }

        void forget() throws IOException {
            full = false;
            orders.clear();
            asked.clear();
            if (door.isClosed()) open();
        }

        /** {@code how}, one for each time: a command, a dot for the whole letter, and what to answer to it. */
        void order(String box, String... how) {
            orders.put(box, new ConcurrentLinkedQueue<>(List.of(how)));
        }

        /** How often each box has got the letter about it, or may have. */
        Map<String, Long> got(UUID about) {
            var shown = "bg_" + about.toString().replace("-", "");
            return letters.stream()
                    .filter(letter -> letter.text().contains(shown))
                    .filter(letter -> !letter.order().matches("\\. [45].*"))
                    .collect(Collectors.groupingBy(Letter::box, Collectors.counting()));
        }

        private void listen(ServerSocket at) {
            for (int i = 0; i < 16; i++)
                Thread.startVirtualThread(
                        () -> {
                            while (!at.isClosed()) talk(at);
                        });
        }

        private void talk(ServerSocket at) {
            try (var socket = at.accept();
                    var bytes = new InputStreamReader(socket.getInputStream(), ISO_8859_1);
                    var in = new BufferedReader(bytes);
                    var out = socket.getOutputStream()) {
                boolean turnedAway = full;
                say(out, turnedAway ? "421 too many" : "220 here");
                if (turnedAway) return;
                var box = "";
                var order = "";
                for (var line = in.readLine(); line != null; line = in.readLine()) {
                    var command = line.split(" ", 2)[0];
                    if (command.equals("RCPT")) {
                        box = line.replaceAll(".*<|@.*", "");
                        asked.add(box);
                        var how = orders.getOrDefault(box, new ConcurrentLinkedQueue<>()).poll();
                        order = how == null ? "" : how;
                    }
                    if (command.equals("DATA")) {
                        say(out, "354 go on");
                        letters.add(new Letter(box, order, text(in)));
                        command = ".";
                    }
                    boolean ordered = order.startsWith(command + " ");
                    var answer = ordered ? order.substring(command.length() + 1) : "250 fine";
                    if (answer.equals("says nothing")) in.readLine();
                    if (!answer.matches("[0-9].*")) return;
                    say(out, answer);
                }
            } catch (IOException | MessagingException e) {
                // Whoever hangs up has sent no letter.
            }
        }

        private static void say(OutputStream out, String words) throws IOException {
            out.write((words + "\r\n").getBytes(ISO_8859_1));
        }

        /** The words of the letter that comes, up to the lone dot. */
        private static String text(BufferedReader in) throws IOException, MessagingException {
            var whole = new StringBuilder();
            for (var line = in.readLine(); !".".equals(line); line = in.readLine()) {
                if (line == null) throw new IOException("half a letter");
                whole.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
            }
            var bytes = new ByteArrayInputStream(whole.toString().getBytes(ISO_8859_1));
            var letter = new MimeMessage((Session) null, bytes);
            return new String(letter.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
