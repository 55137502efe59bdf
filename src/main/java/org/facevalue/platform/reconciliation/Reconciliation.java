package org.facevalue.platform.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.facevalue.platform.cashout.Tally.Told;
import org.facevalue.platform.outside.Claim;
import org.facevalue.platform.outside.DueRows;
import org.facevalue.platform.outside.Job;
import org.facevalue.platform.reconciliation.Comparison.Amount;
import org.facevalue.platform.reconciliation.Comparison.Difference;
import org.facevalue.platform.reconciliation.Comparison.Key;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.platform.wayout.WayOut;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares what rests: cash-outs that have ended and whose aftermaths are dealt with. Whatever differs opens a matter for a person, and closes it when
 * both sides agree again.
 */
public final class Reconciliation implements Job, InitializingBean {
    /** The one row there is of it. */
    private static final UUID WORK = new UUID(0x0000_0000_0000_7000L, 0x8000_0000_0000_0000L);

    private static final Duration LEASE = Duration.ofMinutes(10);
    private final DifferenceRows rows;
    private final OurBooks ourBooks;
    private final TheirBooks theirBooks;
    private final Findings findings;
    private final BusinessClock clock;
    private final DueRows due;
    private final Times times;

    /**
     * @param every how often
     * @param window how far back
     * @param deep how far back once a day
     * @param settling how long after its last change a cash-out is left alone
     */
    record Times(Duration every, Duration window, Duration deep, Duration settling) {}

    Reconciliation(
            JdbcClient db,
            DifferenceRows rows,
            OurBooks ourBooks,
            TheirBooks theirBooks,
            Findings findings,
            BusinessClock clock,
            Times times) {
        this.rows = rows;
        this.ourBooks = ourBooks;
        this.theirBooks = theirBooks;
        this.findings = findings;
        this.clock = clock;
        this.due = new DueRows(db, "reconciliation", LEASE);
        this.times = times;
    }

    @Override
    public void afterPropertiesSet() {
        rows.begin(WORK, clock.now().plus(times.every()));
    }

    @Override
    public String name() {
        return "rc";
    }

    @Override
    public List<Claim> claimDue(int atMost) {
        return due.claim(clock.now(), Math.min(1, atMost));
    }

    @Override
    public void advance(Claim claimed) {
        var begun = clock.now();
        compare(begun);
        rows.next(WORK, begun, begun.plus(times.every()));
    }

    /** Lets it be done now, by whichever node is first. */
    public void soon() {
        rows.hasten(WORK, clock.now());
    }

    private void compare(Instant now) {
        var open = rows.standing();
        // Once a day as far back as anybody changes anything by itself; a carrier that takes a
        // charge back weeks later lists it among those of then.
        boolean deep = rows.isDeepDue(WORK, now);
        var window = deep ? times.deep() : times.window();
        // What stands is looked at again, however old it is.
        var from =
                open.stream()
                        .map(DifferenceRows.Open::dated)
                        .filter(dated -> dated.isAfter(Instant.EPOCH))
                        .reduce(ourBooks.from(now.minus(window)), (a, b) -> a.isBefore(b) ? a : b);
        var theirs = theirBooks.read(from, now.plusSeconds(1));
        var told = ourBooks.told(from, now.plusSeconds(1));
        var busy = new HashSet<String>();
        var known = new HashSet<String>();
        var ours = new HashMap<Key, Amount>();
        for (var each : told) {
            var reference = each.cashOut().id().value().toString();
            if (isSettled(each, now)) ours.putAll(OurBooks.amounts(each));
            else busy.add(reference);
            known.add(reference);
        }
        for (var each : ourBooks.waysOut(from, now.plusSeconds(1))) {
            var reference = each.id().value().toString();
            if (isSettled(each, now)) ours.putAll(OurBooks.amounts(each));
            else busy.add(reference);
            known.add(reference);
        }
        var kept = new Kept(open, rows.accepted(from), notAnsweredBefore());
        theirs.forEach(
                (party, read) -> {
                    older(read, ours, busy, known, now);
                    compare(party, read, new Ours(ours, busy, known), kept, from, now);
                });
        if (deep) rows.deepDone(WORK, now);
    }

    /** What is kept of earlier comparisons; {@code notAnswered}: the parties that could not be compared last time. */
    private record Kept(
            List<DifferenceRows.Open> open,
            List<DifferenceRows.Open> accepted,
            Set<String> notAnswered) {}

    private Set<String> notAnsweredBefore() {
        return rows.results().stream()
                .filter(result -> result.problem() != null)
                .map(DifferenceRows.Result::party)
                .collect(Collectors.toSet());
    }

    /** What a party tells of a cash-out from before this time is compared with what we have of it, entry by entry. */
    private void older(
            TheirBooks.Read read,
            Map<Key, Amount> ours,
            Set<String> busy,
            Set<String> known,
            Instant now) {
        var unknown = new HashMap<UUID, List<Key>>();
        for (var key : read.entries().keySet()) {
            var id = Comparison.uuid(key.reference());
            if (id != null && !known.contains(key.reference()))
                unknown.computeIfAbsent(id, i -> new ArrayList<>()).add(key);
        }
        for (var each : ourBooks.waysOut(unknown.keySet())) {
            var reference = each.id().value().toString();
            if (isSettled(each, now)) ours.putAll(OurBooks.amounts(each));
            else busy.add(reference);
            known.add(reference);
        }
        for (var each : ourBooks.told(unknown.keySet())) {
            if (!isSettled(each, now)) {
                busy.add(each.cashOut().id().value().toString());
                continue;
            }
            var amounts = OurBooks.amounts(each);
            known.add(each.cashOut().id().value().toString());
            for (var key : unknown.getOrDefault(each.cashOut().id().value(), List.of()))
                if (amounts.containsKey(key)) ours.put(key, amounts.get(key));
        }
    }

    /** Until it has ended, or waits for the customer, the party may give back at any moment. */
    private boolean isSettled(WayOut wayOut, Instant now) {
        return (wayOut.state().isEnd() || wayOut.state().isForCustomer())
                && wayOut.stateSince().plus(times.settling()).isBefore(now);
    }

    private boolean isSettled(Told told, Instant now) {
        return told.rests() && told.changedAt().plus(times.settling()).isBefore(now);
    }

    /**
     * Our side.
     *
     * @param busy references that do not rest yet
     * @param told every reference of ours in this time; a book that none of them has amounts in is not compared: what a customer does with a voucher that is
     *     kept is nobody's business
     */
    private record Ours(Map<Key, Amount> amounts, Set<String> busy, Set<String> told) {}

    private void compare(
            String party, TheirBooks.Read read, Ours ours, Kept kept, Instant from, Instant now) {
        boolean answered = read.problem().isEmpty();
        findings.notCompared(party, answered, kept.notAnswered().contains(party), now);
        if (!answered) {
            rows.keep(new DifferenceRows.Result(party, now, from, 0, 0, read.problem()));
            return;
        }
        var here = of(party, ours.amounts());
        var there = of(party, read.entries());
        there.keySet()
                .removeIf(
                        key ->
                                ours.busy().contains(key.reference())
                                        || ours.told().contains(key.reference())
                                                && !here.containsKey(key));
        var compared = Comparison.of(here, there);
        var standing =
                kept.open().stream()
                        .filter(each -> each.party().equals(party))
                        .collect(Collectors.toMap(DifferenceRows.Open::key, each -> each));
        var accepted =
                kept.accepted().stream()
                        .filter(each -> each.party().equals(party))
                        .collect(
                                Collectors.toMap(
                                        DifferenceRows.Open::key, each -> each, (a, b) -> b));
        var stillSo = new HashSet<Key>();
        var differing = new HashSet<Key>();
        for (var difference : compared.differences()) {
            if (isAccepted(accepted.get(difference.key()), difference)) {
                stillSo.add(difference.key());
                continue;
            }
            differing.add(difference.key());
            var before = standing.get(difference.key());
            if (before == null) findings.found(difference, now);
            else if (before.ours() != difference.ours() || before.theirs() != difference.theirs())
                findings.changed(before, difference, now);
        }
        standing.forEach(
                (key, each) -> {
                    boolean looked = each.about() == null || here.containsKey(key);
                    if (!differing.contains(key) && looked) findings.resolved(each, now);
                });
        // It was accepted as it was, and is so no more: if it comes again, that is another one.
        accepted.forEach(
                (key, each) -> {
                    if (here.containsKey(key) && !stillSo.contains(key)) rows.lapse(each.id());
                });
        rows.keep(
                new DifferenceRows.Result(
                        party, now, from, compared.matched(), differing.size(), null));
    }

    private static boolean isAccepted(
            DifferenceRows.@Nullable Open accepted, Difference difference) {
        return accepted != null
                && accepted.ours() == difference.ours()
                && accepted.theirs() == difference.theirs();
    }

    private static Map<Key, Amount> of(String party, Map<Key, Amount> all) {
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().party().equals(party))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
