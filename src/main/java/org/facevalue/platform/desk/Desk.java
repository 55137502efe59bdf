package org.facevalue.platform.desk;

import static org.facevalue.platform.identity.Role.COMPLIANCE;
import static org.facevalue.platform.identity.Role.FINANCE;
import static org.facevalue.platform.identity.Role.SUPPORT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.facevalue.platform.cashout.ByHand;
import org.facevalue.platform.cashout.ByHand.Back;
import org.facevalue.platform.cashout.ByHand.Said;
import org.facevalue.platform.cashout.ByHand.Whole;
import org.facevalue.platform.cashout.CashOut;
import org.facevalue.platform.cashout.CashOutStep;
import org.facevalue.platform.cashout.Withdrawals;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.FourEyes;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Facts.Change;
import org.facevalue.platform.ledger.Facts.Fact;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.outside.Matters;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.platform.wayout.WayOut;
import org.facevalue.platform.wayout.WayOuts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a person of the staff may do about a cash-out or a way out. Each is one command: its note, its event and what it changes. */
@Component
public class Desk {
    private static final Set<CashOutStep> MADE_WHOLE =
            Set.of(CashOutStep.TRANSFER, CashOutStep.PAY_BACK, CashOutStep.REFUND);
    private static final Change NOTHING = new Change(List.of(), List.of(), List.of(), List.of());
    private static final String WORDS = "desk_note.words";
    private final JdbcClient db;
    private final Facts facts;
    private final ByHand byHand;
    private final WayOuts wayOuts;
    private final FourEyes fourEyes;
    private final Vault vault;
    private final Ids ids;
    private final BusinessClock clock;

    Desk(
            JdbcClient db,
            Facts facts,
            ByHand byHand,
            WayOuts wayOuts,
            FourEyes fourEyes,
            Vault vault,
            Ids ids,
            BusinessClock clock) {
        this.db = db;
        this.facts = facts;
        this.byHand = byHand;
        this.wayOuts = wayOuts;
        this.fourEyes = fourEyes;
        this.vault = vault;
        this.ids = ids;
        this.clock = clock;
    }

    private record Row(
            Cell cell, UUID id, UUID about, UUID staff, String action, byte[] words, Instant at) {}

    private static final EffectKind<Row> ADD =
            EffectKind.insert(
                    "desk_note.add",
                    "desk_note",
                    List.of(
                            new Column<>("cell", "smallint", r -> r.cell().number()),
                            new Column<>("id", "uuid", Row::id),
                            new Column<>("about", "uuid", Row::about),
                            new Column<>("staff", "uuid", Row::staff),
                            new Column<>("action", "text", Row::action),
                            new Column<>("words", "bytea", Row::words),
                            new Column<>("at", "timestamptz", Row::at)));

    /** What was done, and who of the staff may do it. */
    public enum Action {
        NOTED(SUPPORT, COMPLIANCE, FINANCE),
        ASKED_AGAIN(SUPPORT, FINANCE),
        MATTER_CLOSED(SUPPORT, COMPLIANCE, FINANCE),
        PAID_BY_HAND(FINANCE),
        WHOLE_ALREADY(FINANCE),
        RELEASE_ASKED(SUPPORT, FINANCE),
        REFUND_ASKED(SUPPORT, FINANCE),
        SAID_DONE(FINANCE),
        SAID_NOT_DONE(FINANCE),
        CHARGED_OTHERWISE(FINANCE);

        private final Set<Role> roles;

        Action(Role... roles) {
            this.roles = Set.of(roles);
        }

        public boolean isFor(Role role) {
            return roles.contains(role);
        }
    }

    /** Somebody's words, with what they did. {@code staff} is the subject of their login. */
    public record Note(Action action, UUID staff, String words, Instant at) {}

    /** What came of it. */
    public enum Result {
        DONE,
        /** It is so already, or has gone on meanwhile. */
        TOO_LATE,
        /** Another role does that. */
        NOT_PERMITTED,
        /** It takes two: it is asked for now, and done when another one has allowed it. */
        ASKED,
        /** It stands still, and only its matter shows it: it is settled or asked again first. */
        NOT_SETTLED
    }

    public Result note(Caller staff, CashOut cashOut, String words) {
        return commit(staff, cashOut, Action.NOTED, words, NOTHING);
    }

    /** Lets the job look at it now: at the cash-out itself, or at one of its aftermaths. */
    public Result askAgain(Caller staff, CashOut cashOut, UUID course, String words) {
        var effect = byHand.askAgain(cashOut, course, clock.now());
        if (effect.isEmpty()) return Result.TOO_LATE;
        return commit(staff, cashOut, Action.ASKED_AGAIN, words, with(effect.get()));
    }

    /** A person has done what there was to do. */
    public Result close(Caller staff, CashOut cashOut, Matter matter, String words) {
        if (byHand.standsStill(cashOut, matter.subject())) return Result.NOT_SETTLED;
        var closed = Matters.close(matter, clock.now());
        return commit(staff, cashOut, Action.MATTER_CLOSED, words, with(closed));
    }

    /** A person has made the customer whole where no machine could, or has seen that this was so; with the postings of it. It takes two. */
    public Result settle(Caller staff, CashOut cashOut, UUID course, Whole how, String words) {
        var action = how == Whole.PAID ? Action.PAID_BY_HAND : Action.WHOLE_ALREADY;
        if (!action.isFor(staff.role())) return Result.NOT_PERMITTED;
        var change = byHand.whole(cashOut, course, how, clock.now());
        if (change.isEmpty()) return Result.TOO_LATE;
        return byTwo(staff, cashOut, action, course + "", words, change.get());
    }

    /** Commits it with the approval that it uses up; where there is none, asks for one. {@code about}: all that is decided by it, beside the action. */
    private Result byTwo(
            Caller staff,
            CashOut cashOut,
            Action action,
            String about,
            String words,
            Change change) {
        if (!action.isFor(staff.role())) return Result.NOT_PERMITTED;
        var wanted =
                new FourEyes.Wanted(
                        FourEyes.Action.SETTLE_BY_HAND,
                        cashOut.id().shown(),
                        action.name() + " " + about);
        var allowed = fourEyes.use(staff, wanted, words);
        if (allowed.isEmpty()) {
            fourEyes.ask(staff, wanted, words);
            return Result.ASKED;
        }
        var effects = new ArrayList<>(change.effects());
        effects.add(allowed.get().effect());
        var events = new ArrayList<>(change.events());
        events.add(allowed.get().event());
        return commit(
                staff,
                cashOut,
                action,
                words,
                new Change(change.movements(), change.conditions(), effects, events));
    }

    /** A person turns it round: what is set aside is let go, or what is charged is refunded. */
    public Result turnRound(Caller staff, CashOut cashOut, Back how, String words) {
        var change = byHand.turnedRound(cashOut, how, clock.now());
        if (change.isEmpty()) return Result.TOO_LATE;
        var action = how == Back.RELEASE ? Action.RELEASE_ASKED : Action.REFUND_ASKED;
        return commit(staff, cashOut, action, words, change.get());
    }

    /**
     * A person has asked the party by other means, and records what it says, in {@code words}. It takes two where the customer is paid or made whole by
     * it.
     */
    public Result said(Caller staff, CashOut cashOut, UUID course, Said said, String words) {
        var now = clock.now();
        var change = byHand.said(cashOut, course, said, now);
        if (change.isEmpty()) return Result.TOO_LATE;
        var action = said == Said.DONE ? Action.SAID_DONE : Action.SAID_NOT_DONE;
        var step = step(cashOut, course, now);
        // Who gives a kept voucher back is refunded once the issuer has it.
        boolean givesBack =
                Withdrawals.isOpen(cashOut)
                        && step.filter(CashOutStep.RETURN_VOUCHER::equals).isPresent();
        return givesBack || step.filter(MADE_WHOLE::contains).isPresent()
                ? byTwo(staff, cashOut, action, step.get() + " " + course, words, change.get())
                : commit(staff, cashOut, action, words, change.get());
    }

    /** A person was told under which identifier the carrier has charged, though not as it was asked: that is taken off the bill. It takes two. */
    public Result chargedOtherwise(
            Caller staff, CashOut cashOut, UUID course, String paymentId, String words) {
        var change = byHand.chargedOtherwise(cashOut, course, paymentId, clock.now());
        if (change.isEmpty()) return Result.TOO_LATE;
        return byTwo(
                staff,
                cashOut,
                Action.CHARGED_OTHERWISE,
                course + " " + paymentId,
                words,
                change.get());
    }

    private Optional<CashOutStep> step(CashOut cashOut, UUID course, Instant now) {
        return byHand.unclear(cashOut, now).stream()
                .filter(unclear -> unclear.course().equals(course))
                .map(ByHand.Unclear::step)
                .findFirst();
    }

    private static Change with(Effect<?> effect) {
        return new Change(List.of(), List.of(), List.of(effect), List.of());
    }

    private Result commit(
            Caller staff, CashOut cashOut, Action action, String words, Change change) {
        return commit(staff, cashOut.cell(), cashOut.id(), action, words, change);
    }

    private Result commit(
            Caller staff, Cell cell, Id about, Action action, String words, Change change) {
        if (!action.isFor(staff.role())) return Result.NOT_PERMITTED;
        var id = ids.next();
        var now = clock.now();
        var fact =
                new Fact(
                        cell,
                        "dn",
                        id,
                        action.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        now,
                        Map.of("about", about.shown(), "staff", staff.subject()));
        var all = new ArrayList<>(change.effects());
        all.add(
                new Effect<>(
                        ADD,
                        new Row(
                                cell,
                                id,
                                about.value(),
                                staff.subject(),
                                action.name(),
                                vault.seal(words, WORDS).bytes(),
                                now)));
        var whole = new Change(change.movements(), change.conditions(), all, change.events());
        return facts.commit(id + "/note", fact, whole) instanceof Outcome.Committed
                ? Result.DONE
                : Result.TOO_LATE;
    }

    public Result note(Caller staff, WayOut wayOut, String words) {
        return commit(staff, wayOut.cell(), wayOut.id(), Action.NOTED, words, NOTHING);
    }

    /** Lets the job say it again, or ask, now. */
    public Result askAgain(Caller staff, WayOut wayOut, String words) {
        return wayOuts.again(wayOut)
                .map(
                        again ->
                                commit(
                                        staff,
                                        wayOut.cell(),
                                        wayOut.id(),
                                        Action.ASKED_AGAIN,
                                        words,
                                        with(again)))
                .orElse(Result.TOO_LATE);
    }

    /** A person has done what there was to do. */
    public Result close(Caller staff, WayOut wayOut, Matter matter, String words) {
        if (wayOut.standsStill()) return Result.NOT_SETTLED;
        var closed = with(Matters.close(matter, clock.now()));
        return commit(staff, wayOut.cell(), wayOut.id(), Action.MATTER_CLOSED, words, closed);
    }

    /** Of one cash-out or way out, oldest first. */
    public List<Note> notes(Cell cell, Id about) {
        return db.sql("SELECT * FROM desk_note WHERE cell = :cell AND about = :about ORDER BY id")
                .param("cell", cell.number())
                .param("about", about.value())
                .query(
                        (row, n) ->
                                new Note(
                                        Action.valueOf(row.getString("action")),
                                        row.getObject("staff", UUID.class),
                                        vault.open(new Sealed(row.getBytes("words")), WORDS),
                                        row.getTimestamp("at").toInstant()))
                .list();
    }
}
