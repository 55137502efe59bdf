package org.facevalue.platform.cashout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the simulation would see a bug: each planted one is found by an invariant within the seeds that find nothing without it. */
class MutantsTest {
    private static final String ROOM = "main/java/org/facevalue/platform/";
    private static final String BOOKS = ROOM + "cashout/Books.java";
    private static final String DECISION = ROOM + "cashout/CashOutDecision.java";
    private static final String JOB = ROOM + "cashout/StepJob.java";

    /** As many as there is time for; the others are found by {@code ./facevalue prove mutants}. */
    private static final int IN_TEST = 12;

    static Stream<Mutant> first() {
        return mutants().limit(IN_TEST);
    }

    static Stream<Mutant> others() {
        return mutants().skip(IN_TEST);
    }

    private static Stream<Mutant> mutants() {
        return Stream.of(
                new Mutant(
                        "a transfer has another reference each time",
                        ROOM + "payout/Payouts.java",
                        "return caller + \"-\" + purpose",
                        "return caller + \"-\" + java.util.concurrent.ThreadLocalRandom.current().nextInt(2) + purpose"),
                new Mutant(
                        "a redemption has another reference each time",
                        ROOM + "redemption/Redemptions.java",
                        "\"reference\",\n                        caller.toString(),",
                        "\"reference\",\n                        caller + \"-\" + java.util.concurrent.ThreadLocalRandom.current().nextInt(2),"),
                new Mutant(
                        "a refund has another key each time",
                        ROOM + "cashout/OutsideParties.java",
                        "return course.cashOut().value() + \"-refund\";",
                        "return course.cashOut().value() + \"-refund-\" + course.calls() % 2;"),
                new Mutant(
                        "a call goes out though its intention was refused",
                        JOB,
                        "return outcome instanceof Outcome.Committed;",
                        "return true;"),
                new Mutant(
                        "a worker that was held up sends all the same",
                        ROOM + "outside/Fence.java",
                        "return untilNanos - nanos.getAsLong() > 0;",
                        "return true;"),
                new Mutant(
                        "a row moves on from any version",
                        "test/java/org/facevalue/platform/ledger/SimulatedTables.java",
                        "r -> (long) r.get(\"version\") == (long) row.get(\"version\") - 1,",
                        "r -> true,"),
                new Mutant(
                        "the operator's fee is income when the provider has paid",
                        BOOKS,
                        "new Posting(provider(), vouchers(), terms.faceValue()),",
                        "new Posting(provider(), vouchers(), terms.faceValue()), new Posting(own(),"
                                + " account(AccountKind.FEE_INCOME, \"operator\"), terms.fee(Kind.OPERATOR)),"),
                new Mutant(
                        "the bank's fee is forgotten",
                        BOOKS,
                        "fee(movements, Kind.BANK, own(), bank());",
                        ""),
                new Mutant(
                        "a failed payout keeps its hold",
                        BOOKS,
                        "movements.add(new Release(payoutHold(), own(), terms.net()));",
                        ""),
                new Mutant(
                        "the net amount is refunded",
                        BOOKS,
                        "return List.of(new Posting(own(), carrier(), terms.faceValue()));",
                        "return List.of(new Posting(own(), carrier(), terms.net()));"),
                new Mutant(
                        "the operator keeps its fee of money in a wallet",
                        BOOKS,
                        "return kind != Kind.OPERATOR && kind != Kind.BANK;",
                        "return kind != Kind.BANK;"),
                new Mutant(
                        "a kept voucher stays in our books",
                        BOOKS,
                        "movements.add(new Posting(own(), vouchers(), terms.faceValue()));",
                        ""),
                new Mutant(
                        "nothing is watched that was given up",
                        DECISION,
                        "if (!cashOut.attempt().lost()) return null;",
                        "if (cashOut.version() > 0) return null;"),
                new Mutant(
                        "what a bank returns is not looked for",
                        DECISION,
                        "case PayoutBooked e -> Aftermath.Of.PAYOUT_RETURN;",
                        "case PayoutBooked e -> null;"),
                new Mutant(
                        "the voucher is offered though its conversion may still arrive",
                        DECISION,
                        "|| cashOut.attempt().lost()) return event;",
                        ") return event;"),
                new Mutant(
                        "reserved counts as charged",
                        ROOM + "cashout/Meaning.java",
                        "case RESERVED -> second ? new NotYet() : new Reserved();",
                        "case RESERVED -> second ? new NotYet() : new Charged();"),
                new Mutant(
                        "a server's error counts as a no",
                        ROOM + "outside/JsonExchange.java",
                        "if (deed && (status == 403 || status == 422))",
                        "if (deed && status >= 400)"),
                new Mutant(
                        "what is not there yet counts as a no",
                        ROOM + "outside/JsonExchange.java",
                        "if (status == 404) yield new Answer.Absent<>();",
                        "if (status == 404) yield new Answer.Declined<>(code);"),
                new Mutant(
                        "a change is not told",
                        JOB,
                        "events.add(next.event(ids.next(), told.type(), now));",
                        ""),
                new Mutant(
                        "a lost answer at commit is taken for a yes",
                        ROOM + "ledger/Ledger.java",
                        "} catch (Store.LostAtCommit noAnswer) {",
                        "} catch (Store.LostAtCommit noAnswer) { if (tried > 0) return new Committed(command.key());"),
                new Mutant(
                        "a charge that slipped through a release has no way on",
                        ROOM + "cashout/CashOutState.java",
                        "new Edge<>(RELEASING, Charged.class, REFUNDING),",
                        ""),
                new Mutant(
                        "a cancellation does not wait for the answer that is open",
                        ROOM + "cashout/Action.java",
                        "if (cashOut.attempt().asking()) return new Ask(step.get());",
                        "if (cashOut.attempt().asking() && !cashOut.cancelAsked()) return new Ask(step.get());"),
                new Mutant(
                        "what was given up is watched for an hour",
                        ROOM + "cashout/Aftermath.java",
                        "                    Duration.ofHours(6),\n                    Duration.ofDays(1),\n"
                                + "                    Duration.ofDays(3),\n                    Duration.ofDays(7),\n"
                                + "                    Duration.ofDays(30));",
                        "                    Duration.ofHours(2));"),
                new Mutant(
                        "a recalled payout is booked as one that came back by itself",
                        ROOM + "cashout/Aftermath.java",
                        "case PayoutReturned e when state == AftermathState.RECALLING -> books.recalled();",
                        "case PayoutReturned e when state == AftermathState.OWED -> books.recalled();"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("first")
    void a_planted_bug_is_found(Mutant mutant, @TempDir Path folder) throws Exception {
        isFound(mutant, folder);
    }

    @Tag("prove")
    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void another_planted_bug_is_found(Mutant mutant, @TempDir Path folder) throws Exception {
        isFound(mutant, folder);
    }

    private static void isFound(Mutant mutant, Path folder) throws Exception {
        var simulated = mutant.planted(folder);
        List<String> found = List.of();
        long seed = 0;
        // That a patch throws is not that an invariant sees it.
        while (found.isEmpty() && seed < 500)
            found =
                    simulated.violations(++seed).stream()
                            .filter(v -> !v.startsWith("failed: ") || v.contains("come to rest"))
                            .toList();
        assertThat(found).as("%s: nothing found in 500 seeds", mutant).isNotEmpty();
        assertThat(found)
                .as("by an invariant of the run, not by a failure of the patch")
                .noneMatch(v -> v.contains("NoSuchMethod") || v.contains("ClassCast"));
        System.out.printf("%s: seed %d: %s%n", mutant, seed, found.getFirst());
    }
}
