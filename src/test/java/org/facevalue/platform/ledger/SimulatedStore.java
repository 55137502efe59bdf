package org.facevalue.platform.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.ledger.Outcome.Refused;
import org.facevalue.platform.outside.Claim;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * PostgreSQL as the write path and the queues see it, in memory: rows with keys, versions, leases, and transactions that happen whole or not at all.
 * What it does with every kind of effect is held against the real one by {@link StoreScriptTest}: a store kinder than PostgreSQL proves nothing.
 */
public final class SimulatedStore implements Store {
    private final Weather weather;
    private final SimulatedTables tables;
    private final Map<CommandKey, UUID> keys = new LinkedHashMap<>();
    private final Map<UUID, Balance> accounts = new TreeMap<>();
    private final Map<UUID, Hold> holds = new LinkedHashMap<>();
    private final List<Event> journal = new ArrayList<>();
    private final Map<UUID, TreeMap<Long, Event>> events = new HashMap<>();
    private final List<Plan.Line> postings = new ArrayList<>();

    /** @param clock the database's own */
    public SimulatedStore(Weather weather, Supplier<Instant> clock) {
        this.weather = weather;
        this.tables = new SimulatedTables(clock);
    }

    /** What can befall a connection. */
    public interface Weather {
        /** Before a transaction: takes its time, and may throw what a lost connection throws. */
        void begin();

        /** What befalls the commit. */
        Fate commit();

        /** After it. */
        void committed();

        /** Of a commit and of its answer. */
        enum Fate {
            FINE,
            DONE_AND_ANSWER_LOST,
            NOT_DONE_AND_ANSWER_LOST,
            CONFLICT
        }

        /** Nothing ever does. */
        Weather CALM =
                new Weather() {
                    @Override
                    public void begin() {}

                    @Override
                    public Fate commit() {
                        return Fate.FINE;
                    }

                    @Override
                    public void committed() {}
                };
    }

    private record Hold(UUID account, long amount, boolean open) {}

    public static Ledger ledger(SimulatedStore store) {
        return new Ledger(store);
    }

    @Override
    public Work claim(CommandKey key, UUID claimant) {
        weather.begin();
        return new Transaction(key, claimant);
    }

    private final class Transaction implements Work {
        private final CommandKey key;
        private final UUID claimant;
        private final boolean mine;

        Transaction(CommandKey key, UUID claimant) {
            this.key = key;
            this.claimant = claimant;
            this.mine = !keys.containsKey(key);
            tables.keep();
        }

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
            var locked = new TreeMap<UUID, Balance>();
            for (var account : wanted)
                locked.put(
                        account.id(), accounts.getOrDefault(account.id(), Balance.opened(account)));
            return locked;
        }

        @Override
        public Map<UUID, Long> openHolds(Collection<UUID> wanted) {
            var open = new HashMap<UUID, Long>();
            for (var id : wanted) {
                var hold = holds.get(id);
                if (hold != null && hold.open()) open.put(id, hold.amount());
            }
            return open;
        }

        @Override
        public Refused test(List<Condition<?>> conditions) {
            for (var condition : conditions) {
                var row =
                        tables.named(
                                condition.kind().table(),
                                condition.kind().columns(),
                                condition.key());
                boolean met =
                        switch (condition.kind().name()) {
                            case "freeze.none" -> row != null && row.get("frozen_since") == null;
                            default -> throw new IllegalArgumentException(condition.kind().name());
                        };
                if (!met) return new Refused.Unmet(condition.kind());
            }
            return null;
        }

        @Override
        public Refused apply(List<Effect<?>> effects) {
            var ordered = new ArrayList<>(effects);
            ordered.sort(Comparator.comparing(e -> e.kind().table() + " " + e.kind().name()));
            for (var effect : ordered) {
                boolean changed = tables.change(effect);
                if (effect.kind().exact() && !changed) {
                    tables.rollBack();
                    return new Refused.Moved(effect.kind().name());
                }
            }
            return null;
        }

        @Override
        public Refused commit(Command command, Plan.Write plan) throws LostAtCommit {
            for (var event : command.events())
                if (of(event.subject()).containsKey(event.sequence())) {
                    tables.rollBack();
                    return new Refused.Moved("event");
                }
            for (var hold : plan.opened())
                if (holds.containsKey(hold.id())) {
                    tables.rollBack();
                    return new Refused.Moved("event");
                }
            switch (weather.commit()) {
                case CONFLICT -> {
                    tables.rollBack();
                    throw new org.springframework.dao.CannotAcquireLockException("deadlock");
                }
                case NOT_DONE_AND_ANSWER_LOST -> {
                    tables.rollBack();
                    throw new LostAtCommit(new DataAccessResourceFailureException("gone"));
                }
                case DONE_AND_ANSWER_LOST -> {
                    write(command, plan);
                    throw new LostAtCommit(new DataAccessResourceFailureException("gone"));
                }
                case FINE -> write(command, plan);
            }
            weather.committed();
            return null;
        }

        private void write(Command command, Plan.Write plan) {
            keys.put(command.key(), claimant);
            accounts.putAll(plan.accounts());
            postings.addAll(plan.lines());
            for (var hold : plan.opened())
                holds.put(hold.id(), new Hold(hold.account().id(), hold.amount().minor(), true));
            for (var closed : plan.closed())
                holds.computeIfPresent(
                        closed.hold(), (id, h) -> new Hold(h.account(), h.amount(), false));
            for (var event : command.events()) of(event.subject()).put(event.sequence(), event);
            journal.addAll(command.events());
            tables.keep();
        }

        @Override
        public void close() {
            tables.rollBack();
        }
    }

    private TreeMap<Long, Event> of(UUID subject) {
        return events.computeIfAbsent(subject, s -> new TreeMap<>());
    }

    /** As {@code DueRows} claims: those due, oldest first, that nobody holds. */
    public List<Claim> claimDue(String table, Instant now, Duration lease, int atMost) {
        weather.begin();
        return tables.claimDue(table, now, lease, atMost);
    }

    /** As {@code hasten} does. */
    public void hasten(String table, UUID id, Instant now) {
        tables.hasten(table, id, now);
    }

    /** One row; empty when there is none. {@code key}: what comes after the cell. */
    public Map<String, Object> row(String table, Object... key) {
        return tables.row(table, key);
    }

    /** The names of the tables that have been written to. */
    public Collection<String> tables() {
        return tables.names();
    }

    /** All rows, in the order in which they were added. */
    public Collection<Map<String, Object>> rows(String table) {
        return tables.table(table).values();
    }

    /** The events of one subject, in their order. */
    public List<Event> events(UUID subject) {
        return List.copyOf(of(subject).values());
    }

    /** All events, in the order in which they were committed. */
    public List<Event> journal() {
        return journal;
    }

    /** The balance on the account's own side, in minor units. */
    public long balance(Account account) {
        var balance = accounts.get(account.id());
        return balance == null ? 0 : balance.balance();
    }

    public long postings() {
        return postings.size();
    }

    public long openHolds() {
        return holds.values().stream().filter(Hold::open).count();
    }

    public long allHolds() {
        return holds.size();
    }

    public Collection<Balance> balances() {
        return accounts.values();
    }

    /** How much of the account's balance its postings explain. */
    public long posted(Account account) {
        boolean debit = account.kind().side() == AccountKind.Side.DEBIT;
        return postings.stream()
                .mapToLong(
                        line -> {
                            long amount = line.amount().minor();
                            long sum = line.from().equals(account) ? amount : 0;
                            if (line.to().equals(account)) sum -= amount;
                            return debit ? sum : -sum;
                        })
                .sum();
    }
}
