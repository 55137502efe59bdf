package org.facevalue.platform.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.facevalue.platform.ledger.Outcome.Refused;

/** The store in memory, for jobs that run without a database: the same rules, one command at a time. Effects go to whoever asked for them. */
public final class MemoryStore implements Store {
    private final Map<CommandKey, UUID> keys = new HashMap<>();
    private final Map<UUID, Balance> accounts = new HashMap<>();
    private final Map<UUID, Long> holds = new HashMap<>();
    private final List<Command> committed = new ArrayList<>();
    private final Consumer<Effect<?>> effects;

    public MemoryStore(Consumer<Effect<?>> effects) {
        this.effects = effects;
    }

    public static Ledger ledger(MemoryStore store) {
        return new Ledger(store);
    }

    public List<Command> committed() {
        return committed;
    }

    /** The balance on the account's own side, in minor units. */
    public long balance(Account account) {
        var balance = accounts.get(account.id());
        return balance == null ? 0 : balance.balance();
    }

    /** Debits less credits over all accounts: zero, or money was made. */
    public long imbalance() {
        return accounts.values().stream()
                .mapToLong(
                        b ->
                                b.account().kind().side() == AccountKind.Side.DEBIT
                                        ? b.balance()
                                        : -b.balance())
                .sum();
    }

    public boolean nothingHeld() {
        return accounts.values().stream().allMatch(b -> b.held() == 0);
    }

    @Override
    public Work claim(CommandKey key, UUID claimant) {
        boolean mine = !keys.containsKey(key);
        return new Work() {
            @Override
            public boolean mine() {
                return mine;
            }

            @Override
            public UUID earlier() {
                return keys.get(key);
            }

            @Override
            public Map<UUID, Balance> lock(Collection<Account> wanted) {
                var locked = new HashMap<UUID, Balance>();
                for (var account : wanted)
                    locked.put(
                            account.id(),
                            accounts.getOrDefault(account.id(), Balance.opened(account)));
                return locked;
            }

            @Override
            public Map<UUID, Long> openHolds(Collection<UUID> wanted) {
                var open = new HashMap<UUID, Long>();
                for (var hold : wanted)
                    if (holds.containsKey(hold)) open.put(hold, holds.get(hold));
                return open;
            }

            @Override
            public Refused test(List<Condition<?>> conditions) {
                return null;
            }

            @Override
            public Refused apply(List<Effect<?>> all) {
                return null;
            }

            @Override
            public Refused commit(Command command, Plan.Write plan) {
                keys.put(command.key(), claimant);
                accounts.putAll(plan.accounts());
                plan.opened().forEach(hold -> holds.put(hold.id(), hold.amount().minor()));
                plan.closed().forEach(closed -> holds.remove(closed.hold()));
                committed.add(command);
                command.effects().forEach(effects);
                return null;
            }

            @Override
            public void close() {}
        };
    }
}
