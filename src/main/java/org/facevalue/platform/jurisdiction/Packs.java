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
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.time.BusinessClock;
import org.jspecify.annotations.Nullable;

/**
 * The packs of a platform: what is on the shelf, and which of it decides. A pack on the shelf whose files are not those that were activated decides
 * nothing. Every node looks again each second; a confirmation holds its packs by a condition, so that none slips through in between.
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
        for (var row : active.now())
            shelf.find(row.jurisdiction(), row.version())
                    .filter(pack -> pack.digest().equals(row.digest()))
                    .ifPresent(found::add);
        var packs = packs(found);
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
        var what =
                new FourEyes.Wanted(
                        FourEyes.Action.ACTIVATE_PACK, wanted.shown(), pack.get().digest());
        var allowed = fourEyes.use(staff, what, words);
        if (allowed.isEmpty()) {
            fourEyes.ask(staff, what, words);
            return Result.ASKED;
        }
        return begin(pack.get(), staff.subject(), allowed.get()) ? Result.DONE : Result.TOO_LATE;
    }

    /** The sandbox starts with the newest of what comes with it, where nothing that is still there was let to decide. */
    void begin() {
        for (var pack : shelf.newest())
            if (active.now().stream().noneMatch(row -> isThere(row, pack.jurisdiction())))
                begin(pack, null, null);
    }

    private boolean isThere(ActivePacks.Active row, String jurisdiction) {
        return row.jurisdiction().equals(jurisdiction)
                && shelf.all().stream().anyMatch(pack -> is(row, pack));
    }

    private boolean begin(RulePack pack, @Nullable UUID by, @Nullable Effect<?> allowed) {
        var id = ids.next();
        var now = clock.now();
        var effects = new ArrayList<Effect<?>>();
        effects.add(ActivePacks.decides(pack, by, now));
        if (allowed != null) effects.add(allowed);
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
                                pack.digest()));
        var outcome = facts.commit(id + "/activate", fact, effects);
        seen = null;
        return outcome instanceof Outcome.Committed;
    }
}
