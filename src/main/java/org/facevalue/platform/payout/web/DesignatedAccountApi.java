package org.facevalue.platform.payout.web;

import java.util.List;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.customer.DesignatedAccount;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.payout.Designation;
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
class DesignatedAccountApi {
    private final Designation designation;
    private final Customers customers;

    DesignatedAccountApi(Designation designation, Customers customers) {
        this.designation = designation;
        this.customers = customers;
    }

    /** {@code number}: digits only. */
    record AddDesignatedAccount(@Nullable String number) {}

    /** {@code number} and {@code holder}: masked. */
    record DesignatedAccountView(String id, String number, String holder) {}

    record DesignatedAccountList(List<DesignatedAccountView> data) {}

    @PostMapping("/api/v1/designated-accounts")
    @ResponseStatus(HttpStatus.CREATED)
    DesignatedAccountView add(@SignedIn Caller caller, @RequestBody AddDesignatedAccount request) {
        var number = request.number();
        if (number == null || !number.matches("[0-9]{6,20}"))
            throw Problem.field("/number", "not-digits");
        return switch (designation.add(new CustomerId(caller.subject()), number)) {
            case Designation.Result.Added(var account) -> view(account);
            case Designation.Result.NoRulePack n -> throw new Problem(ProblemCode.NO_RULE_PACK);
            case Designation.Result.NoAccount n -> throw new Problem(ProblemCode.UNKNOWN_ACCOUNT);
            case Designation.Result.OtherHolder o -> throw new Problem(ProblemCode.HOLDER_MISMATCH);
            case Designation.Result.Taken t -> throw new Problem(ProblemCode.ALREADY_TAKEN);
            case Designation.Result.NotNow n ->
                    throw new Problem(ProblemCode.UNAVAILABLE).retry("after");
        };
    }

    @GetMapping("/api/v1/designated-accounts")
    DesignatedAccountList list(@SignedIn Caller caller) {
        return new DesignatedAccountList(
                customers.accounts(new CustomerId(caller.subject())).stream()
                        .map(DesignatedAccountApi::view)
                        .toList());
    }

    private static DesignatedAccountView view(DesignatedAccount account) {
        return new DesignatedAccountView(
                account.id().shown(), account.masked(), account.maskedHolder());
    }
}
