package org.facevalue.platform.quote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facevalue.platform.money.BasisPoints;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.money.Rounding;

/**
 * What everyone takes of a face value. Pure arithmetic: each fee is its exact share rounded down (what the customer pays), the net is what remains.
 *
 * @param fixed taken whatever the face value, by the bank
 * @param unit face values are multiples of it, in minor units
 */
record Pricing(List<Rate> rates, Fixed fixed, long unit) {

    record Rate(FeeLine.Kind kind, String payee, BasisPoints bps, String rule) {}

    record Fixed(String payee, Money amount, String rule) {}

    record Priced(Money faceValue, List<FeeLine> lines, Money net) {}

    /** The lines of that face value; empty when the fees would take it all. */
    Optional<Priced> of(Money faceValue) {
        var lines = new ArrayList<FeeLine>();
        var left = faceValue;
        for (var rate : rates) {
            var fee = faceValue.share(rate.bps(), Rounding.CUSTOMER_PAYS);
            if (fee.compareTo(left) >= 0) return Optional.empty();
            left = left.minus(fee);
            lines.add(new FeeLine(rate.kind(), rate.payee(), fee, rate.bps().value(), rate.rule()));
        }
        if (fixed.amount().compareTo(left) >= 0) return Optional.empty();
        left = left.minus(fixed.amount());
        lines.add(new FeeLine(FeeLine.Kind.BANK, fixed.payee(), fixed.amount(), 0, fixed.rule()));
        return Optional.of(new Priced(faceValue, List.copyOf(lines), left));
    }

    /** The smallest face value, at most {@code largest}, that leaves at least {@code net}: the net never falls when the face value grows. */
    Optional<Priced> reaching(Money net, Money largest) {
        long low = net.minor() / unit;
        long high = largest.minor() / unit;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (reaches(middle, net)) high = middle;
            else low = middle + 1;
        }
        return reaches(high, net) ? of(units(high, net)) : Optional.empty();
    }

    private boolean reaches(long units, Money net) {
        return of(units(units, net)).filter(priced -> priced.net().compareTo(net) >= 0).isPresent();
    }

    private Money units(long units, Money net) {
        return new Money(units * unit, net.currency());
    }
}
