package org.facevalue.platform.carrier.web;

import java.util.List;
import org.facevalue.platform.carrier.Lines;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.customer.PhoneLine;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PhoneLineApi {
    private final Lines lines;
    private final Customers customers;

    PhoneLineApi(Lines lines, Customers customers) {
        this.lines = lines;
        this.customers = customers;
    }

    /** {@code number}: E.164. */
    record AddPhoneLine(@Nullable String number) {}

    /** {@code number}: masked. */
    record PhoneLineView(String id, String number) {}

    record PhoneLineList(List<PhoneLineView> data) {}

    @PostMapping("/api/v1/phone-lines")
    @ResponseStatus(HttpStatus.CREATED)
    PhoneLineView add(@SignedIn Caller caller, @RequestBody AddPhoneLine request) {
        var number = request.number();
        if (number == null || !number.matches("\\+[1-9][0-9]{4,14}"))
            throw Problem.field("/number", "not-e164");
        return switch (lines.add(new CustomerId(caller.subject()), number)) {
            case Lines.Result.Added(var line) -> view(line);
            case Lines.Result.NoRulePack n -> throw new Problem(ProblemCode.NO_RULE_PACK);
            case Lines.Result.NoCarrier n -> throw new Problem(ProblemCode.UNKNOWN_LINE);
            case Lines.Result.Taken t -> throw new Problem(ProblemCode.ALREADY_TAKEN);
            case Lines.Result.NotNow n -> throw new Problem(ProblemCode.UNAVAILABLE).retry("after");
        };
    }

    @GetMapping("/api/v1/phone-lines")
    PhoneLineList list(@SignedIn Caller caller) {
        return new PhoneLineList(
                customers.lines(new CustomerId(caller.subject())).stream()
                        .map(PhoneLineApi::view)
                        .toList());
    }

    private static PhoneLineView view(PhoneLine line) {
        return new PhoneLineView(line.id().shown(), line.masked());
    }
}
