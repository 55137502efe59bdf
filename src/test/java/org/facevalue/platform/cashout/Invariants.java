package org.facevalue.platform.cashout;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Account;
import org.facevalue.platform.ledger.AccountKind;
import org.facevalue.platform.ledger.Balance;
import org.facevalue.platform.ledger.SimulatedStore;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.quote.FeeLine.Kind;

/** What must be so at the end of a simulated run, by our rows and by the other side's books. */
final class Invariants {
    private final SimulatedStore store;
    private final SimulatedRows rows;
    private final SimulatedOthers others;
    private final Set<UUID> acknowledged;
    private final Consumer<String> violated;

    Invariants(
            SimulatedStore store,
            SimulatedRows rows,
            SimulatedOthers others,
            Set<UUID> acknowledged,
            Consumer<String> violated) {
        this.store = store;
        this.rows = rows;
        this.others = others;
        this.acknowledged = acknowledged;
        this.violated = violated;
    }

    /** What must be so after every commit, whatever is under way. */
    void always() {
        long sum = 0;
        for (Balance balance : store.balances()) {
            var kind = balance.account().kind();
            boolean debit = kind.side() == AccountKind.Side.DEBIT;
            sum += debit ? balance.balance() : -balance.balance();
            if (kind.floored() && balance.balance() < 0) violated.accept("I4: below zero: " + kind);
        }
        if (sum != 0) violated.accept("I2: money out of nothing on the way: " + sum);
        for (var row : store.rows("cash_out")) {
            var id = row.get("id").toString();
            atMostOne("charge", others.count("payments", id, "succeeded"));
            atMostOne("refund", others.count("refunds", id, "succeeded"));
            atMostOne("redemption", others.count("redemptions", id, "ACCEPTED"));
            atMostOne("payout", others.transfers(id, "-net", "BOOKED"));
            atMostOne("pay-back", others.transfers(id, "-back", "BOOKED"));
        }
    }

    private void atMostOne(String what, long count) {
        if (count > 1) violated.accept("I6: " + count + " times on the way: " + what);
    }

    void check() {
        long fees = 0;
        for (var row : store.rows("cash_out")) {
            var cashOut = rows.cash.read(new CashOutId((UUID) row.get("id"))).orElseThrow();
            ended(cashOut);
            path(cashOut.subject(), CashOutState.EDGES, null);
            for (var aftermath : rows.after.of(cashOut))
                path(aftermath.id(), AftermathState.EDGES, AftermathState.WATCHED.name());
            books(cashOut);
            whole(cashOut);
            fees +=
                    (told(cashOut, "payout-booked", Aftermath.Of.PAYOUT)
                                    - told(cashOut, "payout-returned", Aftermath.Of.PAYOUT))
                            * cashOut.terms().fee(Kind.OPERATOR).minor();
        }
        for (var id : acknowledged)
            if (store.row("cash_out", id).isEmpty()) violated.accept("I8: " + id + " is not there");
        money(fees);
    }

    /** One end, and nothing left behind. */
    private void ended(CashOut cashOut) {
        var id = cashOut.id();
        if (!cashOut.state().isEnd()) violated.accept("I2: still " + cashOut.state());
        for (var aftermath : rows.after.of(cashOut))
            if (!aftermath.state().isEnd())
                violated.accept("I2: aftermath " + aftermath.of() + " still " + aftermath.state());
        var own = account(AccountKind.CASH_OUT, id.value().toString());
        if (store.balance(own) != 0)
            violated.accept("I4: " + store.balance(own) + " left of one in " + cashOut.state());
        if (store.events(id.value()).size() != cashOut.sequence())
            violated.accept("I10: " + cashOut.sequence() + " changes");
    }

    private <S extends Enum<S>> void path(UUID subject, List<Edge<S>> edges, String begin) {
        var from = begin;
        long number = 0;
        for (var event : store.events(subject)) {
            var to = String.valueOf(event.data().get("state"));
            if (event.sequence() != ++number) violated.accept("I10: no event " + number);
            boolean first = from == null && event.type().equals("confirmed");
            var was = from;
            if (!first && edges.stream().noneMatch(e -> e.is(was, event.type(), to)))
                violated.accept("I12: " + was + " by " + event.type() + " to " + to);
            from = to;
        }
    }

    /** Each of our facts is one of theirs, and the reverse. */
    private void books(CashOut cashOut) {
        var id = cashOut.id().value().toString();
        same("charged", told(cashOut, "charged"), others.count("payments", id, "succeeded"));
        same(
                "reserved for good",
                0,
                others.count("payments", id, "reserved", "pending_validation", "processing"));
        same(
                "refunded",
                told(cashOut, "charge-refunded"),
                others.count("refunds", id, "succeeded"));
        same(
                "vouchers",
                told(cashOut, "voucher-issued"),
                others.count("orders", id, "ISSUED", "REDEEMED", "REFUNDED", "SPENT"));
        long givenBack = told(cashOut, "voucher-given-back");
        same(
                "returned",
                told(cashOut, "voucher-returned") + givenBack,
                others.count("orders", id, "REFUNDED"));
        same(
                "kept vouchers that are worth something, or were",
                told(cashOut, "voucher-kept") - givenBack,
                cashOut.state() == CashOutState.KEPT_AS_VOUCHER
                        ? others.count("orders", id, "ISSUED", "SPENT")
                        : 0);
        same("redeemed", told(cashOut, "redeemed"), others.count("redemptions", id, "ACCEPTED"));
        long net =
                told(cashOut, "payout-booked")
                        - told(cashOut, "payout-returned")
                        - told(cashOut, "payout-recovered");
        long back = told(cashOut, "paid-back") - told(cashOut, "pay-back-returned");
        same("paid out", net, others.transfers(id, "-net", "BOOKED"));
        same("paid back", back, others.transfers(id, "-back", "BOOKED"));
        same("transferred", net + back, others.count("transfers", id, "BOOKED"));
    }

    private void same(String what, long ours, long theirs) {
        if (ours != theirs)
            violated.accept("I6: " + what + ": " + ours + " with us, " + theirs + " with them");
    }

    /** The customer has the net amount for the face value, or everything back, or what was chosen: never less, whatever went wrong. */
    private void whole(CashOut cashOut) {
        var terms = cashOut.terms();
        var id = cashOut.id().value().toString();
        long face = terms.faceValue().minor();
        long billed =
                face
                        * (others.count("payments", id, "succeeded")
                                - others.count("refunds", id, "succeeded"));
        long net = others.transfers(id, "-net", "BOOKED");
        long got =
                terms.net().minor() * net
                        + face * others.transfers(id, "-back", "BOOKED")
                        + face * told(cashOut, "paid-by-hand");
        long due =
                switch (cashOut.state()) {
                    // What a bank returned later is made whole by the aftermath.
                    case PAID -> net > 0 ? billed - face + terms.net().minor() : billed;
                    case KEPT_AS_VOUCHER, KEPT_AS_CASH ->
                            told(cashOut, "voucher-given-back") > 0 ? billed : billed - face;
                    default -> billed;
                };
        if (got < due)
            violated.accept(
                    "I1: the customer of one in " + cashOut.state() + " has " + got + " of " + due);
        // What is the operator's loss may be the customer's; nothing else is.
        long lost = lost(cashOut);
        if (got > due + lost)
            violated.accept(
                    "I5: the customer of one in "
                            + cashOut.state()
                            + " has "
                            + got
                            + ", due are "
                            + due
                            + ", lost "
                            + lost);
        long wallet =
                store.balance(account(AccountKind.WALLET, terms.customer().value().toString()));
        long kept = cashOut.state() == CashOutState.KEPT_AS_CASH ? Books.cash(terms).minor() : 0;
        same("in the wallet", wallet, kept);
    }

    private long lost(CashOut cashOut) {
        long lost = 0;
        for (var aftermath : rows.after.of(cashOut))
            if (aftermath.state() == AftermathState.LOST)
                lost +=
                        aftermath.of() == Aftermath.Of.REFUND
                                ? cashOut.terms().faceValue().minor()
                                : cashOut.terms().net().minor();
        return lost;
    }

    private long told(CashOut cashOut, String type) {
        return told(cashOut, type, null);
    }

    /** By the cash-out and its aftermaths, but for those of one kind. */
    private long told(CashOut cashOut, String type, Aftermath.Of not) {
        long count = in(cashOut.subject(), type);
        for (var aftermath : rows.after.of(cashOut))
            if (aftermath.of() != not) count += in(aftermath.id(), type);
        return count;
    }

    private long in(UUID subject, String type) {
        return store.events(subject).stream().filter(e -> e.type().equals(type)).count();
    }

    private void money(long fees) {
        long sum = 0;
        for (Balance balance : store.balances()) {
            var account = balance.account();
            boolean debit = account.kind().side() == AccountKind.Side.DEBIT;
            sum += debit ? balance.balance() : -balance.balance();
            if (balance.held() != 0) violated.accept("I3: held in " + account.kind());
            if (store.posted(account) != balance.balance())
                violated.accept("I3: " + account.kind() + " is not its postings");
        }
        if (sum != 0) violated.accept("I2: money out of nothing: " + sum);
        same("operator's fees", fees, store.balance(account(AccountKind.FEE_INCOME, "operator")));
    }

    private static Account account(AccountKind kind, String subject) {
        return new Account(Cell.FIRST, kind, subject, Money.won(0).currency());
    }
}
