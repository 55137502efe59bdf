package org.facevalue.platform.quote.web;

import java.util.Currency;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.customer.DesignatedAccount;
import org.facevalue.platform.customer.DesignatedAccount.AccountId;
import org.facevalue.platform.customer.PhoneLine;
import org.facevalue.platform.customer.PhoneLine.LineId;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.jurisdiction.NotLawful;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.money.MoneyJson;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.quote.Quote;
import org.facevalue.platform.quote.QuoteId;
import org.facevalue.platform.quote.Quotes;
import org.facevalue.platform.quote.Wish;
import org.facevalue.platform.quote.Wish.Direction;
import org.facevalue.platform.voucher.Issuers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what a caller asks for, field by field. */
@Component
class Wishes {
    private static final Currency KRW = Currency.getInstance("KRW");
    private final Customers customers;
    private final Quotes quotes;
    private final Issuers issuers;

    Wishes(Customers customers, Quotes quotes, Issuers issuers) {
        this.customers = customers;
        this.quotes = quotes;
        this.issuers = issuers;
    }

    Wish of(
            Caller caller,
            @Nullable MoneyJson faceValue,
            @Nullable MoneyJson net,
            @Nullable String line,
            @Nullable String account,
            @Nullable String product) {
        if (product != null && issuers.ofProduct(product).isEmpty())
            throw Problem.field("/product", "unknown");
        if ((faceValue == null) == (net == null))
            throw Problem.field("/face_value", "either-face-value-or-net");
        return faceValue != null
                ? wish(
                        caller,
                        Direction.FACE_VALUE,
                        money(faceValue, "/face_value"),
                        line,
                        account,
                        product)
                : wish(
                        caller,
                        Direction.NET,
                        money(java.util.Objects.requireNonNull(net), "/net"),
                        line,
                        account,
                        product);
    }

    Wish ofQuery(
            Caller caller,
            @Nullable String faceValue,
            @Nullable String net,
            String currency,
            @Nullable String line,
            @Nullable String account,
            @Nullable String product) {
        return of(
                caller,
                faceValue == null
                        ? null
                        : new MoneyJson(number(faceValue, "/face_value"), currency),
                net == null ? null : new MoneyJson(number(net, "/net"), currency),
                line,
                account,
                product);
    }

    private Wish wish(
            Caller caller,
            Direction direction,
            Money amount,
            @Nullable String line,
            @Nullable String account,
            @Nullable String product) {
        return new Wish(line(caller, line), account(caller, account), direction, amount, product);
    }

    private PhoneLine line(Caller caller, @Nullable String text) {
        if (text == null) throw Problem.field("/line", "missing");
        var id = new LineId(Id.parse("pl", text).orElseThrow(() -> wrong("/line", text, "pl")));
        return customers
                .line(new CustomerId(caller.subject()), id)
                .orElseThrow(() -> Problem.field("/line", "unknown"));
    }

    private DesignatedAccount account(Caller caller, @Nullable String text) {
        if (text == null) throw Problem.field("/account", "missing");
        var id =
                new AccountId(
                        Id.parse("da", text).orElseThrow(() -> wrong("/account", text, "da")));
        return customers
                .account(new CustomerId(caller.subject()), id)
                .orElseThrow(() -> Problem.field("/account", "unknown"));
    }

    Quote quote(Caller caller, String text) {
        var id = new QuoteId(Id.parse("qt", text).orElseThrow(() -> wrong("/id", text, "qt")));
        var customer = new CustomerId(caller.subject());
        return quotes.quote(customer, id)
                .orElseThrow(
                        () ->
                                quotes.refused(customer, id)
                                        .map(NotLawful::problem)
                                        .orElseGet(() -> new Problem(ProblemCode.NOT_FOUND)));
    }

    private static Money money(MoneyJson json, String pointer) {
        return json.in(KRW)
                .filter(money -> !money.isZero())
                .orElseThrow(() -> Problem.field(pointer, "not-an-amount"));
    }

    /** Digits and nothing else: no sign, no fraction, no exponent, no other script's digits. */
    static long number(String text, String pointer) {
        if (!text.matches("[0-9]{1,15}")) throw Problem.field(pointer, "not-an-amount");
        return Long.parseLong(text);
    }

    static Problem wrong(String pointer, String text, String wanted) {
        var problem = new Problem(ProblemCode.WRONG_IDENTIFIER).at(pointer, "not-" + wanted);
        Id.kindOf(text).ifPresent(kind -> problem.with("pasted", kind));
        return problem;
    }

    static Problem outOfRange(Money smallest, Money largest) {
        return new Problem(ProblemCode.AMOUNT_OUT_OF_RANGE)
                .with("smallest", MoneyJson.of(smallest))
                .with("largest", MoneyJson.of(largest));
    }
}
