package org.facevalue.platform.wayout;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.facevalue.platform.carrier.Charges;
import org.facevalue.platform.cashout.CashOut;
import org.facevalue.platform.cashout.CashOutState;
import org.facevalue.platform.cashout.CashOuts;
import org.facevalue.platform.cashout.Withdrawals;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.PhoneLine;
import org.facevalue.platform.quote.PartyNames;
import org.facevalue.platform.voucher.Vouchers;
import org.facevalue.platform.wayout.Purchase.Voucher;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Vouchers that were bought here and kept, as purchases: what a customer would have to enter of them is known. */
@Component
public class KeptVouchers {
    private final CashOuts cashOuts;
    private final Purchases purchases;
    private final Charges charges;
    private final Vouchers vouchers;
    private final Desks desks;
    private final Ways ways;
    private final PartyNames names;
    private final MessageSource messages;

    KeptVouchers(
            CashOuts cashOuts,
            Purchases purchases,
            Charges charges,
            Vouchers vouchers,
            Desks desks,
            Ways ways,
            PartyNames names,
            MessageSource messages) {
        this.cashOuts = cashOuts;
        this.purchases = purchases;
        this.charges = charges;
        this.vouchers = vouchers;
        this.desks = desks;
        this.ways = ways;
        this.names = names;
        this.messages = messages;
    }

    /** The customer's that are no purchase yet, newest first, among the newest {@code atMost}. */
    public List<CashOut> notEntered(CustomerId customer, int atMost) {
        var states = List.of(CashOutState.KEPT_AS_VOUCHER);
        var kept = cashOuts.history(customer, states, "", null, atMost);
        var entered = purchases.madeBy(kept.stream().map(CashOut::id).toList()).keySet();
        return kept.stream().filter(cashOut -> !entered.contains(cashOut.id())).toList();
    }

    /**
     * The purchase that it is, entered where it was not.
     *
     * @param kept one whose charge stands; the voucher of one that was not kept is used
     * @param language that it is described in
     */
    public Purchase purchase(CashOut kept, Locale language) {
        var before = purchases.madeBy(List.of(kept.id())).get(kept.id());
        return before == null ? purchases.enter(asPurchase(kept, language)) : before;
    }

    /** As it would be entered. */
    Purchase asPurchase(CashOut kept, Locale language) {
        var terms = kept.terms();
        var charge = charges.of(kept.cell(), kept.id().value()).orElseThrow();
        var voucher = vouchers.of(kept.cell(), kept.id().value()).orElseThrow();
        return new Purchase(
                purchases.nextId(),
                terms.customer(),
                kept.cell(),
                terms.line(),
                kept.id(),
                names.name(terms.issuer(), language),
                messages.getMessage("wayout.voucher", null, language),
                String.valueOf(charge.paymentId()),
                // The day that the bill has: the voucher was kept later.
                ways.day(kept.confirmedAt()),
                terms.faceValue(),
                Withdrawals.isOpen(kept)
                        ? new Voucher(
                                terms.issuer(),
                                Objects.requireNonNull(voucher.expiresOn()),
                                terms.faceValue(),
                                terms.faceValue())
                        : null);
    }

    /** Whether the number on the line's bill is that of a charge of ours: it is undone here, with what was bought by it, and nowhere else. */
    public boolean isOurs(PhoneLine line, String number) {
        return desks.ofLine(line.number())
                .filter(desk -> charges.isOurs(desk.code(), number))
                .isPresent();
    }
}
