package org.facevalue.platform.cashout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.journal.Journal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts what the journal tells of many cash-outs at once. */
@Component
public class Tally {
    private final CashOutRows rows;
    private final AftermathRows aftermaths;
    private final Journal journal;

    Tally(CashOutRows rows, AftermathRows aftermaths, Journal journal) {
        this.rows = rows;
        this.aftermaths = aftermaths;
        this.journal = journal;
    }

    /**
     * What the journal tells of a cash-out, its aftermaths included.
     *
     * @param rests whether nothing is under way: it has ended, and whatever turned up afterwards is dealt with
     * @param changedAt when it or an aftermath of it last changed
     */
    public record Told(
            CashOut cashOut, Map<String, Long> events, boolean rests, Instant changedAt) {
        /** How often an event was told. */
        public long times(String event) {
            return events.getOrDefault(event, 0L);
        }
    }

    /** Of those confirmed from {@code from} on and before {@code until}, oldest first, after {@code after}; for who compares books. */
    public List<Told> told(Instant from, Instant until, @Nullable CashOut after, int atMost) {
        return told(rows.confirmed(from, until, after, atMost));
    }

    /** Of these, as far as they are cash-outs of ours. */
    public List<Told> told(Collection<UUID> cashOuts) {
        return cashOuts.isEmpty() ? List.of() : told(rows.read(cashOuts));
    }

    private List<Told> told(List<CashOut> found) {
        var ids = found.stream().map(cashOut -> cashOut.id().value()).toList();
        var standing = aftermaths.standing(Cell.FIRST, ids);
        var subjects = new ArrayList<>(ids);
        subjects.addAll(standing.keySet());
        var times = journal.times(Cell.FIRST, subjects);
        var sums = new HashMap<UUID, Map<String, Long>>();
        times.forEach(
                (subject, told) -> {
                    var of = standing.get(subject);
                    var sum =
                            sums.computeIfAbsent(
                                    of == null ? subject : of.cashOut(), id -> new HashMap<>());
                    told.forEach((type, n) -> sum.merge(type, n, Long::sum));
                });
        var busy =
                standing.values().stream()
                        .filter(s -> !s.state().isEnd() && s.state() != AftermathState.WATCHED)
                        .map(AftermathRows.Standing::cashOut)
                        .collect(Collectors.toSet());
        var changed = new HashMap<UUID, Instant>();
        standing.values()
                .forEach(
                        s ->
                                changed.merge(
                                        s.cashOut(),
                                        s.stateSince(),
                                        (a, b) -> a.isAfter(b) ? a : b));
        return found.stream()
                .map(
                        cashOut ->
                                new Told(
                                        cashOut,
                                        sums.getOrDefault(cashOut.id().value(), Map.of()),
                                        cashOut.state().isEnd()
                                                && !busy.contains(cashOut.id().value()),
                                        latest(
                                                cashOut.stateSince(),
                                                changed.get(cashOut.id().value()))))
                .toList();
    }

    private static Instant latest(Instant at, @Nullable Instant other) {
        return other == null || at.isAfter(other) ? at : other;
    }

    /** The earliest confirmation of what has changed since then, by itself or by something that came of it; {@code since} where that is later. */
    public Instant confirmedBefore(Instant since) {
        return rows.confirmedBefore(since);
    }
}
