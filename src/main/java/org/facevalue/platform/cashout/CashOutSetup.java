package org.facevalue.platform.cashout;

import java.time.Duration;
import java.time.Instant;
import org.facevalue.platform.carrier.CarrierBilling;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Lines;
import org.facevalue.platform.outside.News;
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
    StepJob<CashOut> cashOutJob(CashOutRows rows, JobParts parts) {
        return parts.job("co", rows);
    }

    @Bean
    StepJob<Aftermath> aftermathJob(AftermathRows rows, JobParts parts) {
        return parts.job("am", rows);
    }

    /** What both jobs are made of. */
    @Bean
    JobParts jobParts(
            Ledger ledger,
            Parties parties,
            OutsideCalls calls,
            Ids ids,
            BusinessClock clock,
            StepJob.Limits limits) {
        return new JobParts(ledger, parties, new Records(calls), ids, clock, limits);
    }

    @Bean
    StepJob.Limits limits(
            @Value("${facevalue.outside.lease}") Duration lease,
            @Value("${facevalue.outside.timeout}") Duration timeout) {
        return new StepJob.Limits(lease, timeout);
    }

    @Bean
    CustomerCodes customerCodes(
            Ledger ledger,
            PartyRows parties,
            CarrierBilling billing,
            Lines lines,
            OutsideCalls calls,
            CashOutRows rows,
            Ids ids,
            BusinessClock clock,
            StepJob.Limits limits) {
        return new CustomerCodes(
                ledger, parties, billing, lines, calls, rows, ids, clock, System::nanoTime, limits);
    }

    record JobParts(
            Ledger ledger,
            Parties parties,
            Records records,
            Ids ids,
            BusinessClock clock,
            StepJob.Limits limits) {
        <R extends Course<R>> StepJob<R> job(String name, CourseQueue<R> queue) {
            return new StepJob<>(
                    name, queue, ledger, parties, records, ids, clock, System::nanoTime, limits);
        }
    }

    /** A callback only makes the jobs look sooner. */
    @Bean
    News news(CashOutRows rows, AftermathRows aftermaths, BusinessClock clock) {
        return (cell, caller) -> {
            rows.hasten(cell, caller, clock.now());
            aftermaths.hasten(cell, caller, clock.now());
        };
    }

    /** Attempts are counted by the course; the key is that of the step, the same for every repeat. */
    record Records(OutsideCalls calls) implements StepJob.CallRecords {
        @Override
        public Intention intention(
                Course<?> course, CashOutStep step, boolean asks, String party, Instant now) {
            return calls.intention(
                    course.cell(),
                    course.subject(),
                    step.name(),
                    course.calls() + 1,
                    asks,
                    party,
                    course.subject() + "/" + step.name().toLowerCase(java.util.Locale.ROOT),
                    now);
        }

        @Override
        public Effect<?> record(
                Intention intention, Answer<?> answer, Transcript transcript, Instant at) {
            return calls.record(intention, answer, transcript, at);
        }
    }
}
