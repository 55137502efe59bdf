package org.facevalue.platform.cashout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.cashout.CashOutEvent.ChargeRefunded;
import org.facevalue.platform.cashout.CashOutEvent.Charged;
import org.facevalue.platform.cashout.CashOutEvent.DeadlinePassed;
import org.facevalue.platform.cashout.CashOutEvent.NoAnswer;
import org.facevalue.platform.cashout.CashOutEvent.NotThere;
import org.facevalue.platform.cashout.CashOutEvent.NotYet;
import org.facevalue.platform.cashout.CashOutEvent.NothingCame;
import org.facevalue.platform.cashout.CashOutEvent.OddAnswer;
import org.facevalue.platform.cashout.CashOutEvent.PaidBack;
import org.facevalue.platform.cashout.CashOutEvent.PaidByHand;
import org.facevalue.platform.cashout.CashOutEvent.PayBackDeclined;
import org.facevalue.platform.cashout.CashOutEvent.PayBackReturned;
import org.facevalue.platform.cashout.CashOutEvent.PayoutBooked;
import org.facevalue.platform.cashout.CashOutEvent.PayoutDeclined;
import org.facevalue.platform.cashout.CashOutEvent.PayoutRecovered;
import org.facevalue.platform.cashout.CashOutEvent.PayoutReturned;
import org.facevalue.platform.cashout.CashOutEvent.RecallDeclined;
import org.facevalue.platform.cashout.CashOutEvent.Redeemed;
import org.facevalue.platform.cashout.CashOutEvent.RefundDeclined;
import org.facevalue.platform.cashout.CashOutEvent.StillOpen;
import org.facevalue.platform.cashout.CashOutEvent.VoucherGivenBack;
import org.facevalue.platform.cashout.CashOutEvent.VoucherIssued;
import org.facevalue.platform.cashout.CashOutEvent.VoucherNotReturned;
import org.facevalue.platform.cashout.CashOutEvent.VoucherRefusedAgain;
import org.facevalue.platform.cashout.CashOutEvent.VoucherReturned;
import org.facevalue.platform.cashout.CashOutEvent.WholeAlready;
import org.facevalue.platform.cashout.CashOutEvent.WithdrawalAsked;
import org.facevalue.platform.ledger.Movement;
import org.facevalue.platform.quote.Terms;
import org.jspecify.annotations.Nullable;

/**
 * What may still come of a cash-out that has done with it: a request that was given up and arrives after all, or a booked payout that is returned. It
 * is watched for a time, and what turns up is undone. Its cash-out does not change any more. Times are on the business clock.
 *
 * @param id derived from the cash-out and {@code of}
 * @param since when the cash-out was done with it
 * @param attempt while it is watched, {@code sentAt} is when the other side last said how it stands
 */
public record Aftermath(
        UUID id,
        CashOutId cashOut,
        Terms terms,
        Of of,
        AftermathState state,
        long version,
        long sequence,
        int calls,
        Instant since,
        Instant stateSince,
        Attempt attempt,
        @Nullable Instant dueAt)
        implements Course<Aftermath> {

    /** What may come, and how it is asked about. */
    public enum Of {
        CHARGE(CashOutStep.CHARGE),
        VOUCHER(CashOutStep.ORDER_VOUCHER),
        REDEMPTION(CashOutStep.REDEEM),
        PAYOUT(CashOutStep.TRANSFER),
        REFUND(CashOutStep.REFUND),
        /** The issuer was silent: it is asked again to take the voucher back. */
        VOUCHER_RETURN(CashOutStep.RETURN_VOUCHER),
        /** The issuer has refused, and may take the voucher back after all. */
        LATE_RETURN(CashOutStep.RETURN_VOUCHER),
        PAYOUT_RETURN(CashOutStep.TRANSFER),
        PAY_BACK_RETURN(CashOutStep.PAY_BACK),
        /** The bank has refused to take back what it paid twice, and may return it all the same. */
        LATE_RECALL(CashOutStep.RECALL),
        /** The customer withdraws from the purchase of a voucher that was kept. */
        WITHDRAWAL(CashOutStep.RETURN_VOUCHER),
        /** The issuer has refused that, and may take the voucher back after all. */
        LATE_WITHDRAWAL(CashOutStep.RETURN_VOUCHER);

        private final CashOutStep step;

        Of(CashOutStep step) {
            this.step = step;
        }

        /** Whether it is booked, and only its coming back would be news. */
        boolean isReturn() {
            return this == PAYOUT_RETURN || this == PAY_BACK_RETURN || this == LATE_RECALL;
        }
    }

    /** How long after {@code since} it is asked about what was given up; after the last nobody expects it any more. */
    private static final List<Duration> LOOKS =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(10),
                    Duration.ofHours(1),
                    Duration.ofHours(6),
                    Duration.ofDays(1),
                    Duration.ofDays(3),
                    Duration.ofDays(7),
                    Duration.ofDays(30));

    /** The same for a booked payout: a bank that returns one does so within days. */
    private static final List<Duration> RETURN_LOOKS =
            List.of(
                    Duration.ofHours(6),
                    Duration.ofDays(1),
                    Duration.ofDays(3),
                    Duration.ofDays(7));

    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration UNCLEAR_WAIT = Duration.ofMinutes(1);
    private static final int MOST_UNCLEAR = 8;
    private static final Duration RAREST_WAIT = Duration.ofHours(4);

    static Aftermath watching(CashOutId cashOut, Terms terms, Of of, Instant now) {
        var id =
                UUID.nameUUIDFromBytes(
                        (cashOut.value() + "/" + of).getBytes(StandardCharsets.UTF_8));
        return new Aftermath(
                id,
                cashOut,
                terms,
                of,
                AftermathState.WATCHED,
                1,
                0,
                0,
                now,
                now,
                Attempt.NONE,
                now.plus(looks(of).getFirst()));
    }

    /** What a customer begins who gives a kept voucher back: the request goes out at once. */
    static Aftermath withdrawal(CashOut kept, Instant now) {
        return watching(kept.id(), kept.terms(), Of.WITHDRAWAL, now)
                .after(new WithdrawalAsked(), now, Duration.ZERO)
                .next();
    }

    /** Whether something came. */
    public boolean turnedUp() {
        return state != AftermathState.WATCHED && state != AftermathState.NOTHING_CAME;
    }

    private static List<Duration> looks(Of of) {
        return of.isReturn() ? RETURN_LOOKS : LOOKS;
    }

    @Override
    public UUID subject() {
        return id;
    }

    @Override
    public String subjectKind() {
        return "am";
    }

    @Override
    public Action next(Instant now) {
        // An issuer that was silent is asked to take the voucher back at every look, under the same
        // key: to ask what became of a request that never arrived would bring nothing.
        if (state == AftermathState.WATCHED)
            return of == Of.VOUCHER_RETURN
                    ? new Action.Call(of.step, true)
                    : new Action.Ask(of.step);
        if (state == AftermathState.REFUNDING && !attempt.asking() && overdue(now) != null)
            return new Action.Happened(new DeadlinePassed());
        return state.step().map(step -> Action.request(step, attempt)).orElseGet(Action.Rest::new);
    }

    @Override
    public Aftermath called(Attempt newAttempt, long newVersion) {
        return changed(state, newVersion, sequence, calls + 1, stateSince, newAttempt, dueAt);
    }

    @Override
    public Aftermath waiting(Attempt newAttempt, @Nullable Instant newDueAt) {
        return changed(state, version + 1, sequence, calls, stateSince, newAttempt, newDueAt);
    }

    @Override
    public Aftermath with(Attempt other) {
        return changed(state, version, sequence, calls, stateSince, other, dueAt);
    }

    @Override
    public boolean hasEnded() {
        return state.isEnd();
    }

    @Override
    public Optional<CashOutStep> pending() {
        return state == AftermathState.WATCHED ? Optional.of(of.step) : state.step();
    }

    @Override
    public boolean isUnclear(Instant now) {
        return attempt.isOdd() || attempt.asking() && overdue(now) != null;
    }

    private Aftermath changed(
            AftermathState newState,
            long newVersion,
            long newSequence,
            int newCalls,
            Instant newStateSince,
            Attempt newAttempt,
            @Nullable Instant newDueAt) {
        return new Aftermath(
                id,
                cashOut,
                terms,
                of,
                newState,
                newVersion,
                newSequence,
                newCalls,
                since,
                newStateSince,
                newAttempt,
                newDueAt);
    }

    @Override
    public Decision<Aftermath> after(CashOutEvent told, Instant now, Duration quiet) {
        var event = meant(told);
        return switch (event) {
            case StillOpen e when state == AftermathState.WATCHED -> looked(now);
            case NotThere e when state == AftermathState.WATCHED && attempt.isOdd() -> odd(now);
            case NotThere e when state == AftermathState.WATCHED -> looked(now);
            case NoAnswer e when state == AftermathState.WATCHED -> unclear(now);
            case OddAnswer e when state == AftermathState.WATCHED -> odd(now);
            // The claim stands already, and nothing else is news.
            case VoucherNotReturned e when isLateReturn() -> looked(now);
            case StillOpen e -> Decision.open(this, e, now, quiet, overdue(now));
            case NotYet e -> Decision.open(this, e, now, quiet, overdue(now));
            case NotThere e -> Decision.open(this, e, now, quiet, overdue(now));
            case NoAnswer e -> Decision.open(this, e, now, quiet, overdue(now));
            case OddAnswer e -> Decision.open(this, e, now, quiet, Consequences.ODD);
            case PayBackDeclined(var code) ->
                    Decision.stopped(with(attempt.given()), "pay-back-" + code);
            default ->
                    state.after(event)
                            .map(to -> move(event, to, now))
                            .orElseGet(() -> Decision.stopped(this, "stray-" + event.type()));
        };
    }

    /** What an outside party's word means here. */
    private CashOutEvent meant(CashOutEvent told) {
        boolean kept = of == Of.WITHDRAWAL || of == Of.LATE_WITHDRAWAL;
        if (kept && told instanceof VoucherReturned) return new VoucherGivenBack();
        boolean again = of == Of.LATE_WITHDRAWAL && state == AftermathState.WITHDRAWING;
        if (again && told instanceof VoucherNotReturned) return new VoucherRefusedAgain();
        return state == AftermathState.WATCHED && of.isReturn() ? ofReturn(told) : told;
    }

    /** What the bank says of a booked payout: booked is nothing new, and a no means that it came back. */
    private static CashOutEvent ofReturn(CashOutEvent told) {
        return switch (told) {
            case PayoutBooked e -> new StillOpen();
            case PaidBack e -> new StillOpen();
            case PayoutDeclined e -> new PayoutReturned();
            case PayoutReturned e -> new PayoutRecovered();
            case RecallDeclined e -> new StillOpen();
            case PayBackDeclined e -> new PayBackReturned();
            default -> told;
        };
    }

    /** Nothing has come yet: the next look, or the end of watching. */
    private Decision<Aftermath> looked(Instant now) {
        var next = nextLook(now);
        return next.isEmpty()
                ? move(new NothingCame(), AftermathState.NOTHING_CAME, now)
                : new Decision<>(
                        waiting(new Attempt(0, now, false, false, 0), next.get()),
                        List.of(),
                        null,
                        null,
                        null);
    }

    /** Tried again ever more slowly; after some hours a person sees it, and it has to wait for the next look. After the last one it is asked on: silence is no answer. */
    private Decision<Aftermath> unclear(Instant now) {
        if (attempt.tries() < MOST_UNCLEAR) {
            var again = now.plus(UNCLEAR_WAIT.multipliedBy(1L << attempt.tries()));
            return new Decision<>(waiting(attempt, again), List.of(), null, null, null);
        }
        var matter = "unclear-" + word(of);
        if (nextLook(now).isEmpty())
            return new Decision<>(
                    waiting(attempt, now.plus(RAREST_WAIT)), List.of(), null, matter, null);
        return new Decision<>(looked(now).next(), List.of(), null, matter, null);
    }

    private Optional<Instant> nextLook(Instant now) {
        return looks(of).stream().map(since::plus).filter(at -> at.isAfter(now)).findFirst();
    }

    /** A person sees it at once; it is looked at again, and never ends as if nothing had come. */
    private Decision<Aftermath> odd(Instant now) {
        return new Decision<>(
                waiting(attempt.odd(), now.plus(RAREST_WAIT)),
                List.of(),
                null,
                Consequences.ODD,
                null);
    }

    private static String word(Of of) {
        return of.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private @Nullable String overdue(Instant now) {
        boolean overdue = state != AftermathState.WATCHED && now.isAfter(stateSince.plus(PATIENCE));
        return overdue ? Consequences.SLOW : null;
    }

    private Decision<Aftermath> move(CashOutEvent event, AftermathState to, Instant now) {
        var next = changed(to, version + 1, sequence + 1, calls, now, Attempt.NONE, due(to, now));
        return new Decision<>(next, movements(event), event, matter(event, to), begun(event, now));
    }

    private @Nullable Instant due(AftermathState to, Instant now) {
        if (to.isEnd() || to == AftermathState.OWED) return null;
        return to == AftermathState.WATCHED ? nextLook(now).orElse(now) : now;
    }

    /** What is done here to make the customer whole may fail later, too. */
    private @Nullable Aftermath begun(CashOutEvent event, Instant now) {
        Of what =
                switch (event) {
                    case PaidBack e -> Of.PAY_BACK_RETURN;
                    case DeadlinePassed e -> Of.REFUND;
                    case RefundDeclined e when of != Of.REFUND && attempt.lost() -> Of.REFUND;
                    case VoucherNotReturned e when of == Of.WITHDRAWAL -> Of.LATE_WITHDRAWAL;
                    case VoucherNotReturned e -> Of.LATE_RETURN;
                    case RecallDeclined e -> Of.LATE_RECALL;
                    default -> null;
                };
        return what == null ? null : watching(cashOut, terms, what, now);
    }

    /** Whatever turns up is shown to a person, also when it is undone without one. */
    private @Nullable String matter(CashOutEvent event, AftermathState to) {
        return switch (to) {
            case NOTHING_CAME, UNDONE, WITHDRAWING, NOT_TAKEN_BACK -> null;
            case CLAIMED -> event instanceof Redeemed ? "claim-on-provider" : "claim-on-issuer";
            case LOST -> "lost-" + word(of);
            case OWED -> "pay-back-returned";
            default -> state == AftermathState.WATCHED ? "turned-up-" + event.type() : null;
        };
    }

    private List<Movement> movements(CashOutEvent event) {
        var books = new Books(cashOut, terms);
        return switch (event) {
            case Charged e -> books.charged();
            case ChargeRefunded e when state == AftermathState.WATCHED -> books.refundedToo();
            case ChargeRefunded e -> books.refunded();
            case PaidBack e -> books.paidBack();
            case VoucherIssued e -> books.voucherIssued();
            case VoucherGivenBack e -> books.voucherGivenBack();
            case VoucherReturned e when isClaimed() -> books.voucherReturnedAfterAll();
            case VoucherReturned e -> books.voucherReturned();
            // The claim stands already, or the customer has the voucher.
            case VoucherNotReturned e when isClaimed() || state == AftermathState.WITHDRAWING ->
                    List.of();
            case VoucherNotReturned e -> books.voucherNotReturned();
            case Redeemed e -> books.redeemedAfterAll();
            case PayoutBooked e -> books.paidTwice();
            case PayoutReturned e when state == AftermathState.RECALLING -> books.recalled();
            case PayoutReturned e -> books.payoutReturned();
            case PayoutRecovered e -> books.recovered();
            case RecallDeclined e -> books.notRecalled();
            case PayBackReturned e -> books.payBackReturned();
            case PaidByHand e when state == AftermathState.OWED -> books.paidAgainByHand();
            case PaidByHand e -> books.paidByHand();
            case WholeAlready e -> books.wholeAlready();
            default -> List.of();
        };
    }

    private boolean isLateReturn() {
        return state == AftermathState.WATCHED
                && (of == Of.LATE_RETURN || of == Of.LATE_WITHDRAWAL);
    }

    private boolean isClaimed() {
        return of == Of.VOUCHER_RETURN || of == Of.LATE_RETURN;
    }

    @Override
    public Map<String, Object> snapshot() {
        var data = new LinkedHashMap<String, Object>();
        data.put("state", state.name());
        data.put("cash_out", cashOut.shown());
        data.put("of", of.name());
        return data;
    }
}
