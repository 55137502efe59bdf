package org.facevalue.platform.cashout;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.carrier.CarrierProfile;
import org.facevalue.platform.carrier.Charge;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.SimulatedStore;
import org.facevalue.platform.money.BasisPoints;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.outside.Claim;
import org.facevalue.platform.payout.Bank;
import org.facevalue.platform.payout.Payouts;
import org.facevalue.platform.provider.Provider;
import org.facevalue.platform.quote.Terms;
import org.facevalue.platform.voucher.Issuer;
import org.facevalue.platform.voucher.Voucher;

/** Reads the simulated store as the rooms read their tables. */
final class SimulatedRows implements PartyRows {
    static final Duration LEASE = Duration.ofSeconds(10);
    static final String LINE = "+999100100001";
    private final SimulatedStore store;
    private final Map<UUID, Terms> terms = new HashMap<>();
    final Cash cash = new Cash();
    final After after = new After();

    SimulatedRows(SimulatedStore store) {
        this.store = store;
    }

    void agreed(Terms agreed) {
        terms.put(agreed.id().value(), agreed);
    }

    /** The table {@code cash_out}: writing as in production, reading from the simulated store. */
    final class Cash extends CashOutRows {
        private Cash() {
            super(null, null, LEASE);
        }

        @Override
        public List<Claim> claimDue(Instant now, int atMost) {
            return store.claimDue("cash_out", now, LEASE, atMost);
        }

        @Override
        public Optional<CashOut> read(Claim claimed) {
            return read(new CashOutId(claimed.id()));
        }

        @Override
        Optional<CashOut> read(CashOutId id) {
            var row = store.row("cash_out", id.value());
            return row.isEmpty() ? Optional.empty() : Optional.of(cashOut(row));
        }
    }

    /** The table {@code aftermath}, likewise. */
    final class After extends AftermathRows {
        private After() {
            super(null, null, LEASE);
        }

        @Override
        public List<Claim> claimDue(Instant now, int atMost) {
            return store.claimDue("aftermath", now, LEASE, atMost);
        }

        @Override
        public Optional<Aftermath> read(Claim claimed) {
            var row = store.row("aftermath", claimed.id());
            return row.isEmpty() ? Optional.empty() : Optional.of(aftermath(row));
        }

        @Override
        List<Aftermath> of(CashOut cashOut) {
            return store.rows("aftermath").stream()
                    .filter(row -> row.get("cash_out").equals(cashOut.id().value()))
                    .map(SimulatedRows.this::aftermath)
                    .toList();
        }
    }

    private CashOut cashOut(Map<String, Object> row) {
        return new CashOut(
                new CashOutId((UUID) row.get("id")),
                terms.get((UUID) row.get("quote")),
                CashOutState.valueOf((String) row.get("state")),
                (long) row.get("version"),
                (long) row.get("sequence"),
                (int) row.get("calls"),
                (Instant) row.get("state_since"),
                attempt(row),
                (int) row.get("code_tries"),
                (boolean) row.get("cancel_asked"),
                (Instant) row.get("due_at"),
                (String) row.get("reason"),
                (Instant) row.get("confirmed_at"));
    }

    private Aftermath aftermath(Map<String, Object> row) {
        return new Aftermath(
                (UUID) row.get("id"),
                new CashOutId((UUID) row.get("cash_out")),
                terms.get((UUID) row.get("quote")),
                Aftermath.Of.valueOf((String) row.get("of")),
                AftermathState.valueOf((String) row.get("state")),
                (long) row.get("version"),
                (long) row.get("sequence"),
                (int) row.get("calls"),
                (Instant) row.get("since"),
                (Instant) row.get("state_since"),
                attempt(row),
                (Instant) row.get("due_at"));
    }

    private static Attempt attempt(Map<String, Object> row) {
        return new Attempt(
                (int) row.get("tries"),
                (Instant) row.get("sent_at"),
                (boolean) row.get("repeated"),
                (boolean) row.get("asking"),
                (int) row.get("absent"));
    }

    @Override
    public Charge charge(Course<?> course) {
        var row = store.row("charge", course.cashOut().value());
        var status = (String) row.get("status");
        return new Charge(
                Cell.FIRST,
                course.cashOut().value(),
                LINE,
                course.terms().faceValue(),
                (Instant) row.get("opened_at"),
                status == null ? null : Charge.Status.valueOf(status.toUpperCase(Locale.ROOT)),
                (String) row.get("payment_id"),
                (String) row.get("authorization_id"));
    }

    @Override
    public CarrierProfile carrier(Charge charge) {
        boolean twoStep = charge.caller().getLeastSignificantBits() % 3 != 0;
        return new CarrierProfile(
                "noeul",
                "노을",
                "Noeul",
                "ZZ",
                URI.create("http://carrier"),
                new BasisPoints(300),
                twoStep,
                SimulatedOthers.LAG,
                21,
                new BasisPoints(200));
    }

    @Override
    public boolean isAnothers(Charge charge, String paymentId) {
        return store.rows("charge").stream()
                .anyMatch(
                        row ->
                                paymentId.equals(row.get("payment_id"))
                                        && !charge.caller().equals(row.get("caller")));
    }

    @Override
    public Voucher voucher(Course<?> course) {
        var row = store.row("voucher", course.cashOut().value());
        var code = (byte[]) row.get("code");
        return new Voucher(
                Cell.FIRST,
                course.cashOut().value(),
                "product",
                course.terms().faceValue(),
                String.valueOf(row.get("status")),
                code == null ? null : new Sealed(code),
                (LocalDate) row.get("expires_on"));
    }

    @Override
    public Issuer issuer(Voucher voucher) {
        return new Issuer(
                "joyakdol",
                "조약돌",
                "Joyakdol",
                "ZZ",
                URI.create("http://issuer"),
                "product",
                new BasisPoints(100),
                SimulatedOthers.LAG,
                10,
                1_000,
                500_000,
                "",
                "",
                LocalDate.MAX);
    }

    @Override
    public Provider provider(Course<?> course) {
        return new Provider(
                "eunmorae",
                "은모래",
                "Eunmorae",
                "ZZ",
                "zz-converter",
                true,
                Instant.MAX,
                new BasisPoints(320),
                60,
                SimulatedOthers.LAG,
                URI.create("http://provider"));
    }

    @Override
    public Payouts.Payout payout(Course<?> course, String purpose) {
        var row = store.row("payout", course.cashOut().value(), purpose);
        return new Payouts.Payout(
                Cell.FIRST,
                course.cashOut().value(),
                purpose,
                "999000100001",
                Money.won((long) row.get("amount")));
    }

    @Override
    public Bank bank() {
        return new Bank(
                "deungdae",
                "등대",
                "Deungdae",
                "ZZ",
                URI.create("http://bank"),
                SimulatedOthers.LAG,
                Money.won(240));
    }

    /** The terms of a cash-out's row. */
    Terms terms(Map<String, Object> row) {
        return terms.get((UUID) row.get("quote"));
    }
}
