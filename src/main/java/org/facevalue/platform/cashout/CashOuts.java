package org.facevalue.platform.cashout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.carrier.Charges;
import org.facevalue.platform.cashout.Confirmation.Accepted;
import org.facevalue.platform.cashout.Confirmation.Refusal;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.guard.Freezes;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.Secret;
import org.facevalue.platform.identity.StepUp;
import org.facevalue.platform.jurisdiction.ActivePacks;
import org.facevalue.platform.jurisdiction.Packs;
import org.facevalue.platform.jurisdiction.Verdict;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Condition;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.payout.Payouts;
import org.facevalue.platform.provider.Providers;
import org.facevalue.platform.quote.Quote;
import org.facevalue.platform.quote.QuoteId;
import org.facevalue.platform.quote.QuoteRows;
import org.facevalue.platform.quote.Quotes;
import org.facevalue.platform.quote.Terms;
import org.facevalue.platform.redemption.Redemptions;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.platform.voucher.Vouchers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a customer can do about a cash-out: confirm, cancel, look; the carrier's code is {@link CustomerCodes}'. */
@Component
public class CashOuts {
    private final Ledger ledger;
    private final Quotes quotes;
    private final Packs packs;
    private final StepUp stepUp;
    private final Customers customers;
    private final Charges charges;
    private final Redemptions redemptions;
    private final Payouts payouts;
    private final CashOutRows rows;
    private final AftermathRows aftermaths;
    private final Ids ids;
    private final BusinessClock clock;

    CashOuts(
            Ledger ledger,
            Quotes quotes,
            Packs packs,
            StepUp stepUp,
            Customers customers,
            Charges charges,
            Redemptions redemptions,
            Payouts payouts,
            CashOutRows rows,
            AftermathRows aftermaths,
            Ids ids,
            BusinessClock clock) {
        this.ledger = ledger;
        this.quotes = quotes;
        this.packs = packs;
        this.stepUp = stepUp;
        this.customers = customers;
        this.charges = charges;
        this.redemptions = redemptions;
        this.payouts = payouts;
        this.rows = rows;
        this.aftermaths = aftermaths;
        this.ids = ids;
        this.clock = clock;
    }

    /** What a yes to this quote stands for; its challenge and its check are made from the same. */
    public static StepUp.Agreement agreement(Quote quote) {
        var terms = quote.terms();
        return new StepUp.Agreement(
                terms.cell(), quote.digest(), terms.net().minor(), terms.payee());
    }

    /** Freeze, licence, rules, proof, quote and the new cash-out with its first event: one command, or a refusal and no change. */
    public Confirmation confirm(Caller caller, QuoteId quoteId, Confirmation.Yes yes) {
        var customer = new CustomerId(caller.subject());
        var confirmation =
                Secret.hashOf(
                        yes.challenge().shown() + "/" + HexFormat.of().formatHex(yes.signature()));
        var quote = quotes.quote(customer, quoteId);
        if (quote.isEmpty()) return none(customer, quoteId, confirmation);
        var earlier = earlier(quoteId, confirmation);
        if (earlier.isPresent()) return earlier.get();
        var terms = quote.get().terms();
        var permitted = quote.get().verdict();
        // The terms name the packs that permitted them, and what may be kept by these: under others
        // there is a new quote.
        if (!terms.packVersion().equals(permitted.packVersion())) return rulesChanged();
        var now = clock.now();
        if (!now.isBefore(terms.expiresAt())) return new Refusal.QuoteExpired(terms.expiresAt());
        return switch (stepUp.check(
                caller,
                yes.challenge(),
                agreement(quote.get()),
                yes.deviceKey(),
                yes.signature())) {
            case StepUp.Proof.Failed failed -> new Refusal.StepUpFailed();
            case StepUp.Proof.Expired expired -> new Refusal.ChallengeExpired();
            case StepUp.Proof.Given(var consume) ->
                    commit(customer, terms, permitted, consume, confirmation, now);
        };
    }

    private Confirmation commit(
            CustomerId customer,
            Terms terms,
            Verdict.Permitted permitted,
            Effect<?> consume,
            byte[] confirmation,
            Instant now) {
        var line = customers.line(customer, terms.line());
        var account = customers.account(customer, terms.account());
        if (line.isEmpty() || account.isEmpty()) return new Refusal.NoQuote();
        var cashOut = confirmed(terms, now);
        var id = cashOut.id().value();
        var cell = terms.cell();
        var conditions =
                new ArrayList<Condition<?>>(
                        List.of(
                                Freezes.notFrozen(cell, customer),
                                Providers.authorised(cell, terms.provider(), now)));
        conditions.addAll(ActivePacks.stillDecide(cell, permitted.packs()));
        var effects = new ArrayList<Effect<?>>();
        effects.add(consume);
        effects.add(QuoteRows.use(terms, id, now));
        effects.add(CashOutRows.add(cashOut, confirmation));
        effects.addAll(
                charges.open(
                        cell, id, terms.carrier(), line.get().number(), terms.faceValue(), now));
        effects.add(Vouchers.open(cell, id, terms.product(), terms.faceValue()));
        effects.addAll(redemptions.open(cell, id, terms.provider(), terms.faceValue()));
        effects.add(
                payouts.open(
                        new Payouts.Payout(cell, id, "NET", account.get().number(), terms.net())));
        var outcome =
                ledger.commit(
                        new Command(
                                new CommandKey(cell, terms.id().value() + "/confirm"),
                                List.of(),
                                conditions,
                                effects,
                                List.of(cashOut.event(ids.next(), "confirmed", now))));
        return switch (outcome) {
            case Outcome.Committed c -> new Accepted(cashOut);
            case Outcome.Replayed r -> earlier(terms.id(), confirmation).orElseThrow();
            case Outcome.Refused.Unmet(var kind) when Freezes.isNotFrozen(kind) ->
                    new Refusal.AccountFrozen();
            case Outcome.Refused.Unmet(var kind) when Providers.isAuthorised(kind) ->
                    new Refusal.ProviderSuspended();
            case Outcome.Refused.Unmet(var kind) when ActivePacks.isDecides(kind) -> rulesChanged();
            case Outcome.Refused.Unmet(var kind) ->
                    throw new IllegalStateException("no such condition here: " + kind);
            case Outcome.Refused.Moved moved ->
                    // Used or expired in this very moment, the quote or the challenge: the rows now
                    // say which.
                    earlier(terms.id(), confirmation)
                            .orElseGet(
                                    () ->
                                            clock.now().isBefore(terms.expiresAt())
                                                    ? new Refusal.ChallengeExpired()
                                                    : new Refusal.QuoteExpired(terms.expiresAt()));
            case Outcome.Refused.NotEnough n ->
                    throw new IllegalStateException("nothing moves here: " + n);
        };
    }

    /** What was taken stays so, whatever the rules have become since; otherwise they say why it is none any more. */
    private Confirmation none(CustomerId customer, QuoteId quote, byte[] confirmation) {
        if (!quotes.isOf(customer, quote)) return new Refusal.NoQuote();
        return earlier(quote, confirmation)
                .or(() -> quotes.refused(customer, quote).map(Refusal.NotLawful::new))
                .orElseGet(Refusal.NoQuote::new);
    }

    private Confirmation rulesChanged() {
        packs.lookAgain();
        return new Refusal.RulesChanged();
    }

    /** What the quote became already: the same yes gets the same answer, another one is told that it is used. */
    private Optional<Confirmation> earlier(QuoteId quote, byte[] confirmation) {
        return quotes.usedBy(quote)
                .map(
                        by ->
                                rows.confirmedBy(by, confirmation)
                                        ? new Accepted(rows.read(new CashOutId(by)).orElseThrow())
                                        : new Refusal.QuoteUsed(new CashOutId(by)));
    }

    private CashOut confirmed(Terms terms, Instant now) {
        return new CashOut(
                new CashOutId(ids.next()),
                terms,
                CashOutState.CHARGING,
                1,
                1,
                0,
                now,
                Attempt.NONE,
                0,
                false,
                now,
                null,
                now);
    }

    /** The customer's cash-out; empty when there is none or it is somebody else's. */
    public Optional<CashOut> of(CustomerId customer, CashOutId id) {
        return rows.read(id).filter(cashOut -> cashOut.terms().customer().equals(customer));
    }

    /** Anybody's, for the staff. */
    public Optional<CashOut> any(CashOutId id) {
        return rows.read(id);
    }

    /** What may still come, or has come, of a cash-out that has done with it. */
    public List<Aftermath> aftermaths(CashOut cashOut) {
        return aftermaths.of(cashOut);
    }

    /** Those of them that something came of: a customer is told of nothing else. */
    public List<Aftermath> turnedUp(CashOut cashOut) {
        return aftermaths.of(cashOut).stream().filter(Aftermath::turnedUp).toList();
    }

    /** The cash-outs that these matters are about, by the matter's subject: the cash-out itself or an aftermath of it. */
    public Map<UUID, CashOutId> about(List<Matter> matters) {
        var about = new HashMap<UUID, CashOutId>();
        var ofAftermaths = new ArrayList<UUID>();
        for (var matter : matters)
            if (matter.subjectKind().equals("am")) ofAftermaths.add(matter.subject());
            else if (matter.subjectKind().equals("co"))
                about.put(matter.subject(), new CashOutId(matter.subject()));
        about.putAll(aftermaths.cashOutsOf(ofAftermaths));
        return about;
    }

    public List<CashOut> running(int atMost) {
        return rows.running(atMost);
    }

    public List<CashOut> history(
            CustomerId customer,
            List<CashOutState> states,
            String text,
            @Nullable UUID before,
            int atMost) {
        return rows.of(customer, states.stream().map(Enum::name).toList(), text, before, atMost);
    }

    /** What came of a customer's change of mind. */
    public enum Cancelled {
        ASKED,
        TOO_LATE
    }

    /** Asks to cancel while the provider has not been asked; the job then goes back by the shortest way. */
    public Cancelled cancel(CashOut cashOut) {
        if (!cashOut.cancellable()) return Cancelled.TOO_LATE;
        if (cashOut.cancelAsked()) return Cancelled.ASKED;
        var outcome =
                ledger.commit(
                        new Command(
                                new CommandKey(cashOut.cell(), cashOut.id().value() + "/cancel"),
                                List.of(),
                                List.of(),
                                List.of(CashOutRows.cancel(cashOut, clock.now())),
                                List.of()));
        return outcome instanceof Outcome.Refused ? Cancelled.TOO_LATE : Cancelled.ASKED;
    }
}
