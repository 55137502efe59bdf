package org.facevalue.platform.reconciliation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.facevalue.platform.cashout.Tally.Told;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Facts.Fact;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.outside.Claim;
import org.facevalue.platform.outside.DueRows;
import org.facevalue.platform.outside.Job;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.outside.Matters;
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
    private static final int DAYS_FOR_A_PERSON = 2;
    private static final String WORDS = "reconciliation_difference.words";
    private static final String NOT_COMPARED = "books-not-compared";
    private final DifferenceRows rows;
    private final OurBooks ourBooks;
    private final TheirBooks theirBooks;
    private final Matters matters;
    private final Vault vault;
    private final Facts facts;
    private final Ids ids;
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
            Matters matters,
            Vault vault,
            Facts facts,
            Ids ids,
            BusinessClock clock,
            Times times) {
        this.rows = rows;
        this.ourBooks = ourBooks;
        this.theirBooks = theirBooks;
        this.matters = matters;
        this.vault = vault;
        this.facts = facts;
        this.ids = ids;
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
        notCompared(party, answered, kept.notAnswered().contains(party), now);
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
            if (before == null) found(difference, now);
            else if (before.ours() != difference.ours() || before.theirs() != difference.theirs())
                changed(before, difference, now);
        }
        standing.forEach(
                (key, each) -> {
                    boolean looked = each.about() == null || here.containsKey(key);
                    if (!differing.contains(key) && looked) resolved(each, now);
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

    /** What cannot be compared twice in a row is for a person to see, until it is compared again. */
    private void notCompared(String party, boolean compared, boolean failedBefore, Instant now) {
        var subject =
                UUID.nameUUIDFromBytes(
                        ("reconciliation/" + party).getBytes(StandardCharsets.UTF_8));
        boolean open = !matters.open(Cell.FIRST, List.of(subject)).isEmpty();
        boolean opens = !compared && failedBefore && !open;
        if (!opens && !(compared && open)) return;
        Effect<?> effect =
                opens
                        ? Matters.open(matter("rd", subject, NOT_COMPARED, now))
                        : Matters.settleAll(Cell.FIRST, subject, now);
        var type = opens ? "party-not-compared" : "party-compared";
        facts.commit(
                subject + "/" + type + "/" + now,
                new Fact(Cell.FIRST, "rd", subject, type, now, Map.of("party", party)),
                List.of(effect));
    }

    /** A person says why a difference stays as it is; with these amounts it is not found again. False when it does not stand any more. */
    public boolean accept(Caller staff, UUID id, String words) {
        var standing = rows.standing(id);
        if (standing.isEmpty()) return false;
        var now = clock.now();
        var each = standing.get();
        var effects =
                List.of(
                        DifferenceRows.accept(
                                id, now, staff.subject(), vault.seal(words, WORDS).bytes()),
                        Matters.settle(Cell.FIRST, about(each), reason(each.book()), now));
        return facts.commit(
                        id + "/accepted",
                        new Fact(
                                Cell.FIRST,
                                "rd",
                                id,
                                "difference-accepted",
                                now,
                                Map.of(
                                        "party",
                                        each.party(),
                                        "book",
                                        each.book().name(),
                                        "staff",
                                        staff.subject())),
                        effects)
                instanceof Outcome.Committed;
    }

    /** What a person has said about a difference that was accepted. */
    public record Acceptance(
            DifferenceRows.Open difference, UUID staff, String words, Instant at) {}

    /** The last of those that are still so, newest first. */
    public List<Acceptance> acceptances() {
        return rows.acceptances(
                (open, by, words, at) ->
                        new Acceptance(open, by, vault.open(new Sealed(words), WORDS), at));
    }

    private static Map<Key, Amount> of(String party, Map<Key, Amount> all) {
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().party().equals(party))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void found(Difference difference, Instant now) {
        var id = ids.next();
        var effects =
                List.of(
                        DifferenceRows.find(id, difference, now),
                        Matters.open(matter(id, difference, now)));
        facts.commit(id + "/found", fact(id, difference.key(), "difference-found", now), effects);
    }

    private void resolved(DifferenceRows.Open each, Instant now) {
        var effects =
                List.of(
                        DifferenceRows.resolve(each.id(), now),
                        Matters.settle(Cell.FIRST, about(each), reason(each.book()), now));
        facts.commit(
                each.id() + "/resolved",
                fact(each.id(), each.key(), "difference-resolved", now),
                effects);
    }

    private void changed(DifferenceRows.Open before, Difference difference, Instant now) {
        facts.commit(
                before.id()
                        + "/changed/"
                        + difference.ours()
                        + "/"
                        + difference.theirs()
                        + "/"
                        + now,
                fact(before.id(), before.key(), "difference-changed", now),
                List.of(DifferenceRows.change(before.id(), difference)));
    }

    private static UUID about(DifferenceRows.Open each) {
        return each.about() == null ? each.id() : each.about();
    }

    private static Fact fact(UUID id, Key key, String type, Instant now) {
        return new Fact(
                Cell.FIRST,
                "rd",
                id,
                type,
                now,
                Map.of("party", key.party(), "book", key.book().name()));
    }

    /** About the cash-out or way out where it is ours, else about the difference itself. */
    private Matter matter(UUID id, Difference difference, Instant now) {
        var about = difference.about();
        var book = difference.key().book();
        return about == null
                ? matter("rd", id, reason(book), now)
                : matter(book.of(), about, reason(book), now);
    }

    private Matter matter(String kind, UUID subject, String reason, Instant now) {
        return new Matter(
                Cell.FIRST,
                ids.next(),
                kind,
                subject,
                reason,
                "FINANCE",
                now,
                LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(DAYS_FOR_A_PERSON));
    }

    private static String reason(Book book) {
        return "books-differ-" + book.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
