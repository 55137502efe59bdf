package org.facevalue.platform.cashout.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.facevalue.platform.cashout.CashOut;
import org.facevalue.platform.cashout.CashOutId;
import org.facevalue.platform.cashout.CashOuts;
import org.facevalue.platform.cashout.Choices;
import org.facevalue.platform.cashout.Progress;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.money.MoneyJson;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How the API shows a cash-out, and whose it is. */
@Component
class CashOutViews {
    private final CashOuts cashOuts;
    private final Choices choices;
    private final Journal journal;

    CashOutViews(CashOuts cashOuts, Choices choices, Journal journal) {
        this.cashOuts = cashOuts;
        this.choices = choices;
        this.journal = journal;
    }

    record TimelineEntry(Instant at, String event, String state) {}

    record WaitingFor(
            @Nullable String who, @Nullable String party, Instant since, @Nullable Instant until) {}

    /**
     * What turned up after the cash-out had done with it.
     *
     * @param of what it is about: {@code CHARGE}, {@code VOUCHER}, {@code PAYOUT_RETURN}
     */
    record AftermathView(String of, String state, List<TimelineEntry> timeline) {}

    /**
     * Something that the customer can choose until the time in {@code waiting_for}.
     *
     * @param choice {@code refund}, {@code voucher} or {@code cash}
     * @param amount what the customer has by it
     */
    record ChoiceView(String choice, MoneyJson amount) {
        static ChoiceView of(CashOut cashOut, Choices.Choice choice) {
            return new ChoiceView(
                    choice.name().toLowerCase(Locale.ROOT),
                    MoneyJson.of(Choices.amount(cashOut, choice)));
        }
    }

    record CashOutView(
            String id,
            String state,
            String quote,
            MoneyJson faceValue,
            MoneyJson net,
            String provider,
            String payee,
            String moneyState,
            boolean unknown,
            boolean cancellable,
            List<ChoiceView> choices,
            @Nullable String reason,
            @Nullable WaitingFor waitingFor,
            Instant confirmedAt,
            List<TimelineEntry> timeline,
            List<AftermathView> aftermath) {}

    /** The caller's own cash-out; throws the problem that answers anything else. */
    CashOut mine(Caller caller, String text) {
        var id =
                new CashOutId(
                        Id.parse("co", text)
                                .orElseThrow(
                                        () -> {
                                            var problem =
                                                    new Problem(ProblemCode.WRONG_IDENTIFIER)
                                                            .at("/id", "not-co");
                                            Id.kindOf(text)
                                                    .ifPresent(
                                                            kind -> problem.with("pasted", kind));
                                            return problem;
                                        }));
        return cashOuts.of(new CustomerId(caller.subject()), id)
                .orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND));
    }

    CashOutView view(CashOut cashOut) {
        var progress = Progress.of(cashOut);
        var terms = cashOut.terms();
        return new CashOutView(
                cashOut.id().shown(),
                cashOut.state().name(),
                terms.id().shown(),
                MoneyJson.of(terms.faceValue()),
                MoneyJson.of(terms.net()),
                terms.provider(),
                terms.payee(),
                progress.moneyCode(),
                progress.unknown(),
                cashOut.cancellable() && !cashOut.cancelAsked(),
                choices.open(cashOut).stream()
                        .map(choice -> ChoiceView.of(cashOut, choice))
                        .toList(),
                cashOut.reason(),
                progress.waitingFor() == null
                        ? null
                        : new WaitingFor(
                                progress.waitingFor(),
                                progress.party(),
                                progress.since(),
                                progress.until()),
                cashOut.confirmedAt(),
                timeline(cashOut.cell(), cashOut.id().value()),
                cashOuts.turnedUp(cashOut).stream()
                        .map(
                                aftermath ->
                                        new AftermathView(
                                                aftermath.of().name(),
                                                aftermath.state().name(),
                                                timeline(cashOut.cell(), aftermath.id())))
                        .toList());
    }

    private List<TimelineEntry> timeline(Cell cell, UUID subject) {
        return journal.of(cell, subject).stream().map(CashOutViews::entry).toList();
    }

    private static TimelineEntry entry(Event event) {
        return new TimelineEntry(
                event.at(), event.type(), String.valueOf(event.data().get("state")));
    }
}
