package org.facevalue.platform.cashout.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.facevalue.platform.cashout.CashOutState;
import org.facevalue.platform.cashout.CashOuts;
import org.facevalue.platform.cashout.Confirmation.Accepted;
import org.facevalue.platform.cashout.Confirmation.Refusal;
import org.facevalue.platform.cashout.CustomerCodes;
import org.facevalue.platform.cashout.CustomerCodes.Given;
import org.facevalue.platform.cashout.Progress;
import org.facevalue.platform.cashout.Receipts;
import org.facevalue.platform.cashout.web.CashOutViews.CashOutView;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.jurisdiction.NotLawful;
import org.facevalue.platform.problem.MoneyState;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.quote.QuoteId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
class CashOutApi {
    private static final int LARGEST_PAGE = 200;
    private final CashOuts cashOuts;
    private final CustomerCodes codes;
    private final CashOutViews views;
    private final Receipts receipts;
    private final LiveEvents live;

    CashOutApi(
            CashOuts cashOuts,
            CustomerCodes codes,
            CashOutViews views,
            Receipts receipts,
            LiveEvents live) {
        this.cashOuts = cashOuts;
        this.codes = codes;
        this.views = views;
        this.receipts = receipts;
        this.live = live;
    }

    record Confirm(@Nullable String quote, @Nullable StepUpAnswer stepUp) {}

    record GiveCode(@Nullable String code) {}

    record CashOutList(List<CashOutView> data, @Nullable String next) {}

    @PostMapping("/api/v1/cash-outs")
    ResponseEntity<CashOutView> confirm(
            @SignedIn Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody Confirm request) {
        if (key == null) throw new Problem(ProblemCode.IDEMPOTENCY_KEY_MISSING);
        if (request.quote() == null) throw Problem.field("/quote", "missing");
        var quote =
                new QuoteId(
                        Id.parse("qt", request.quote())
                                .orElseThrow(() -> Problem.field("/quote", "not-qt")));
        return switch (cashOuts.confirm(caller, quote, StepUpAnswer.yes(request.stepUp()))) {
            case Accepted(var cashOut) ->
                    ResponseEntity.accepted()
                            .location(URI.create("/api/v1/cash-outs/" + cashOut.id().shown()))
                            .body(views.view(cashOut));
            case Refusal refusal -> throw problem(refusal);
        };
    }

    static Problem problem(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NoQuote r -> new Problem(ProblemCode.NOT_FOUND);
            case Refusal.QuoteExpired(var at) ->
                    new Problem(ProblemCode.QUOTE_EXPIRED).with("expired_at", at);
            case Refusal.QuoteUsed(var by) ->
                    new Problem(ProblemCode.QUOTE_USED)
                            .with("cash_out", by.shown())
                            .money(MoneyState.UNKNOWN);
            case Refusal.ChallengeExpired r -> new Problem(ProblemCode.CHALLENGE_EXPIRED);
            case Refusal.StepUpFailed r -> new Problem(ProblemCode.STEP_UP_FAILED);
            case Refusal.AccountFrozen r -> new Problem(ProblemCode.ACCOUNT_FROZEN);
            case Refusal.ProviderSuspended r -> new Problem(ProblemCode.PROVIDER_SUSPENDED);
            case Refusal.NotLawful(var no) -> NotLawful.problem(no);
            case Refusal.RulesChanged r -> new Problem(ProblemCode.RULES_CHANGED);
        };
    }

    @GetMapping("/api/v1/cash-outs/{id}")
    CashOutView read(@SignedIn Caller caller, @PathVariable String id) {
        return views.view(views.mine(caller, id));
    }

    /** {@code state} may be given several times; {@code q} searches provider and amounts; {@code after} is the {@code next} of the page before. */
    @GetMapping("/api/v1/cash-outs")
    CashOutList list(
            @SignedIn Caller caller,
            @RequestParam(defaultValue = "") List<CashOutState> state,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) throw Problem.field("/limit", "out-of-range");
        // A blank that is no blank to the eye becomes no state at all.
        if (state.stream().anyMatch(Objects::isNull)) throw Problem.field("/state", "unknown");
        if (q.length() > 60 || q.indexOf('\0') >= 0) throw Problem.field("/q", "not-searchable");
        UUID before =
                after == null
                        ? null
                        : Id.parse("co", after)
                                .orElseThrow(() -> Problem.field("/after", "not-co"));
        var found = cashOuts.history(new CustomerId(caller.subject()), state, q, before, limit + 1);
        var page = found.stream().limit(limit).map(views::view).toList();
        return new CashOutList(page, found.size() > limit ? page.getLast().id() : null);
    }

    @GetMapping(
            path = "/api/v1/cash-outs/{id}/events",
            produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(@SignedIn Caller caller, @PathVariable String id) {
        return live.follow(views.mine(caller, id), Duration.ofMinutes(10));
    }

    @PostMapping("/api/v1/cash-outs/{id}/cancel")
    ResponseEntity<CashOutView> cancel(@SignedIn Caller caller, @PathVariable String id) {
        var cashOut = views.mine(caller, id);
        return switch (cashOuts.cancel(cashOut)) {
            case ASKED -> ResponseEntity.accepted().body(views.view(views.mine(caller, id)));
            case TOO_LATE ->
                    throw new Problem(ProblemCode.NOT_CANCELLABLE)
                            .money(Progress.of(cashOut).money())
                            .with("state", cashOut.state().name());
        };
    }

    @PostMapping("/api/v1/cash-outs/{id}/carrier-code")
    ResponseEntity<CashOutView> code(
            @SignedIn Caller caller, @PathVariable String id, @RequestBody GiveCode request) {
        var code = request.code();
        if (code == null) throw Problem.field("/code", "missing");
        var cashOut = views.mine(caller, id);
        return switch (codes.give(cashOut.id(), code)) {
            case Given.NoCode n -> throw Problem.field("/code", "not-a-code");
            case Given.Taken t ->
                    ResponseEntity.accepted().body(views.view(views.mine(caller, id)));
            case Given.Unknown u ->
                    ResponseEntity.accepted().body(views.view(views.mine(caller, id)));
            case Given.Wrong(var left) ->
                    throw new Problem(ProblemCode.CODE_WRONG).with("tries_left", left);
            case Given.NotWanted n ->
                    throw new Problem(ProblemCode.NO_CODE_WANTED)
                            .money(Progress.of(cashOut).money())
                            .with("state", cashOut.state().name());
        };
    }

    @GetMapping("/api/v1/cash-outs/{id}/receipt")
    Map<String, Object> receipt(@SignedIn Caller caller, @PathVariable String id) {
        var cashOut = views.mine(caller, id);
        if (!cashOut.state().isEnd())
            throw new Problem(ProblemCode.NOT_FOUND).money(Progress.of(cashOut).money());
        return receipts.of(cashOut).shown();
    }
}
