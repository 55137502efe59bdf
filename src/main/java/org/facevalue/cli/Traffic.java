package org.facevalue.cli;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** Cash-outs as many customers make them, through the public API, from the quote to the end; what goes wrong is drawn by lot. */
public final class Traffic {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long POLL_MILLIS = 250;

    /** What a line or an account provokes; the others are by the face value. What ends otherwise than paid comes more often. */
    private static final List<String> SCENARIOS =
            Stream.of(
                            Collections.nCopies(6, "CHARGE_DECLINED"),
                            Collections.nCopies(10, "PAYOUT_DECLINED"),
                            List.of(
                                    "CHARGE_ANSWER_LOST",
                                    "CHARGE_REQUEST_LOST",
                                    "CHARGE_LATE",
                                    "CHARGE_ERROR_500",
                                    "CONFIRM_ANSWER_LOST",
                                    "VOUCHER_ERROR_AFTER",
                                    "VOUCHER_HALF_A_BODY",
                                    "REDEMPTION_ERROR_503",
                                    "REDEMPTION_TOO_MANY",
                                    "REFUND_ERROR_AFTER",
                                    "PAYOUT_WRONG_CONTENT_TYPE",
                                    "PAYOUT_ANSWER_LOST",
                                    "PAYOUT_REQUEST_LOST",
                                    "PAYOUT_LATE"))
                    .flatMap(List::stream)
                    .toList();

    private static final long WELL = 50_000;
    private static final List<Long> FAILING =
            List.of(50_510L, 50_520L, 50_610L, 50_610L, 50_620L, 50_630L, 50_640L);
    private static final List<String> TARIFFS = List.of("two-step", "one-step", "asynchronous");
    private final String platform;
    private final String sandbox;
    private final int faults;
    private final Semaphore room;

    /**
     * @param faults of a hundred cash-outs, about so many meet one: half of them by the customer, half by the face value
     * @param atOnce how many ask the platform for something at the same moment; the others wait
     */
    public Traffic(String platform, String sandbox, int faults, int atOnce) {
        this.platform = platform;
        this.sandbox = sandbox;
        this.faults = faults;
        this.room = new Semaphore(atOnce);
    }

    /** A new customer, by lot one whose line or account means trouble. */
    public SandboxCustomer customer(Random dice) {
        boolean trouble = dice.nextInt(2 * 100) < faults;
        var scenario = trouble ? SCENARIOS.get(dice.nextInt(SCENARIOS.size())) : "";
        return SandboxCustomer.make(
                platform, sandbox, TARIFFS.get(dice.nextInt(TARIFFS.size())), scenario);
    }

    /** Confirms a quote, by lot one whose face value means trouble; gives the cash-out's identifier. */
    public String confirm(SandboxCustomer customer, Random dice) throws InterruptedException {
        boolean trouble = dice.nextInt(2 * 100) < faults;
        long faceValue = trouble ? FAILING.get(dice.nextInt(FAILING.size())) : WELL;
        room.acquire();
        try {
            var quote = customer.quote("face_value", faceValue, "eunmorae").path("id").asString();
            return customer.confirm(quote).path("id").asString();
        } finally {
            room.release();
        }
    }

    /** Follows it to its end, choosing by lot where there is a choice, and gives that end. */
    public String end(SandboxCustomer customer, String id, Random dice)
            throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            room.acquire();
            try {
                var seen = customer.cashOut(id);
                if (seen.path("waiting_for").isNull()) return seen.path("state").asString();
                var choices = seen.path("choices");
                if (!choices.isEmpty()) {
                    // The refund comes first.
                    var choice = choices.get(dice.nextInt(3) == 0 ? 0 : choices.size() - 1);
                    customer.choose(id, choice.path("choice").asString());
                }
            } finally {
                room.release();
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new Trouble(id + " does not end.");
    }
}
