package org.facevalue.platform.cashout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.facevalue.platform.ledger.Account;
import org.facevalue.platform.ledger.AccountKind;
import org.facevalue.platform.ledger.Movement;
import org.facevalue.platform.ledger.Movement.Hold;
import org.facevalue.platform.ledger.Movement.Posting;
import org.facevalue.platform.ledger.Movement.Release;
import org.facevalue.platform.ledger.Movement.Settle;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.quote.FeeLine.Kind;
import org.facevalue.platform.quote.Terms;
import org.facevalue.platform.wallet.WalletId;
import org.facevalue.platform.wallet.Wallets;

/**
 * The postings of every edge. Until the end every won stands in the cash-out's own account, so that every way back is a posting or two, and no fee is
 * income before it is paid for.
 */
final class Books {
    private final CashOutId cashOut;
    private final Terms terms;

    Books(CashOut cashOut) {
        this(cashOut.id(), cashOut.terms());
    }

    Books(CashOutId cashOut, Terms terms) {
        this.cashOut = cashOut;
        this.terms = terms;
    }

    /** The carrier owes us the face value; we owe it to the customer. */
    List<Movement> charged() {
        return List.of(new Posting(carrier(), own(), terms.faceValue()));
    }

    /** A voucher of that value is here; we owe it to the issuer. */
    List<Movement> voucherIssued() {
        return List.of(new Posting(vouchers(), issuer(), terms.faceValue()));
    }

    /** The provider owes us for the voucher; the net amount is set aside for the payout. */
    List<Movement> redeemed() {
        return List.of(
                new Posting(provider(), vouchers(), terms.faceValue()),
                new Hold(payoutHold(), own(), terms.net()));
    }

    /** The net amount has left the bank; each fee goes to whoever earned it, and the own account is empty. */
    List<Movement> paid() {
        var movements = new ArrayList<Movement>();
        movements.add(new Settle(payoutHold(), own(), bank(), terms.net()));
        fee(movements, Kind.CARRIER, own(), carrier());
        fee(movements, Kind.ISSUER, own(), issuer());
        fee(movements, Kind.PROVIDER, own(), provider());
        fee(movements, Kind.OPERATOR, own(), account(AccountKind.FEE_INCOME, "operator"));
        fee(movements, Kind.BANK, own(), bank());
        return movements;
    }

    /** No payout: the amount is free again, and what issuer and provider have earned is the operator's loss, not the customer's. */
    List<Movement> payoutFailed() {
        var movements = new ArrayList<Movement>();
        movements.add(new Release(payoutHold(), own(), terms.net()));
        fee(movements, Kind.ISSUER, loss(), issuer());
        fee(movements, Kind.PROVIDER, loss(), provider());
        return movements;
    }

    /** The voucher is handed over at its face value; what carrier and issuer have earned is the operator's loss. */
    List<Movement> keptAsVoucher() {
        var movements = new ArrayList<Movement>();
        movements.add(new Posting(own(), vouchers(), terms.faceValue()));
        fee(movements, Kind.CARRIER, loss(), carrier());
        fee(movements, Kind.ISSUER, loss(), issuer());
        return movements;
    }

    /** What others have earned is taken off, and the rest is the customer's: no transfer was made, and nothing is income but of what was paid out. */
    List<Movement> keptAsCash(WalletId wallet) {
        var movements = new ArrayList<Movement>();
        fee(movements, Kind.CARRIER, own(), carrier());
        // Written off when the payout failed.
        fee(movements, Kind.ISSUER, own(), loss());
        fee(movements, Kind.PROVIDER, own(), loss());
        movements.add(
                new Posting(
                        own(),
                        Wallets.account(terms.cell(), wallet, terms.faceValue().currency()),
                        cash(terms)));
        return movements;
    }

    /** What a customer keeps who takes the money into a wallet. */
    static Money cash(Terms terms) {
        var cash = terms.net();
        for (var line : terms.lines())
            if (!isTakenOffKept(line.kind())) cash = cash.plus(line.amount());
        return cash;
    }

    /** Whether that fee was earned when money is kept in a wallet: not the bank's, which made no transfer, and not ours. */
    static boolean isTakenOffKept(Kind kind) {
        return kind != Kind.OPERATOR && kind != Kind.BANK;
    }

    /** The customer has handed a kept voucher back, the issuer has taken it, and all is as if it had never been handed over. */
    List<Movement> voucherGivenBack() {
        var movements = new ArrayList<Movement>();
        movements.add(new Posting(vouchers(), own(), terms.faceValue()));
        fee(movements, Kind.CARRIER, carrier(), loss());
        fee(movements, Kind.ISSUER, issuer(), loss());
        movements.addAll(voucherReturned());
        return movements;
    }

    /** The issuer has the voucher back, and we owe it nothing. */
    List<Movement> voucherReturned() {
        return List.of(new Posting(issuer(), vouchers(), terms.faceValue()));
    }

    /** The issuer would not take it back: a claim on the issuer. */
    List<Movement> voucherNotReturned() {
        return List.of(
                new Posting(
                        account(AccountKind.CLAIM, terms.issuer()), vouchers(), terms.faceValue()));
    }

    /** Off the bill: the carrier owes us nothing, and we owe nothing to the customer. */
    List<Movement> refunded() {
        return List.of(new Posting(own(), carrier(), terms.faceValue()));
    }

    /** The customer got the full face value from the bank; the carrier's and the bank's fee are the operator's loss. */
    List<Movement> paidBack() {
        var movements = new ArrayList<Movement>();
        movements.add(new Posting(own(), bank(), terms.faceValue()));
        fee(movements, Kind.CARRIER, loss(), carrier());
        fee(movements, Kind.BANK, loss(), bank());
        return movements;
    }

    /** The carrier refunds after the bank has paid back: the customer has it twice, and the operator bears it. */
    List<Movement> refundedToo() {
        var movements = new ArrayList<Movement>();
        movements.add(takenOffTheBill(terms.faceValue()));
        // Its fee was written off when the bank paid back, and is in what it refunds.
        movements.addAll(carriersFeeBack());
        return movements;
    }

    /** The carrier takes that much of a charge off the bill after all was done: the operator bears it. */
    Movement takenOffTheBill(Money taken) {
        return new Posting(loss(), carrier(), taken);
    }

    /** It has taken off everything, and its fee with it. */
    List<Movement> carriersFeeBack() {
        var movements = new ArrayList<Movement>();
        fee(movements, Kind.CARRIER, carrier(), loss());
        return movements;
    }

    /** The issuer takes the voucher back after all: the claim is settled against what we owe it. */
    List<Movement> voucherReturnedAfterAll() {
        return List.of(
                new Posting(
                        issuer(), account(AccountKind.CLAIM, terms.issuer()), terms.faceValue()));
    }

    /** The provider has redeemed a voucher that the issuer would not take back: the claim is on the provider, who keeps its fee. */
    List<Movement> redeemedAfterAll() {
        var movements = new ArrayList<Movement>();
        movements.add(
                new Posting(
                        provider(), account(AccountKind.CLAIM, terms.issuer()), terms.faceValue()));
        fee(movements, Kind.ISSUER, loss(), issuer());
        fee(movements, Kind.PROVIDER, loss(), provider());
        return movements;
    }

    /** The bank has paid out after the customer was made whole: the net amount is claimed back through it. */
    List<Movement> paidTwice() {
        var movements = new ArrayList<Movement>();
        movements.add(new Posting(claimOnPayee(), bank(), terms.net()));
        fee(movements, Kind.BANK, loss(), bank());
        return movements;
    }

    /** The bank has it back. */
    List<Movement> recalled() {
        return List.of(new Posting(bank(), claimOnPayee(), terms.net()));
    }

    /** It stays with the customer. */
    List<Movement> notRecalled() {
        return List.of(new Posting(loss(), claimOnPayee(), terms.net()));
    }

    /** It came back all the same: the loss is undone. */
    List<Movement> recovered() {
        return List.of(new Posting(bank(), loss(), terms.net()));
    }

    /** The bank returns what it had booked: the whole face value is the customer's again. What others have earned is the operator's loss. */
    List<Movement> payoutReturned() {
        var movements = new ArrayList<Movement>();
        movements.add(new Posting(bank(), own(), terms.net()));
        fee(movements, Kind.CARRIER, carrier(), own());
        fee(movements, Kind.ISSUER, loss(), own());
        fee(movements, Kind.PROVIDER, loss(), own());
        fee(movements, Kind.OPERATOR, account(AccountKind.FEE_INCOME, "operator"), own());
        fee(movements, Kind.BANK, loss(), own());
        return movements;
    }

    /** The full face value came back: it is owed to the customer again. */
    List<Movement> payBackReturned() {
        return List.of(new Posting(bank(), own(), terms.faceValue()));
    }

    /** A person has paid the full face value out of the safeguarding account in another way; the carrier keeps its fee. */
    List<Movement> paidByHand() {
        var movements = new ArrayList<>(paidAgainByHand());
        fee(movements, Kind.CARRIER, loss(), carrier());
        return movements;
    }

    /** The same where what had been paid back came back: the fees stand already. */
    List<Movement> paidAgainByHand() {
        return List.of(new Posting(own(), bank(), terms.faceValue()));
    }

    /** What came back is the operator's, who had borne it when the carrier refunded as well. */
    List<Movement> wholeAlready() {
        return List.of(new Posting(own(), loss(), terms.faceValue()));
    }

    private Account claimOnPayee() {
        return account(AccountKind.CLAIM, terms.bank());
    }

    private void fee(List<Movement> movements, Kind kind, Account from, Account to) {
        Money fee = terms.fee(kind);
        if (!fee.isZero()) movements.add(new Posting(from, to, fee));
    }

    private UUID payoutHold() {
        return UUID.nameUUIDFromBytes(
                (cashOut.value() + "/payout").getBytes(StandardCharsets.UTF_8));
    }

    Account own() {
        return account(AccountKind.CASH_OUT, cashOut.value().toString());
    }

    private Account carrier() {
        return account(AccountKind.CARRIER_RECEIVABLE, terms.carrier());
    }

    private Account vouchers() {
        return account(AccountKind.VOUCHERS_HELD, terms.issuer());
    }

    private Account issuer() {
        return account(AccountKind.ISSUER_PAYABLE, terms.issuer());
    }

    private Account provider() {
        return account(AccountKind.PROVIDER_RECEIVABLE, terms.provider());
    }

    private Account bank() {
        return account(AccountKind.SAFEGUARDING_BANK, terms.bank());
    }

    private Account loss() {
        return account(AccountKind.OPERATOR_LOSS, "operator");
    }

    private Account account(AccountKind kind, String subject) {
        return new Account(terms.cell(), kind, subject, terms.faceValue().currency());
    }
}
