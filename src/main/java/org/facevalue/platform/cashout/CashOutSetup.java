package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import org.facevalue.platform.carrier.ChargeNews;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.OutsideCalls;
import org.facevalue.platform.outside.OutsideCalls.Intention;
import org.facevalue.platform.outside.Transcript;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CashOutSetup {
    @Bean
    CashOutJob cashOutJob(
            CashOutRows rows,
            Ledger ledger,
            Parties parties,
            OutsideCalls calls,
            Ids ids,
            BusinessClock clock,
            @Value("${facevalue.outside.lease}") Duration lease) {
        return new CashOutJob(rows, ledger, parties, new Records(calls), ids, clock, lease);
    }

    /** A callback only makes the job look sooner. */
    @Bean
    ChargeNews chargeNews(CashOutRows rows, BusinessClock clock) {
        return (cell, caller) -> rows.hasten(cell, caller, clock.now());
    }

    /** Attempts are counted by the cash-out; the key is that of the step, the same for every repeat. */
    record Records(OutsideCalls calls) implements CashOutJob.CallRecords {
        @Override
        public Intention intention(
                CashOut cashOut, CashOutStep step, boolean asks, String party, Instant now) {
            return calls.intention(
                    cashOut.cell(),
                    cashOut.id().value(),
                    step.name(),
                    cashOut.calls() + 1,
                    asks,
                    party,
                    cashOut.id().value() + "/" + step.name().toLowerCase(java.util.Locale.ROOT),
                    now);
        }

        @Override
        public Effect<?> record(
                Intention intention, Answer<?> answer, Transcript transcript, Instant at) {
            return calls.record(intention, answer, transcript, at);
        }
    }
}
