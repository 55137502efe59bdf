package org.facevalue.platform.quote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.facevalue.platform.money.BasisPoints;
import org.facevalue.platform.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricingTest {
    private static final Money LARGEST = Money.won(500_000);

    @Test
    void every_won_of_a_worked_example_is_where_it_should_be() {
        var priced = pricing(300, 100, 320, 80, 240, 10).of(Money.won(47_000)).orElseThrow();
        assertThat(priced.lines().stream().map(FeeLine::amount))
                .containsExactly(
                        Money.won(1_410),
                        Money.won(470),
                        Money.won(1_504),
                        Money.won(376),
                        Money.won(240));
        assertThat(priced.net()).isEqualTo(Money.won(43_000));
    }

    @Property
    void the_lines_and_the_net_are_the_face_value(
            @ForAll @LongRange(min = 1_000, max = 500_000) long faceValue,
            @ForAll @IntRange(max = 2_000) int carrier,
            @ForAll @IntRange(max = 2_000) int provider,
            @ForAll @LongRange(min = 0, max = 300) long bank) {
        var priced =
                pricing(carrier, 100, provider, 80, bank, 1).of(Money.won(faceValue)).orElseThrow();
        var sum = priced.lines().stream().map(FeeLine::amount).reduce(priced.net(), Money::plus);
        assertThat(sum).isEqualTo(Money.won(faceValue));
    }

    @Property
    void the_face_value_for_a_net_is_the_smallest_that_reaches_it(
            @ForAll @LongRange(min = 1, max = 400_000) long net,
            @ForAll @IntRange(max = 1_500) int provider) {
        var pricing = pricing(300, 100, provider, 80, 240, 10);
        pricing.reaching(Money.won(net), LARGEST)
                .ifPresent(
                        priced -> {
                            assertThat(priced.net().minor()).isGreaterThanOrEqualTo(net);
                            assertThat(priced.faceValue().minor() % 10).isZero();
                            var smaller = pricing.of(priced.faceValue().minus(Money.won(10)));
                            assertThat(
                                            smaller.map(Pricing.Priced::net)
                                                    .map(Money::minor)
                                                    .orElse(0L))
                                    .isLessThan(net);
                        });
    }

    @Test
    void a_net_that_no_face_value_leaves_has_no_quote() {
        assertThat(pricing(300, 100, 320, 80, 240, 10).reaching(Money.won(499_999), LARGEST))
                .isEmpty();
    }

    @Test
    void fees_that_would_take_it_all_have_no_quote() {
        assertThat(pricing(300, 100, 320, 80, 240, 10).of(Money.won(240))).isEmpty();
    }

    @ParameterizedTest(name = "{1} now for {0} in {2} days costs {3} basis points a year")
    @CsvSource({
        // 80,000 now for 100,000 billed in 40 days: (100000/80000)^(365/40) − 1 = 666.1 %
        "100000, 80000, 40, 66613",
        "47000, 43000, 28, 21883",
        "50000, 50000, 30, 0",
        "100000, 80000, 1, 100000000",
        // Due today counts as one day, and one day at a fifth saturates.
        "100000, 80000, 0, 100000000",
        "10001, 10000, 365, 1",
    })
    void the_effective_annual_cost_is_that_of_the_directive(
            long faceValue, long net, long days, long bps) {
        assertThat(AnnualCost.bps(Money.won(faceValue), Money.won(net), days)).isEqualTo(bps);
    }

    private static Pricing pricing(
            int carrier, int issuer, int provider, int operator, long bank, long unit) {
        return new Pricing(
                List.of(
                        rate(FeeLine.Kind.CARRIER, carrier),
                        rate(FeeLine.Kind.ISSUER, issuer),
                        rate(FeeLine.Kind.PROVIDER, provider),
                        rate(FeeLine.Kind.OPERATOR, operator)),
                new Pricing.Fixed("bank", Money.won(bank), "bank-tariff"),
                unit);
    }

    private static Pricing.Rate rate(FeeLine.Kind kind, int bps) {
        return new Pricing.Rate(kind, kind.name(), new BasisPoints(bps), "rule");
    }
}
