package org.facevalue.platform.wayout;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.facevalue.platform.cashout.CashOutId;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.DesignatedAccount.AccountId;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.jurisdiction.ActivePacks;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.jurisdiction.Verdict;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.outside.Matters;
import org.facevalue.platform.outside.Switchboard;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.platform.wayout.Basis.Ground;
import org.facevalue.platform.wayout.Ways.Way;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What customers do about ways out: ask, take back, refer, leave it at that. */
@Component
public class WayOuts {
    private static final int TRIES = 8;
    private static final String CONTESTED = "charge-contested";
    private final WayOutRows rows;
    private final Ways ways;
    private final Purchases purchases;
    private final Ledger ledger;
    private final Switchboard switchboard;
    private final Jurisdictions jurisdictions;
    private final Ids ids;
    private final BusinessClock clock;

    WayOuts(
            WayOutRows rows,
            Ways ways,
            Purchases purchases,
            Ledger ledger,
            Switchboard switchboard,
            Jurisdictions jurisdictions,
            Ids ids,
            BusinessClock clock) {
        this.rows = rows;
        this.ways = ways;
        this.purchases = purchases;
        this.ledger = ledger;
        this.switchboard = switchboard;
        this.jurisdictions = jurisdictions;
        this.ids = ids;
        this.clock = clock;
    }

    /** What came of asking. */
    public sealed interface Asked {
        record Begun(WayOut wayOut) implements Asked {}

        record NotLawful(Verdict.Refused no) implements Asked {}

        /** Nothing shows the purchase. */
        record NoEvidence() implements Asked {}

        /** The issuer does not say how the voucher was paid. */
        record NotConfirmed() implements Asked {}

        /** An issuer's money has nowhere to go. */
        record NoAccount() implements Asked {}

        /** Another way out of this purchase runs, or it is undone. */
        record Running(WayOutId other) implements Asked {}

        /** Another version of the rules decides since this moment. */
        record RulesChanged() implements Asked {}
    }

    /**
     * Asks for one way out of a purchase.
     *
     * @param language in which the customer is told of it
     * @param account the customer's own, where an issuer pays money to
     */
    public Asked ask(
            Purchase purchase,
            Kind kind,
            boolean points,
            @Nullable AccountId account,
            Locale language) {
        var before = blocking(purchase);
        if (before.isPresent()) return new Asked.Running(before.get().id());
        boolean pays = kind == Kind.ISSUER_REFUND && !points;
        var to = pays ? account : null;
        // An issuer answers for nobody who does not show the voucher.
        if (isConfirmed(purchase, kind) && purchases.evidence(purchase).isEmpty())
            return new Asked.NoEvidence();
        var onBill = onBill(purchase, kind);
        if (onBill.isEmpty()) return new Asked.NotConfirmed();
        return switch (ways.of(purchase, kind, points, onBill.get(), to)) {
            case Way.Closed closed -> new Asked.NotLawful(closed.no());
            case Way.Open way ->
                    !purchase.isMadeHere() && purchases.evidence(purchase).isEmpty()
                            ? new Asked.NoEvidence()
                            : pays && to == null
                                    ? new Asked.NoAccount()
                                    : begin(purchase, way, to, language);
        };
    }

    /** Whether it was charged to a bill decides what is lawful, so where an issuer pays it is the issuer who says so; empty where it does not. */
    private Optional<Boolean> onBill(Purchase purchase, Kind kind) {
        if (!isConfirmed(purchase, kind)) return Optional.of(purchase.isOnBill());
        return ways.desk(purchase, kind)
                .flatMap(
                        desk ->
                                UndoRequests.onBill(
                                        switchboard.to(desk.code()), desk, purchase.number()));
    }

    private static boolean isConfirmed(Purchase purchase, Kind kind) {
        return !kind.isByCarrier() && !purchase.isOnBill() && purchase.voucher() != null;
    }

    private Asked begin(
            Purchase purchase, Way.Open way, @Nullable AccountId account, Locale language) {
        var kind = way.kind();
        var now = clock.now();
        var begun =
                WayOut.begun(
                        new WayOutId(ids.next()),
                        purchase,
                        kind,
                        basis(way, account, language),
                        way.until(),
                        now);
        var event =
                new Event(
                        begun.cell(),
                        ids.next(),
                        "wo",
                        begun.id().value(),
                        1,
                        "asked-for",
                        now,
                        Map.of(
                                "state", begun.state().name(),
                                "kind", kind.name(),
                                "until", begun.until().day().toString(),
                                "law", begun.until().law(),
                                "stated", kind.statement(),
                                "packs", way.by().packVersion()));
        var outcome =
                ledger.commit(
                        new Command(
                                WayOutJob.key(begun),
                                List.of(),
                                ActivePacks.stillDecide(begun.cell(), way.by().packs()),
                                effects(begun, now),
                                List.of(event)));
        return switch (outcome) {
            case Outcome.Committed c -> new Asked.Begun(begun);
            case Outcome.Replayed r -> new Asked.Begun(begun);
            case Outcome.Refused.Unmet u -> {
                jurisdictions.lookAgain();
                yield new Asked.RulesChanged();
            }
            // Somebody has asked for the same purchase in this moment.
            case Outcome.Refused r -> new Asked.Running(rows.of(purchase).getFirst().id());
        };
    }

    /** A charge of ours that is contested a person looks into, too: somebody may act in the customer's name. */
    private List<Effect<?>> effects(WayOut begun, Instant now) {
        var effects = new ArrayList<Effect<?>>();
        effects.add(rows.add(begun));
        var cashOut = begun.purchase().cashOut();
        if (cashOut != null && !begun.isCarriedOutHere())
            effects.add(
                    Matters.open(
                            new Matter(
                                    begun.cell(),
                                    ids.next(),
                                    "co",
                                    cashOut.value(),
                                    CONTESTED,
                                    "SUPPORT",
                                    now,
                                    ways.today())));
        return effects;
    }

    private static Basis basis(Way.Open way, @Nullable AccountId account, Locale language) {
        return new Basis(
                way.desk().code(),
                way.by().packVersion(),
                way.by().citations().stream()
                        .map(c -> new Ground(c.rule(), c.source(), c.korean(), c.english()))
                        .toList(),
                way.gives(),
                way.points(),
                account,
                language);
    }

    /** Takes the request back; false when it is too late for that. */
    public boolean takeBack(WayOut wayOut) {
        return decided(wayOut, WayOut::isRecallable, new WayOutEvent.TakeBackAsked());
    }

    /** Has the dispute body decide; false when there is nothing to decide. */
    public boolean refer(WayOut wayOut) {
        return decided(wayOut, w -> w.state().isReferable(), new WayOutEvent.ReferralAsked());
    }

    /** Leaves it at what was said and given; false when nothing was. */
    public boolean leave(WayOut wayOut) {
        return decided(wayOut, w -> w.state().isForCustomer(), new WayOutEvent.Left());
    }

    /** What the customer decides counts however often the job has looked meanwhile, so long as it is where they saw it and still {@code open} for that. */
    private boolean decided(WayOut seen, Predicate<WayOut> open, WayOutEvent event) {
        for (int tried = 0; tried < TRIES; tried++) {
            var now = clock.now();
            var next =
                    rows.any(seen.id())
                            .filter(wayOut -> wayOut.state() == seen.state())
                            .filter(open)
                            .flatMap(wayOut -> wayOut.after(event, now, zone()));
            if (next.isEmpty()) return false;
            if (commit(next.get(), event, now)) return true;
        }
        return false;
    }

    private boolean commit(WayOut to, WayOutEvent event, Instant now) {
        var effects =
                List.of(
                        rows.advance(to, false),
                        Matters.settleAll(to.cell(), to.id().value(), now));
        var command =
                new Command(
                        WayOutJob.key(to),
                        List.of(),
                        List.of(),
                        effects,
                        List.of(Telling.of(to, event, ids, now)));
        return ledger.commit(command) instanceof Outcome.Committed;
    }

    private ZoneId zone() {
        return jurisdictions.zone();
    }

    /** The customer's, newest first. */
    public List<WayOut> of(CustomerId customer) {
        return rows.of(customer);
    }

    public Optional<WayOut> of(CustomerId customer, WayOutId id) {
        return any(id).filter(wayOut -> wayOut.purchase().customer().equals(customer));
    }

    /** What runs, is with the dispute body, or has given something back: nothing else is asked for then. */
    public Optional<WayOut> blocking(Purchase purchase) {
        return rows.of(purchase).stream()
                .filter(
                        w ->
                                !w.state().isEnd()
                                        || w.given() != null
                                        || w.state() == WayOutState.REFERRED)
                .findFirst();
    }

    /** Of one charge or voucher, however often it was entered; newest first. */
    public List<WayOut> of(Purchase purchase) {
        return rows.of(purchase);
    }

    /** The latest of what was made by that cash-out. */
    public Optional<WayOut> latest(UUID cashOut) {
        var id = new CashOutId(cashOut);
        return Optional.ofNullable(purchases.madeBy(List.of(id)).get(id))
                .flatMap(purchase -> rows.of(purchase).stream().findFirst());
    }

    /** Anybody's, for the staff. */
    public Optional<WayOut> any(WayOutId id) {
        return rows.any(id);
    }

    /** Those that have not ended, oldest first. */
    public List<WayOut> running(int atMost) {
        return rows.running(atMost);
    }

    /** Makes it due now; empty where nothing is to be said or asked. Refused when it has moved. */
    public Optional<Effect<?>> again(WayOut wayOut) {
        boolean waits = wayOut.state().isForCustomer() && !wayOut.standsStill();
        return wayOut.state().isEnd() || waits
                ? Optional.empty()
                : Optional.of(rows.again(wayOut, clock.now()));
    }

    /** When the oldest was asked for of those that have changed since then; {@code since} where none has. */
    public Instant begunBefore(Instant since) {
        return rows.begunBefore(since);
    }

    /** Those begun before {@code until} that have changed since {@code from}, oldest first. */
    public List<WayOut> changed(Instant from, Instant until) {
        return rows.changed(from, until);
    }

    /** Those of these that there are. */
    public List<WayOut> all(Collection<UUID> ids) {
        return rows.all(ids);
    }

    /** Which of these subjects are ways out. */
    public Map<UUID, WayOutId> among(Collection<UUID> subjects) {
        return rows.among(subjects);
    }
}
