package org.facevalue.platform.carrier;

import java.util.List;
import java.util.Map;
import org.facevalue.platform.carrier.CarrierSubscribers.Subscriber;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.customer.PhoneLine;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Facts.Fact;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Switchboard;
import org.facevalue.platform.time.BusinessClock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Adds phone lines to customers. The number alone says which carrier it belongs to, and the carrier where whoever holds it lives. */
@Component
public class Lines {
    private final Jurisdictions jurisdictions;
    private final Carriers carriers;
    private final CarrierSubscribers subscribers;
    private final Switchboard switchboard;
    private final Customers customers;
    private final Facts facts;
    private final BusinessClock clock;

    Lines(
            Jurisdictions jurisdictions,
            Carriers carriers,
            CarrierSubscribers subscribers,
            Switchboard switchboard,
            Customers customers,
            Facts facts,
            BusinessClock clock) {
        this.jurisdictions = jurisdictions;
        this.carriers = carriers;
        this.subscribers = subscribers;
        this.switchboard = switchboard;
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

        /** The carrier did not say. */
        record NotNow() implements Result {}
    }

    /** @param number E.164 */
    public Result add(CustomerId customer, String number) {
        if (!jurisdictions.isLine(number)) return new Result.NoRulePack();
        var carrier = carriers.of(number);
        if (carrier.isEmpty()) return new Result.NoCarrier();
        if (customers.lines(customer).stream().anyMatch(line -> line.number().equals(number)))
            return new Result.Taken();
        var id = customers.nextLineId();
        var transport = switchboard.to(carrier.get().code());
        return switch (subscribers.of(transport, carrier.get(), number, id.value().toString())) {
            case Answer.Done<Subscriber>(var subscriber) ->
                    commit(new PhoneLine(id, customer, number), subscriber.country());
            case Answer.Absent<Subscriber> absent -> new Result.NoCarrier();
            case Answer.Declined<Subscriber> declined -> new Result.NotNow();
            case Answer.Pending<Subscriber> pending -> new Result.NotNow();
            case Answer.Unknown<Subscriber> unknown -> new Result.NotNow();
            case Answer.Odd<Subscriber> odd -> new Result.NotNow();
        };
    }

    private Result commit(PhoneLine line, @Nullable String residence) {
        var customer = line.customer();
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
                        line.id().value() + "/add",
                        added,
                        List.of(customers.add(cell, line, residence, now)));
        return outcome instanceof Outcome.Committed ? new Result.Added(line) : new Result.Taken();
    }
}
