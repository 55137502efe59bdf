package org.facevalue.platform.payout;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.customer.DesignatedAccount;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Facts.Fact;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Switchboard;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.stereotype.Component;

/** Designates accounts: the bank is asked who holds it, and only the customer's own is taken. */
@Component
public class Designation {
    private final Jurisdictions jurisdictions;
    private final Banks banks;
    private final Payouts payouts;
    private final Switchboard switchboard;
    private final Customers customers;
    private final Facts facts;
    private final BusinessClock clock;

    Designation(
            Jurisdictions jurisdictions,
            Banks banks,
            Payouts payouts,
            Switchboard switchboard,
            Customers customers,
            Facts facts,
            BusinessClock clock) {
        this.jurisdictions = jurisdictions;
        this.banks = banks;
        this.payouts = payouts;
        this.switchboard = switchboard;
        this.customers = customers;
        this.facts = facts;
        this.clock = clock;
    }

    public sealed interface Result {
        record Added(DesignatedAccount account) implements Result {}

        record NoRulePack() implements Result {}

        record NoAccount() implements Result {}

        /** Somebody else holds it. */
        record OtherHolder() implements Result {}

        record Taken() implements Result {}

        /** The bank did not say. */
        record NotNow() implements Result {}
    }

    /** @param number digits only */
    public Result add(CustomerId customer, String number) {
        var bank = banks.bank();
        if (!jurisdictions.isAccount(number) || bank.isEmpty()) return new Result.NoRulePack();
        if (customers.accounts(customer).stream()
                .anyMatch(account -> account.number().equals(number))) return new Result.Taken();
        var name = customers.name(customer).orElseThrow();
        return switch (payouts.holder(switchboard.to(bank.get().code()), bank.get(), number)) {
            case Answer.Done<String>(var holder) when folded(holder).equals(folded(name)) ->
                    commit(customer, number, holder);
            case Answer.Done<String> done -> new Result.OtherHolder();
            case Answer.Absent<String> absent -> new Result.NoAccount();
            case Answer.Declined<String> declined -> new Result.NoAccount();
            case Answer.Pending<String> pending -> new Result.NotNow();
            case Answer.Unknown<String> unknown -> new Result.NotNow();
            case Answer.Odd<String> odd -> new Result.NotNow();
        };
    }

    private Result commit(CustomerId customer, String number, String holder) {
        var account = new DesignatedAccount(customers.nextAccountId(), customer, number, holder);
        var cell = customers.cellOf(customer);
        var now = clock.now();
        var designated =
                new Fact(
                        cell,
                        "cu",
                        customer.value(),
                        "account-designated",
                        now,
                        Map.of("account", account.id().shown()));
        var outcome =
                facts.commit(
                        account.id().value() + "/add",
                        designated,
                        List.of(customers.add(cell, account, now)));
        return outcome instanceof Outcome.Committed
                ? new Result.Added(account)
                : new Result.Taken();
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .replace(" ", "")
                .toLowerCase(Locale.ROOT);
    }
}
