package org.facevalue.platform.wayout.web;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import org.facevalue.platform.cashout.CashOut;
import org.facevalue.platform.cashout.CashOutId;
import org.facevalue.platform.cashout.CashOuts;
import org.facevalue.platform.cashout.Contests;
import org.facevalue.platform.cashout.Withdrawals;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.customer.DesignatedAccount.AccountId;
import org.facevalue.platform.customer.PhoneLine.LineId;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.money.MoneyJson;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.wayout.Desks;
import org.facevalue.platform.wayout.KeptVouchers;
import org.facevalue.platform.wayout.Kind;
import org.facevalue.platform.wayout.Purchase;
import org.facevalue.platform.wayout.Purchase.PurchaseId;
import org.facevalue.platform.wayout.Purchase.Voucher;
import org.facevalue.platform.wayout.Purchases;
import org.facevalue.platform.wayout.WayOut;
import org.facevalue.platform.wayout.WayOutId;
import org.facevalue.platform.wayout.WayOuts;
import org.facevalue.platform.wayout.Ways;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Reads what customers enter, with suspicion; the same for the API and the pages. */
@Component
class Entries {
    private static final int LONGEST = 80;
    private static final int OLDEST_YEARS = 6;
    private static final long LARGEST = 10_000_000;
    private final Customers customers;
    private final Purchases purchases;
    private final WayOuts wayOuts;
    private final Ways ways;
    private final Desks desks;
    private final CashOuts cashOuts;
    private final KeptVouchers keptVouchers;
    private final Contests contests;

    Entries(
            Customers customers,
            Purchases purchases,
            WayOuts wayOuts,
            Ways ways,
            Desks desks,
            CashOuts cashOuts,
            KeptVouchers keptVouchers,
            Contests contests) {
        this.contests = contests;
        this.customers = customers;
        this.purchases = purchases;
        this.wayOuts = wayOuts;
        this.ways = ways;
        this.desks = desks;
        this.cashOuts = cashOuts;
        this.keptVouchers = keptVouchers;
    }

    /** A purchase as it is entered, or the cash-out that it was made by and nothing else. Days are ISO 8601, in the zone of the served jurisdiction. */
    record NewPurchase(
            @Nullable String cashOut,
            @Nullable String line,
            @Nullable String seller,
            @Nullable String article,
            @Nullable String number,
            @Nullable String boughtOn,
            @Nullable MoneyJson amount,
            @Nullable NewVoucher voucher) {}

    /** {@code faceValue}: absent where it is what was paid. */
    record NewVoucher(
            @Nullable String issuer,
            @Nullable String expiresOn,
            @Nullable MoneyJson faceValue,
            @Nullable MoneyJson balance) {}

    /** @param language that a purchase which was made here is described in */
    Purchase enter(Caller caller, NewPurchase entered, Locale language) {
        var customer = new CustomerId(caller.subject());
        if (entered.cashOut() != null) return madeHere(customer, entered, language);
        var line = entered.line() == null ? null : line(customer, entered.line());
        var seller = text("/seller", entered.seller());
        var article = text("/article", entered.article());
        var number = entered.number();
        // Of signs alone two numbers would be one.
        if (number == null || !number.matches("(?=.*[0-9A-Za-z])[!-~]{1,64}"))
            throw Problem.field("/number", number == null ? "missing" : "not-a-number");
        if (line != null
                && customers
                        .line(customer, line)
                        .filter(known -> keptVouchers.isOurs(known, number))
                        .isPresent()) throw Problem.field("/number", "made-here");
        var today = ways.today();
        var boughtOn = day("/bought_on", entered.boughtOn());
        if (boughtOn.isAfter(today)) throw Problem.field("/bought_on", "in-the-future");
        if (boughtOn.isBefore(today.minusYears(OLDEST_YEARS)))
            throw Problem.field("/bought_on", "too-old");
        var amount = money("/amount", entered.amount(), 1);
        var voucher = entered.voucher() == null ? null : voucher(entered.voucher(), amount);
        if (line == null && voucher == null) throw Problem.field("/line", "missing");
        return purchases.enter(
                new Purchase(
                        purchases.nextId(),
                        customer,
                        customers.cellOf(customer),
                        line,
                        null,
                        seller,
                        article,
                        number,
                        boughtOn,
                        amount,
                        voucher));
    }

    private Purchase madeHere(CustomerId customer, NewPurchase entered, Locale language) {
        var alone = new NewPurchase(entered.cashOut(), null, null, null, null, null, null, null);
        if (!entered.equals(alone)) throw Problem.field("/cash_out", "not-alone");
        return madeHere(customer, String.valueOf(entered.cashOut()), language)
                .orElseThrow(() -> Problem.field("/cash_out", "unknown"));
    }

    /** Empty where the customer has no such cash-out. */
    private Optional<Purchase> madeHere(CustomerId customer, String cashOut, Locale language) {
        return Id.parse("co", cashOut)
                .flatMap(id -> cashOuts.of(customer, new CashOutId(id)))
                .map(found -> kept(found, language));
    }

    private Purchase kept(CashOut cashOut, Locale language) {
        if (!Contests.isCharged(cashOut)) throw new Problem(ProblemCode.NO_VOUCHER_KEPT);
        if (!Withdrawals.isOpen(cashOut) && !contests.isOpen(cashOut))
            throw new Problem(ProblemCode.STILL_SETTLING);
        return keptVouchers.purchase(cashOut, language);
    }

    private Voucher voucher(NewVoucher entered, Money amount) {
        var issuer = entered.issuer();
        if (issuer == null
                || desks.issuers().stream().noneMatch(desk -> desk.code().equals(issuer)))
            throw Problem.field("/voucher/issuer", issuer == null ? "missing" : "unknown");
        var faceValue =
                entered.faceValue() == null
                        ? amount
                        : money("/voucher/face_value", entered.faceValue(), 1);
        var balance = money("/voucher/balance", entered.balance(), 0);
        if (balance.compareTo(faceValue) > 0)
            throw Problem.field("/voucher/balance", "more-than-face-value");
        var expiresOn = day("/voucher/expires_on", entered.expiresOn());
        return new Voucher(issuer, expiresOn, faceValue, balance);
    }

    private LineId line(CustomerId customer, String text) {
        return Id.parse("pl", text)
                .map(LineId::new)
                .filter(id -> customers.line(customer, id).isPresent())
                .orElseThrow(() -> Problem.field("/line", "unknown"));
    }

    /** The customer's account, or null where none is named. */
    @Nullable AccountId account(Caller caller, @Nullable String text) {
        if (text == null || text.isEmpty()) return null;
        return Id.parse("da", text)
                .map(AccountId::new)
                .filter(id -> customers.account(new CustomerId(caller.subject()), id).isPresent())
                .orElseThrow(() -> Problem.field("/account", "unknown"));
    }

    private static String text(String pointer, @Nullable String text) {
        if (text == null || text.isBlank()) throw Problem.field(pointer, "missing");
        var stripped = text.strip();
        if (stripped.length() > LONGEST) throw Problem.field(pointer, "length");
        if (stripped.codePoints().anyMatch(Entries::isNoText))
            throw Problem.field(pointer, "not-text");
        return stripped;
    }

    private static boolean isNoText(int point) {
        return Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE;
    }

    private static LocalDate day(String pointer, @Nullable String text) {
        if (text == null || text.isBlank()) throw Problem.field(pointer, "missing");
        try {
            var day = LocalDate.parse(text);
            if (day.getYear() < 1990 || day.getYear() > 2200)
                throw Problem.field(pointer, "out-of-range");
            return day;
        } catch (DateTimeParseException e) {
            throw Problem.field(pointer, "not-a-day");
        }
    }

    private static Money money(String pointer, @Nullable MoneyJson json, long least) {
        if (json == null) throw Problem.field(pointer, "missing");
        if (!"KRW".equals(json.currency())) throw Problem.field(pointer + "/currency", "not-krw");
        var minor = json.amount();
        if (minor == null || minor < least || minor > LARGEST)
            throw Problem.field(pointer + "/amount", "out-of-range");
        return new Money(minor, Currency.getInstance("KRW"));
    }

    Purchase purchase(Caller caller, @Nullable String text) {
        if (text == null) throw Problem.field("/purchase", "missing");
        return Id.parse("pu", text)
                .flatMap(id -> purchases.of(new CustomerId(caller.subject()), new PurchaseId(id)))
                .orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND));
    }

    /** A file that was added, as the customer has sent it. {@code number}: which of them, from 1. */
    ResponseEntity<byte[]> evidence(Caller caller, String id, int number) {
        var purchase = purchase(caller, id);
        var all = purchases.evidence(purchase);
        if (number < 1 || number > all.size()) throw new Problem(ProblemCode.NOT_FOUND);
        var evidence = all.get(number - 1);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(evidence.type().mediaType()))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"evidence-"
                                + number
                                + "."
                                + evidence.type().ending()
                                + "\"")
                .body(purchases.content(purchase, evidence));
    }

    /** What a way out is asked for: a purchase, or the cash-out that it was made by, which is entered with that. */
    Purchase asked(Caller caller, @Nullable String text, Locale language) {
        return text != null && text.startsWith("co_")
                ? madeHere(new CustomerId(caller.subject()), text, language)
                        .orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND))
                : purchase(caller, text);
    }

    WayOut wayOut(Caller caller, String text) {
        return Id.parse("wo", text)
                .flatMap(id -> wayOuts.of(new CustomerId(caller.subject()), new WayOutId(id)))
                .orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND));
    }

    /** Only the customer can know it, and what is said in their name is what they have said. */
    static void stated(Kind kind, @Nullable String stated) {
        if (!kind.statement().isEmpty() && !kind.statement().equals(stated))
            throw Problem.field("/stated", stated == null ? "missing" : "another-kind");
    }

    static Kind kind(@Nullable String text) {
        if (text == null) throw Problem.field("/kind", "missing");
        for (var kind : Kind.values()) if (kind.word().equals(text)) return kind;
        throw Problem.field("/kind", "unknown");
    }

    void addEvidence(Purchase purchase, String name, @Nullable String type, byte[] content) {
        if (content.length == 0) throw Problem.field("/file", "empty");
        if (content.length > Purchases.LARGEST_EVIDENCE) throw Problem.field("/file", "too-large");
        var shown = text("/name", name);
        switch (purchases.addEvidence(purchase, shown, type == null ? "" : type, content)) {
            case DONE -> {}
            case WRONG_TYPE -> throw new Problem(ProblemCode.EVIDENCE_TYPE);
            case TOO_MANY -> throw new Problem(ProblemCode.EVIDENCE_TOO_MUCH);
        }
    }
}
