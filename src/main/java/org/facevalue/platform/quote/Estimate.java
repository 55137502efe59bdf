package org.facevalue.platform.quote;

import java.time.LocalDate;
import java.util.List;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.provider.Provider;

/** What a provider would leave of an amount now. No quote: it has no identifier and cannot be confirmed. */
public record Estimate(
        Provider provider,
        Money faceValue,
        List<FeeLine> lines,
        Money net,
        long annualCostBps,
        LocalDate billDueOn) {

    public Money cost() {
        return faceValue.minus(net);
    }
}
