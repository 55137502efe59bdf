package org.facevalue.platform.cashout.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import org.facevalue.platform.cashout.Choices;
import org.facevalue.platform.cashout.Choices.Choice;
import org.facevalue.platform.cashout.Choices.Shown;
import org.facevalue.platform.cashout.Progress;
import org.facevalue.platform.cashout.web.CashOutViews.CashOutView;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.ChallengeView;
import org.facevalue.platform.identity.NotKept;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.identity.StepUp;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ChoiceApi {
    private final CashOutViews views;
    private final Choices choices;
    private final StepUp stepUp;

    ChoiceApi(CashOutViews views, Choices choices, StepUp stepUp) {
        this.views = views;
        this.choices = choices;
        this.stepUp = stepUp;
    }

    /** {@code choice}: one of the cash-out's {@code choices}. */
    record Choose(@Nullable String choice) {}

    record ShowCode(@Nullable StepUpAnswer stepUp) {}

    record VoucherCodeView(String code, LocalDate expiresOn) {}

    @PostMapping("/api/v1/cash-outs/{id}/choice")
    ResponseEntity<CashOutView> choose(
            @SignedIn Caller caller, @PathVariable String id, @RequestBody Choose request) {
        if (request.choice() == null) throw Problem.field("/choice", "missing");
        var choice =
                Arrays.stream(Choice.values())
                        .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(request.choice()))
                        .findFirst()
                        .orElseThrow(() -> Problem.field("/choice", "not-a-choice"));
        var cashOut = views.mine(caller, id);
        return switch (choices.choose(cashOut, choice)) {
            case TAKEN -> ResponseEntity.accepted().body(views.view(views.mine(caller, id)));
            case FROZEN ->
                    throw new Problem(ProblemCode.ACCOUNT_FROZEN)
                            .money(Progress.of(cashOut).money());
            case NOT_OPEN ->
                    throw new Problem(ProblemCode.NO_CHOICE_OPEN)
                            .money(Progress.of(cashOut).money())
                            .with("state", views.mine(caller, id).state().name());
        };
    }

    @PostMapping("/api/v1/cash-outs/{id}/voucher-code/challenges")
    @ResponseStatus(HttpStatus.CREATED)
    ChallengeView challenge(@SignedIn Caller caller, @PathVariable String id) {
        var cashOut = views.mine(caller, id);
        var challenge = stepUp.challenge(caller, Choices.agreement(cashOut));
        return ChallengeView.of(
                challenge, "show the code of the voucher of " + cashOut.id().shown());
    }

    /** The code of a voucher that was kept. */
    @PostMapping("/api/v1/cash-outs/{id}/voucher-code")
    ResponseEntity<VoucherCodeView> code(
            @SignedIn Caller caller,
            @PathVariable String id,
            @RequestBody ShowCode request,
            HttpServletRequest http) {
        NotKept.answer(http);
        var cashOut = views.mine(caller, id);
        return switch (choices.code(caller, cashOut, StepUpAnswer.yes(request.stepUp()))) {
            case Shown.Code(var code, var expiresOn) ->
                    ResponseEntity.ok()
                            .cacheControl(CacheControl.noStore())
                            .body(new VoucherCodeView(code, expiresOn));
            case Shown.NotKept n ->
                    throw new Problem(ProblemCode.NO_VOUCHER_KEPT)
                            .money(Progress.of(cashOut).money())
                            .with("state", cashOut.state().name());
            case Shown.StepUpFailed f -> throw new Problem(ProblemCode.STEP_UP_FAILED);
            case Shown.ChallengeExpired e -> throw new Problem(ProblemCode.CHALLENGE_EXPIRED);
            case Shown.AccountFrozen f -> throw new Problem(ProblemCode.ACCOUNT_FROZEN);
        };
    }
}
