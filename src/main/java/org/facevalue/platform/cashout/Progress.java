package org.facevalue.platform.cashout;

import java.time.Instant;
import java.util.Locale;
import org.facevalue.platform.problem.MoneyState;
import org.jspecify.annotations.Nullable;

/**
 * Who must act, since when and until when, and what happened to the money: what a waiting person wants to know.
 *
 * @param waitingFor {@code platform}, {@code outside}, {@code customer}, {@code staff}, or null at an end
 * @param party the code of the outside party that is asked, or null
 * @param unknown whether an outcome is open: it is being checked, and nothing is repeated
 */
public record Progress(
        @Nullable String waitingFor,
        @Nullable String party,
        Instant since,
        @Nullable Instant until,
        boolean unknown,
        MoneyState money) {

    /** Of a cash-out as it stands. */
    public static Progress of(CashOut cashOut) {
        var terms = cashOut.terms();
        var state = cashOut.state();
        String party =
                switch (state) {
                    case CHARGING, RESERVED, RELEASING, REFUNDING -> terms.carrier();
                    case CHARGED, RETURNING_VOUCHER -> terms.issuer();
                    case VOUCHER_HELD -> terms.provider();
                    case REDEEMED, PAYING_BACK -> terms.bank();
                    case CODE_WANTED,
                            VOUCHER_OFFERED,
                            CASH_OFFERED,
                            PAID,
                            NOT_CHARGED,
                            REFUNDED,
                            KEPT_AS_VOUCHER,
                            KEPT_AS_CASH ->
                            null;
                };
        String waitingFor =
                state.isEnd()
                        ? null
                        : state == CashOutState.CODE_WANTED
                                        || state.way() == CashOutState.Way.OFFERED
                                ? "customer"
                                : cashOut.dueAt() == null
                                        ? "staff"
                                        : cashOut.attempt().sentAt() == null
                                                ? "platform"
                                                : "outside";
        return new Progress(
                waitingFor,
                party,
                cashOut.stateSince(),
                state.isEnd() ? null : cashOut.deadline(),
                cashOut.attempt().asking(),
                money(cashOut));
    }

    private static MoneyState money(CashOut cashOut) {
        return switch (cashOut.state()) {
            case CHARGING ->
                    cashOut.attempt().sentAt() == null
                            ? MoneyState.NOT_CHARGED
                            : MoneyState.UNKNOWN;
            case CODE_WANTED, NOT_CHARGED -> MoneyState.NOT_CHARGED;
            case RESERVED, RELEASING ->
                    cashOut.attempt().sentAt() == null ? MoneyState.RESERVED : MoneyState.UNKNOWN;
            case CHARGED,
                    VOUCHER_HELD,
                    REDEEMED,
                    VOUCHER_OFFERED,
                    CASH_OFFERED,
                    PAID,
                    RETURNING_VOUCHER,
                    REFUNDING,
                    PAYING_BACK,
                    KEPT_AS_VOUCHER,
                    KEPT_AS_CASH ->
                    MoneyState.CHARGED;
            case REFUNDED -> MoneyState.REFUNDED;
        };
    }

    /** {@code not_charged}. */
    public String moneyCode() {
        return money.name().toLowerCase(Locale.ROOT);
    }
}
