package org.facevalue.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.money.Money;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Currency KRW = Currency.getInstance("KRW");
    private static final Account BANK = account(AccountKind.SAFEGUARDING_BANK, "bank");
    private static final Account MINE = account(AccountKind.CASH_OUT, "1");
    private static final Account OTHER = account(AccountKind.WALLET, "2");
    private static final List<Account> ALL = List.of(BANK, MINE, OTHER);

    @Property
    void whatever_is_posted_debits_equal_credits_and_nobody_with_a_floor_is_below_it(
            @ForAll("commands") List<List<Movement>> commands) {
        var store = new MemoryStore(effect -> {});
        var ledger = new Ledger(store);
        int n = 0;
        for (var movements : commands) {
            long before = store.balance(MINE);
            var outcome = ledger.commit(command("c" + n++, movements));
            if (outcome instanceof Outcome.Refused)
                assertThat(store.balance(MINE)).isEqualTo(before);
            assertThat(store.imbalance()).isZero();
            assertThat(store.balance(MINE)).isNotNegative();
            assertThat(store.balance(OTHER)).isNotNegative();
        }
    }

    @Test
    void what_is_held_is_not_available_and_is_settled_once() {
        var store = new MemoryStore(effect -> {});
        var ledger = new Ledger(store);
        var hold = UUID.randomUUID();
        ledger.commit(command("in", List.of(new Movement.Posting(BANK, MINE, Money.won(100)))));
        ledger.commit(command("hold", List.of(new Movement.Hold(hold, MINE, Money.won(70)))));

        assertThat(
                        ledger.commit(
                                command(
                                        "too-much",
                                        List.of(new Movement.Posting(MINE, BANK, Money.won(31))))))
                .isEqualTo(new Outcome.Refused.NotEnough(MINE, 30));
        assertThat(
                        ledger.commit(
                                command(
                                        "settle",
                                        List.of(
                                                new Movement.Settle(
                                                        hold, MINE, BANK, Money.won(70))))))
                .isInstanceOf(Outcome.Committed.class);
        assertThat(
                        ledger.commit(
                                command(
                                        "again",
                                        List.of(
                                                new Movement.Settle(
                                                        hold, MINE, BANK, Money.won(70))))))
                .isInstanceOf(Outcome.Refused.Moved.class);
        assertThat(store.balance(MINE)).isEqualTo(30);
        assertThat(store.nothingHeld()).isTrue();
    }

    @Test
    void a_key_commits_once() {
        var store = new MemoryStore(effect -> {});
        var ledger = new Ledger(store);
        var command = command("once", List.of(new Movement.Posting(BANK, MINE, Money.won(5))));
        assertThat(ledger.commit(command)).isInstanceOf(Outcome.Committed.class);
        assertThat(ledger.commit(command)).isInstanceOf(Outcome.Replayed.class);
        assertThat(store.balance(MINE)).isEqualTo(5);
    }

    @Test
    void a_posting_that_moves_nothing_or_leads_nowhere_cannot_be_written() {
        assertThatThrownBy(() -> new Movement.Posting(BANK, MINE, Money.won(0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Movement.Posting(MINE, MINE, Money.won(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_same_account_has_the_same_key_everywhere() {
        assertThat(account(AccountKind.CASH_OUT, "1").id()).isEqualTo(MINE.id());
        assertThat(MINE.id().version()).isEqualTo(8);
        assertThat(MINE.id().variant()).isEqualTo(2);
    }

    @Provide
    Arbitrary<List<List<Movement>>> commands() {
        var amount = Arbitraries.longs().between(1, 1_000).map(Money::won);
        var account = Arbitraries.of(ALL);
        Arbitrary<Movement> posting =
                Combinators.combine(account, account, amount)
                        .filter((from, to, money) -> !from.equals(to))
                        .as(Movement.Posting::new);
        return posting.list().ofMinSize(1).ofMaxSize(4).list().ofMaxSize(30);
    }

    private static Account account(AccountKind kind, String subject) {
        return new Account(Cell.FIRST, kind, subject, KRW);
    }

    private static Command command(String key, List<Movement> movements) {
        return new Command(
                new CommandKey(Cell.FIRST, key),
                new ArrayList<>(movements),
                List.of(),
                List.of(),
                List.of());
    }
}
