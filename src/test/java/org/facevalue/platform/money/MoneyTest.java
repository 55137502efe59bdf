package org.facevalue.platform.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Currency;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MoneyTest {
    @Property
    void a_fee_never_exceeds_its_exact_share_and_falls_short_by_less_than_one_won(
            @ForAll @LongRange(min = 1, max = 1_000_000_000) long faceValue,
            @ForAll @IntRange(max = 10_000) int rate) {
        var fee = Money.won(faceValue).share(new BasisPoints(rate), Rounding.CUSTOMER_PAYS);
        assertThat(faceValue * rate - fee.minor() * 10_000).isBetween(0L, 9_999L);
    }

    @Property
    void
            what_a_customer_gets_is_never_less_than_the_exact_share_and_exceeds_it_by_less_than_one_won(
                    @ForAll @LongRange(min = 1, max = 1_000_000_000) long faceValue,
                    @ForAll @IntRange(max = 10_000) int rate) {
        var share = Money.won(faceValue).share(new BasisPoints(rate), Rounding.CUSTOMER_GETS);
        assertThat(share.minor() * 10_000 - faceValue * rate).isBetween(0L, 9_999L);
    }

    @Property
    void allocating_loses_nothing_and_nobody_is_a_won_away_from_their_exact_part(
            @ForAll @LongRange(min = 0, max = Money.LARGEST) long whole,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 1_000) Integer> weights) {
        var parts = Money.won(whole).allocate(weights);
        assertThat(parts.stream().mapToLong(Money::minor).sum()).isEqualTo(whole);
        long total = weights.stream().mapToLong(Integer::longValue).sum();
        for (int i = 0; i < parts.size(); i++) {
            var exact =
                    java.math.BigInteger.valueOf(whole)
                            .multiply(java.math.BigInteger.valueOf(weights.get(i)));
            var twice =
                    java.math.BigInteger.valueOf(parts.get(i).minor())
                            .multiply(java.math.BigInteger.valueOf(total));
            assertThat(twice.subtract(exact).abs())
                    .isLessThanOrEqualTo(java.math.BigInteger.valueOf(total));
        }
    }

    @Test
    void nobody_without_a_weight_gets_anything() {
        assertThat(Money.won(7).allocate(List.of(0, 2, 0, 1)))
                .containsExactly(Money.won(0), Money.won(5), Money.won(0), Money.won(2));
    }

    @Test
    void an_amount_is_never_negative() {
        assertThatThrownBy(() -> Money.won(-1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.won(1).minus(Money.won(2)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void a_sum_that_overflows_is_refused() {
        assertThatThrownBy(() -> Money.won(Long.MAX_VALUE).plus(Money.won(1)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void two_currencies_never_meet() {
        var euro = new Money(1, Currency.getInstance("EUR"));
        assertThatThrownBy(() -> Money.won(1).plus(euro)).isInstanceOf(CurrencyMismatch.class);
        assertThatThrownBy(() -> Money.won(1).compareTo(euro)).isInstanceOf(CurrencyMismatch.class);
    }
}
