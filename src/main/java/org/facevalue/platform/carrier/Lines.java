package org.facevalue.platform.carrier;

import java.util.List;
import java.util.Map;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.customer.PhoneLine;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Facts.Fact;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.stereotype.Component;

/** Adds phone lines to customers. The number alone says which carrier and which law it belongs to. */
@Component
public class Lines {
    private final Jurisdictions jurisdictions;
    private final Carriers carriers;
    private final Customers customers;
    private final Facts facts;
    private final BusinessClock clock;

    Lines(
            Jurisdictions jurisdictions,
            Carriers carriers,
            Customers customers,
            Facts facts,
            BusinessClock clock) {
        this.jurisdictions = jurisdictions;
        this.carriers = carriers;
        this.customers = customers;
        this.facts = facts;
        this.clock = clock;
    }

    public sealed interface Result {
        record Added(PhoneLine line) implements Result {}

        /** No pack of ours covers this number. */
        record NoRulePack() implements Result {}

        /** The pack covers it, and no carrier has it. */
        record NoCarrier() implements Result {}

        record Taken() implements Result {}
    }

    /** @param number E.164 */
    public Result add(CustomerId customer, String number) {
        if (!jurisdictions.isLine(number)) return new Result.NoRulePack();
        if (carriers.of(number).isEmpty()) return new Result.NoCarrier();
        if (customers.lines(customer).stream().anyMatch(line -> line.number().equals(number)))
            return new Result.Taken();
        var line = new PhoneLine(customers.nextLineId(), customer, number);
        var cell = customers.cellOf(customer);
        var now = clock.now();
        var added =
                new Fact(
                        cell,
                        "cu",
                        customer.value(),
                        "phone-line-added",
                        now,
                        Map.of("line", line.id().shown()));
        var outcome =
                facts.commit(
                        line.id().value() + "/add", added, List.of(customers.add(cell, line, now)));
        return outcome instanceof Outcome.Committed ? new Result.Added(line) : new Result.Taken();
    }
}
