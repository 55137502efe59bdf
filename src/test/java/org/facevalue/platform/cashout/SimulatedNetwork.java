package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.facevalue.platform.ledger.SimulatedStore;
import org.facevalue.platform.outside.Lines;
import org.facevalue.platform.outside.Transport;
import org.facevalue.platform.outside.Transport.Reply;
import org.facevalue.platform.outside.Transport.Request;

/** The way to the other side and to the database, which loses, repeats, delays and garbles while the weather is bad. */
final class SimulatedNetwork implements Lines, SimulatedStore.Weather {
    static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int BAD_IN_HUNDRED = 22;
    private static final Pattern REFERENCE =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private final Turns turns;
    private final Turns.Node outside;
    private final Random random;
    private final SimulatedOthers others;
    private final Consumer<String> counted;
    private final BiConsumer<Request, Instant> sent;
    private final Consumer<Request> notSent;
    boolean bad = true;
    private Runnable afterCommit = () -> {};

    /** Whose post room is broken: what is asked of them arrives days later, while questions are answered. */
    String brokenPostRoom = "";

    Instant brokenUntil = Instant.MIN;

    /** Whether it answers nothing at all. */
    boolean silent;

    /** Who tells of other amounts for hours, whatever is asked. */
    String oddParty = "";

    Instant oddUntil = Instant.MIN;

    Instant databaseGoneUntil = Instant.MIN;

    /** What befalls a request. */
    enum Fault {
        REQUEST_LOST,
        ANSWER_LOST,
        ARRIVES_LATE,
        ARRIVES_DAYS_LATE,
        ARRIVES_TWICE,
        ERROR_BEFORE,
        ERROR_AFTER,
        GARBLED,
        ANOTHER_AMOUNT,
        WORN_OUT_TOKEN,
        TOO_MANY
    }

    SimulatedNetwork(
            Turns turns,
            Turns.Node outside,
            Random random,
            SimulatedOthers others,
            Consumer<String> counted,
            BiConsumer<Request, Instant> sent,
            Consumer<Request> notSent) {
        this.turns = turns;
        this.outside = outside;
        this.random = random;
        this.others = others;
        this.counted = counted;
        this.sent = sent;
        this.notSent = notSent;
    }

    @Override
    public Transport to(String party) {
        return this::send;
    }

    private Reply send(Request request) {
        sent.accept(request, turns.now());
        boolean deed = request.method().equals("POST") && !request.uri().getPath().equals("/token");
        boolean broken =
                request.uri().getHost().equals(brokenPostRoom) && turns.now().isBefore(brokenUntil);
        if (broken && silent) {
            counted.accept("fault SILENT " + brokenPostRoom);
            return nothing();
        }
        if (deed && broken && Math.floorMod(about(request).hashCode(), 3) != 0) {
            counted.accept("fault BROKEN_POST_ROOM " + brokenPostRoom);
            arrives(request, Duration.ofMinutes(100 + random.nextInt(6 * 24 * 60)));
            return nothing();
        }
        if (!bad || random.nextInt(100) >= BAD_IN_HUNDRED) return answered(request);
        var fault = List.of(Fault.values()).get(random.nextInt(Fault.values().length));
        if (!deed && fault == Fault.ARRIVES_DAYS_LATE) fault = Fault.REQUEST_LOST;
        counted.accept("fault " + fault + (deed ? " deed" : " question"));
        return switch (fault) {
            case REQUEST_LOST -> nothing();
            case ANSWER_LOST -> {
                others.answer(request);
                yield nothing();
            }
            case ARRIVES_LATE -> {
                arrives(request, Duration.ofMillis(3_000 + random.nextInt(6_500)));
                yield nothing();
            }
            case ARRIVES_DAYS_LATE -> {
                arrives(request, Duration.ofMinutes(30 + random.nextInt(6 * 24 * 60)));
                yield nothing();
            }
            case ARRIVES_TWICE -> {
                var first = others.answer(request);
                others.answer(request);
                turns.pause("an answer is on its way", Duration.ofMillis(5));
                yield first;
            }
            case ERROR_BEFORE -> replied(new Reply.Got(503, ""));
            case ERROR_AFTER -> {
                others.answer(request);
                yield replied(new Reply.Got(500, "{\"code\":\"INTERNAL\"}"));
            }
            case GARBLED -> {
                others.answer(request);
                yield replied(new Reply.Got(200, "<html>proxy</html>"));
            }
            case ANOTHER_AMOUNT -> replied(odd(others.answer(request)));
            case WORN_OUT_TOKEN -> {
                notSent.accept(request);
                yield replied(new Reply.Got(401, ""));
            }
            case TOO_MANY -> replied(new Reply.Got(429, "{\"code\":\"TOO_MANY_REQUESTS\"}"));
        };
    }

    /** The same about a thousand won less, where it tells of money at all. */
    private static Reply odd(Reply reply) {
        return reply instanceof Reply.Got(var status, var text)
                ? new Reply.Got(status, text.replaceAll("(?<=:)(\\d{2})(?=\\d{3}\\b)", "1$1"))
                : reply;
    }

    /** What it wants, and the first reference in it. */
    private static String about(Request request) {
        var path = request.uri().getPath();
        var found = REFERENCE.matcher(path + " " + request.body());
        return path.substring(path.lastIndexOf('/')) + (found.find() ? found.group() : "");
    }

    private Reply answered(Request request) {
        var reply = others.answer(request);
        boolean odd = request.uri().getHost().equals(oddParty) && turns.now().isBefore(oddUntil);
        if (odd) counted.accept("fault ODD_FOR_HOURS " + oddParty);
        return replied(odd ? odd(reply) : reply);
    }

    private Reply replied(Reply reply) {
        turns.pause("an answer is on its way", Duration.ofMillis(5));
        return reply;
    }

    private Reply nothing() {
        turns.pause("waiting for an answer", TIMEOUT);
        return new Reply.Nothing("no answer");
    }

    private void arrives(Request request, Duration in) {
        turns.begin(outside, in, () -> others.answer(request));
    }

    @Override
    public void begin() {
        turns.pause("before a transaction", Duration.ofNanos(200_000));
        if (turns.now().isBefore(databaseGoneUntil)) {
            counted.accept("fault DATABASE_GONE");
            throw new org.springframework.dao.DataAccessResourceFailureException("gone");
        }
    }

    @Override
    public Fate commit() {
        if (!bad || random.nextInt(100) >= 4) return Fate.FINE;
        var fates =
                List.of(Fate.CONFLICT, Fate.DONE_AND_ANSWER_LOST, Fate.NOT_DONE_AND_ANSWER_LOST);
        var fate = fates.get(random.nextInt(fates.size()));
        counted.accept("fault COMMIT_" + fate);
        return fate;
    }

    /** What has to hold after every one. */
    void afterCommit(Runnable check) {
        afterCommit = check;
    }

    @Override
    public void committed() {
        afterCommit.run();
        // The worst of moments: what was intended is written, and nothing was sent yet.
        if (bad && random.nextInt(60) == 0) {
            counted.accept("stood still after a commit");
            turns.here().standStill(Duration.ofMillis(4_000 + random.nextInt(30_000)));
        }
        turns.pause("after a commit", Duration.ofNanos(200_000));
    }
}
