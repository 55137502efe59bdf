package org.facevalue.platform.carrier;

import java.util.List;
import java.util.Map;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.customer.PhoneLine;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.stereotype.Component;

/** Adds phone lines to customers. The number alone says which carrier and which law it belongs to. */
@Component
public class Lines {
    private final Jurisdictions jurisdictions;
    private final Carriers carriers;
    private final Customers customers;
    private final Ledger ledger;
    private final Journal journal;
    private final Ids ids;
    private final BusinessClock clock;

    Lines(
            Jurisdictions jurisdictions,
            Carriers carriers,
            Customers customers,
            Ledger ledger,
            Journal journal,
            Ids ids,
            BusinessClock clock) {
        this.jurisdictions = jurisdictions;
        this.carriers = carriers;
        this.customers = customers;
        this.ledger = ledger;
        this.journal = journal;
        this.ids = ids;
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
        var event =
                new Event(
                        cell,
                        ids.next(),
                        "cu",
                        customer.value(),
                        journal.nextSequence(cell, customer.value()),
                        "phone-line-added",
                        now,
                        Map.of("line", line.id().shown()));
        var outcome =
                ledger.commit(
                        new Command(
                                new CommandKey(cell, line.id().value() + "/add"),
                                List.of(),
                                List.of(),
                                List.of(customers.add(cell, line, now)),
                                List.of(event)));
        return outcome instanceof Outcome.Committed ? new Result.Added(line) : new Result.Taken();
    }
}
