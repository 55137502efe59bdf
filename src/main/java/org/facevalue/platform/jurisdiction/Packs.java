package org.facevalue.platform.jurisdiction;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        for (var row : rows) shelf.find(row).ifPresent(found::add);
        // Whose numbers a pack would claim whose files are gone or altered, nobody can tell: then
        // nothing is decided at all.
        var packs = packs(found.size() == rows.size() ? found : List.of());
        seen = new Seen(packs, now);
        return packs;
    }

    private RulePacks packs(List<RulePack> deciding) {
        return new RulePacks(deciding, served, sandbox, this::today);
    }

    /** Today, or the first day of a pack that does not apply yet. */
    private LocalDate firstDay(RulePack pack) {
        var today = today(pack);
        return today.isBefore(pack.from()) ? pack.from() : today;
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
        packs.removeIf(pack -> pack.jurisdiction().equals(instead.id().jurisdiction()));
        shelf.find(instead.id()).ifPresent(packs::add);
        return new RulePacks(packs, served, sandbox, this::firstDay).ask(route);
    }

    @Override
    public Verdict show(Set<String> residences) {
        return deciding().show(residences);
    }

    @Override
    public Map<String, List<Verdict.Citation>> permits() {
        return deciding().permits();
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
    public boolean decides() {
        return deciding().decides();
    }

    @Override
    public Optional<Term> term(String id, LocalDate from) {
        return deciding().term(id, from);
    }

    @Override
    public LocalDate businessDaysBefore(LocalDate day, int count) {
        return deciding().businessDaysBefore(day, count);
    }

    @Override
    public String served() {
        return served;
    }

    /** Of the shelf: a page that says that the database is away is counted in days, too. */
    @Override
    public ZoneId zone() {
        return shelf.newest().stream()
                .filter(pack -> pack.jurisdiction().equals(served))
                .map(RulePack::zone)
                .findFirst()
                .orElse(ZoneOffset.UTC);
    }

    /** A pack on the shelf. {@code decides}: whether it is the one that is asked now. */
    public record Shelved(PackId id, LocalDate reviewBy, int rules, boolean decides) {}

    public List<Shelved> shelf() {
        var now = active.now();
        return shelf.all().stream()
                .map(
                        pack ->
                                new Shelved(
                                        pack.id(),
                                        pack.reviewBy(),
                                        pack.rules().size(),
                                        now.contains(pack.id())))
                .toList();
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
        /** Its law does not apply yet, and until it did nothing would be permitted. */
        NOT_YET,
        /** There is no such pack, or it decides already. */
        TOO_LATE
    }

    public static boolean mayAsk(Caller staff) {
        return FourEyes.Action.ACTIVATE_PACK.isAskedBy(staff.role());
    }

    /** Lets a pack of the shelf decide from now on, instead of the one of its jurisdiction. It takes two. */
    public Result activate(Caller staff, Shelved wanted, String words) {
        if (!mayAsk(staff)) return Result.NOT_PERMITTED;
        var found = shelf.find(wanted.id());
        var now = active.now();
        if (found.isEmpty() || now.contains(wanted.id())) return Result.TOO_LATE;
        var pack = found.get();
        var old = now.stream().filter(row -> isOf(row, pack)).findFirst();
        if (!sandbox && !pack.isReviewed()) return Result.NOT_REVIEWED;
        if (today(pack).isBefore(pack.from())) return Result.NOT_YET;
        if (old.isPresent() ? weakens(pack, old.get()) : isWeakerThanOthers(pack))
            return Result.WEAKER;
        var what =
                new FourEyes.Wanted(
                        FourEyes.Action.ACTIVATE_PACK,
                        pack.id().shown(),
                        pack.id().digest()
                                + " instead of "
                                + old.map(row -> row.shown() + " " + row.digest())
                                        .orElse("nothing"));
        var allowed = fourEyes.use(staff, what, words);
        if (allowed.isEmpty()) {
            fourEyes.ask(staff, what, words);
            return Result.ASKED;
        }
        var conditions = ActivePacks.stillDecide(Cell.FIRST, old.stream().toList());
        return begin(pack, staff.subject(), conditions, List.of(allowed.get()))
                ? Result.DONE
                : Result.TOO_LATE;
    }

    private static boolean isOf(PackId row, RulePack pack) {
        return row.jurisdiction().equals(pack.jurisdiction());
    }

    /** One whose files are gone cannot be compared, and is not replaced: its folder comes back first. */
    private boolean weakens(RulePack pack, PackId old) {
        return shelf.find(old).filter(before -> pack.weakerThan(before).isEmpty()).isEmpty();
    }

    /** Where none decides yet, it says no less than any other that is there. */
    private boolean isWeakerThanOthers(RulePack pack) {
        return shelf.all().stream()
                .filter(other -> other.jurisdiction().equals(pack.jurisdiction()))
                .anyMatch(other -> !pack.weakerThan(other).isEmpty());
    }

    @Override
    public void lookAgain() {
        seen = null;
    }

    /** The sandbox starts with the newest of what comes with it, where nothing that is still there was let to decide. */
    void begin() {
        var now = active.now();
        for (var pack : shelf.newest())
            if (now.stream().noneMatch(row -> isOf(row, pack) && shelf.find(row).isPresent()))
                begin(pack, null, List.of(), List.of());
    }

    private boolean begin(
            RulePack pack,
            @Nullable UUID by,
            List<Condition<?>> conditions,
            List<FourEyes.Use> allowed) {
        var id = ids.next();
        var now = clock.now();
        var effects = new ArrayList<Effect<?>>();
        effects.add(ActivePacks.letDecide(pack.id(), by, now));
        allowed.forEach(use -> effects.add(use.effect()));
        var fact =
                new Facts.Fact(
                        Cell.FIRST,
                        "rp",
                        id,
                        "pack-activated",
                        now,
                        Map.of(
                                "pack",
                                pack.id().shown(),
                                "digest",
                                pack.id().digest(),
                                "by",
                                by == null ? "sandbox" : by.toString()));
        var change =
                new Facts.Change(
                        List.of(),
                        conditions,
                        effects,
                        allowed.stream().map(FourEyes.Use::event).toList());
        var outcome = facts.commit(id + "/activate", fact, change);
        seen = null;
        return outcome instanceof Outcome.Committed;
    }
}
