package org.facevalue.platform.jurisdiction;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.FourEyes;
import org.facevalue.platform.ledger.Condition;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.time.BusinessClock;
import org.jspecify.annotations.Nullable;

/**
 * The packs of a platform: what is on the shelf, and which of it decides. A pack on the shelf whose files are not those that were activated decides
 * nothing, nor does any other while it is so. Every node looks again each second; a confirmation holds its packs by a condition, so that none slips through in between.
 */
public class Packs implements Jurisdictions {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private final PackShelf shelf;
    private final ActivePacks active;
    private final FourEyes fourEyes;
    private final Facts facts;
    private final Ids ids;
    private final BusinessClock clock;
    private final String served;
    private final boolean sandbox;
    private volatile @Nullable Seen seen;

    Packs(
            PackShelf shelf,
            ActivePacks active,
            FourEyes fourEyes,
            Facts facts,
            Ids ids,
            BusinessClock clock,
            String served,
            boolean sandbox) {
        this.shelf = shelf;
        this.active = active;
        this.fourEyes = fourEyes;
        this.facts = facts;
        this.ids = ids;
        this.clock = clock;
        this.served = served;
        this.sandbox = sandbox;
    }

    private record Seen(RulePacks packs, long nanos) {}

    private RulePacks deciding() {
        var last = seen;
        if (last != null && System.nanoTime() - last.nanos() < FRESH.toNanos()) return last.packs();
        long now = System.nanoTime();
        var found = new ArrayList<RulePack>();
        var rows = active.now();
        for (var row : rows)
            shelf.all().stream().filter(pack -> is(row, pack)).findFirst().ifPresent(found::add);
        // Whose numbers a pack would claim whose files are gone or altered, nobody can tell: then
        // nothing is decided at all.
        var packs = packs(found.size() == rows.size() ? found : List.of());
        seen = new Seen(packs, now);
        return packs;
    }

    private RulePacks packs(List<RulePack> deciding) {
        return new RulePacks(deciding, served, sandbox, this::today);
    }

    private LocalDate today(RulePack pack) {
        return LocalDate.ofInstant(clock.now(), pack.zone());
    }

    @Override
    public Verdict ask(Route route) {
        return deciding().ask(route);
    }

    /** What would be said if that pack decided instead of the one of its jurisdiction. */
    public Verdict askWith(Shelved instead, Route route) {
        var packs = new ArrayList<>(deciding().all());
        packs.removeIf(pack -> pack.jurisdiction().equals(instead.jurisdiction()));
        shelf.find(instead.jurisdiction(), instead.version()).ifPresent(packs::add);
        return packs(packs).ask(route);
    }

    @Override
    public Verdict show() {
        return deciding().show();
    }

    @Override
    public boolean isLine(String number) {
        return deciding().isLine(number);
    }

    @Override
    public boolean isAccount(String number) {
        return deciding().isAccount(number);
    }

    @Override
    public Optional<ZoneId> zone() {
        return deciding().zone();
    }

    /** A pack on the shelf. {@code decides}: whether it is the one that is asked now. */
    public record Shelved(
            String jurisdiction,
            String version,
            String digest,
            LocalDate reviewBy,
            int rules,
            boolean decides) {
        /** As approvals name it. */
        public String shown() {
            return jurisdiction + "@" + version;
        }
    }

    public List<Shelved> shelf() {
        var now = active.now();
        return shelf.all().stream()
                .map(
                        pack ->
                                new Shelved(
                                        pack.jurisdiction(),
                                        pack.version(),
                                        pack.digest(),
                                        pack.reviewBy(),
                                        pack.rules().size(),
                                        now.stream().anyMatch(row -> is(row, pack))))
                .toList();
    }

    private static boolean is(ActivePacks.Active row, RulePack pack) {
        return row.jurisdiction().equals(pack.jurisdiction())
                && row.version().equals(pack.version())
                && row.digest().equals(pack.digest());
    }

    /** What came of it. */
    public enum Result {
        DONE,
        /** It takes two: it is asked for now, and done when another one has allowed it. */
        ASKED,
        NOT_PERMITTED,
        /** It permits what a criminal statute forbade, or settles without counsel what was unclear. */
        WEAKER,
        /** Nobody but its author has read it. */
        NOT_REVIEWED,
        /** There is no such pack, or it decides already. */
        TOO_LATE
    }

    public static boolean mayAsk(Caller staff) {
        return FourEyes.Action.ACTIVATE_PACK.isAskedBy(staff.role());
    }

    /** Lets a pack of the shelf decide from now on, instead of the one of its jurisdiction. It takes two. */
    public Result activate(Caller staff, Shelved wanted, String words) {
        if (!mayAsk(staff)) return Result.NOT_PERMITTED;
        var pack = shelf.find(wanted.jurisdiction(), wanted.version());
        if (pack.isEmpty() || active.now().stream().anyMatch(row -> is(row, pack.get())))
            return Result.TOO_LATE;
        var old =
                active.now().stream()
                        .filter(row -> row.jurisdiction().equals(wanted.jurisdiction()))
                        .findFirst();
        if (!sandbox && !pack.get().isReviewed()) return Result.NOT_REVIEWED;
        if (weakens(pack.get(), old)) return Result.WEAKER;
        var what =
                new FourEyes.Wanted(
                        FourEyes.Action.ACTIVATE_PACK,
                        wanted.shown(),
                        pack.get().digest()
                                + " instead of "
                                + old.map(ActivePacks.Active::shown).orElse("nothing"));
        var allowed = fourEyes.use(staff, what, words);
        if (allowed.isEmpty()) {
            fourEyes.ask(staff, what, words);
            return Result.ASKED;
        }
        var conditions =
                old.map(
                                row ->
                                        ActivePacks.decide(
                                                Cell.FIRST,
                                                List.of(
                                                        new Verdict.Asked(
                                                                row.jurisdiction(),
                                                                row.version(),
                                                                row.digest()))))
                        .orElse(List.of());
        return begin(pack.get(), staff.subject(), conditions, List.of(allowed.get()))
                ? Result.DONE
                : Result.TOO_LATE;
    }

    private boolean weakens(RulePack pack, Optional<ActivePacks.Active> old) {
        return old.flatMap(row -> shelf.find(row.jurisdiction(), row.version()))
                .filter(before -> !pack.weakerThan(before).isEmpty())
                .isPresent();
    }

    /** Forgets what was seen last: somebody has met a pack that decides no more. */
    public void lookAgain() {
        seen = null;
    }

    /** The sandbox starts with the newest of what comes with it, where nothing that is still there was let to decide. */
    void begin() {
        for (var pack : shelf.newest())
            if (active.now().stream().noneMatch(row -> isThere(row, pack.jurisdiction())))
                begin(pack, null, List.of(), List.of());
    }

    private boolean isThere(ActivePacks.Active row, String jurisdiction) {
        return row.jurisdiction().equals(jurisdiction)
                && shelf.all().stream().anyMatch(pack -> is(row, pack));
    }

    private boolean begin(
            RulePack pack,
            @Nullable UUID by,
            List<Condition<?>> conditions,
            List<Effect<?>> allowed) {
        var id = ids.next();
        var now = clock.now();
        var effects = new ArrayList<Effect<?>>();
        effects.add(ActivePacks.decides(pack, by, now));
        effects.addAll(allowed);
        var fact =
                new Facts.Fact(
                        Cell.FIRST,
                        "rp",
                        id,
                        "pack-activated",
                        now,
                        Map.of(
                                "pack",
                                pack.jurisdiction() + "@" + pack.version(),
                                "digest",
                                pack.digest(),
                                "by",
                                by == null ? "sandbox" : by.toString()));
        var change = new Facts.Change(List.of(), conditions, effects, List.of());
        var outcome = facts.commit(id + "/activate", fact, change);
        seen = null;
        return outcome instanceof Outcome.Committed;
    }
}
