package org.facevalue.platform.quote;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.DesignatedAccount.AccountId;
import org.facevalue.platform.customer.PhoneLine.LineId;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.money.Money;

/**
 * What is agreed to, every won of it.
 *
 * @param payee the account and its holder, masked, as the customer reads them
 * @param annualCostBps see {@code AnnualCost}; for display
 * @param billDueOn in the jurisdiction's zone
 * @param lateFee what paying the bill late would add
 * @param mayHold whether the customer may keep the voucher or the money when the conversion or the payout cannot be had
 * @param jurisdiction whose rules permit it, with the version of the pack and the numbers of the rules
 */
public record Terms(
        QuoteId id,
        Cell cell,
        CustomerId customer,
        LineId line,
        AccountId account,
        String carrier,
        String product,
        String issuer,
        String provider,
        String bank,
        String payee,
        Money faceValue,
        List<FeeLine> lines,
        Money net,
        long annualCostBps,
        LocalDate billDueOn,
        Money lateFee,
        boolean mayHold,
        String jurisdiction,
        String packVersion,
        List<String> rules,
        Instant offeredAt,
        Instant expiresAt) {

    /** The fee of that kind. */
    public Money fee(FeeLine.Kind kind) {
        return lines.stream()
                .filter(line -> line.kind() == kind)
                .map(FeeLine::amount)
                .reduce(Money.zero(faceValue.currency()), Money::plus);
    }

    public Money cost() {
        return faceValue.minus(net);
    }
}
