package org.facevalue.platform.ledger;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.ledger.Outcome.Refused;
import org.facevalue.platform.outside.Claim;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * PostgreSQL as the write path and the queues see it, in memory: rows with keys, versions, leases, and transactions that happen whole or not at all.
 * What it does with every kind of effect is held against the real one by {@link StoreScriptTest}: a store kinder than PostgreSQL proves nothing.
 */
public final class SimulatedStore implements Store {
    private static final Map<String, List<String>> KEYS =
            Map.of(
                    "cash_out", List.of("cell", "id"),
                    "aftermath", List.of("cell", "id"),
                    "charge", List.of("cell", "caller"),
                    "voucher", List.of("cell", "caller"),
                    "redemption", List.of("cell", "caller"),
                    "payout", List.of("cell", "caller", "purpose"),
                    "callback_token", List.of("cell", "subject", "kind"),
                    "outside_call", List.of("cell", "id"),
                    "matter", List.of("cell", "id"),
                    "customer_freeze", List.of("cell", "customer"));
    private static final Map<String, List<String>> ALSO_UNIQUE =
            Map.of(
                    "cash_out",
                    List.of("cell", "quote"),
                    "aftermath",
                    List.of("cell", "cash_out", "of"));
    private static final Map<String, Object> COURSE =
            Map.of(
                    "version",
                    1L,
                    "calls",
                    0,
                    "tries",
                    0,
                    "repeated",
                    false,
                    "asking",
                    false,
                    "absent",
                    0,
                    "failures",
                    0);

    private final Weather weather;
    private final Supplier<Instant> clock;
    private final Map<String, Map<List<Object>, Map<String, Object>>> tables = new HashMap<>();
    private final Map<CommandKey, UUID> keys = new LinkedHashMap<>();
    private final Map<UUID, Balance> accounts = new TreeMap<>();
    private final Map<UUID, Hold> holds = new LinkedHashMap<>();
    private final List<Event> journal = new ArrayList<>();
    private final Map<UUID, TreeMap<Long, Event>> events = new HashMap<>();
    private final List<Plan.Line> postings = new ArrayList<>();
    private Deque<Runnable> undo = new ArrayDeque<>();

    /** @param clock the database's own */
    public SimulatedStore(Weather weather, Supplier<Instant> clock) {
        this.weather = weather;
        this.clock = clock;
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
            undo = new ArrayDeque<>();
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
                var key = columns(condition.kind().columns(), condition.key());
                var row = table(condition.kind().table()).get(keyOf(condition.kind().table(), key));
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
                boolean changed = change(effect);
                if (effect.kind().exact() && !changed) {
                    rollBack();
                    return new Refused.Moved(effect.kind().name());
                }
            }
            return null;
        }

        @Override
        public Refused commit(Command command, Plan.Write plan) throws LostAtCommit {
            for (var event : command.events())
                if (of(event.subject()).containsKey(event.sequence())) {
                    rollBack();
                    return new Refused.Moved("event");
                }
            for (var hold : plan.opened())
                if (holds.containsKey(hold.id())) {
                    rollBack();
                    return new Refused.Moved("event");
                }
            switch (weather.commit()) {
                case CONFLICT -> {
                    rollBack();
                    throw new org.springframework.dao.CannotAcquireLockException("deadlock");
                }
                case NOT_DONE_AND_ANSWER_LOST -> {
                    rollBack();
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
            undo = new ArrayDeque<>();
        }

        @Override
        public void close() {
            rollBack();
        }
    }

    private void rollBack() {
        while (!undo.isEmpty()) undo.pop().run();
    }

    private TreeMap<Long, Event> of(UUID subject) {
        return events.computeIfAbsent(subject, s -> new TreeMap<>());
    }

    private boolean change(Effect<?> effect) {
        var kind = effect.kind();
        var row = columns(kind.columns(), effect.row());
        return switch (kind.name()) {
            case "cash_out.advance", "aftermath.advance" -> advance(kind.table(), row);
            case "cash_out.cancel" -> cancel(row);
            case "cash_out.count_code" ->
                    update(
                            kind.table(),
                            row,
                            r -> (int) r.get("code_tries") < 3,
                            r -> r.put("code_tries", (int) r.get("code_tries") + 1));
            case "cash_out.park", "aftermath.park" ->
                    update(
                            kind.table(),
                            row,
                            r -> true,
                            r -> {
                                r.put("due_at", null);
                                r.put("lease_until", null);
                            });
            case "cash_out.again", "aftermath.again" ->
                    update(
                            kind.table(),
                            row,
                            r -> r.get("version").equals(row.get("version")),
                            r -> {
                                r.put("due_at", row.get("now"));
                                r.put("failures", 0);
                            });
            case "charge.tell" -> merge(kind.table(), row, List.of("authorization_id"));
            case "voucher.tell" -> merge(kind.table(), row, List.of("code", "expires_on"));
            case "redemption.tell", "payout.tell" -> merge(kind.table(), row, List.of());
            case "outside_call.record" ->
                    update(
                            kind.table(),
                            row,
                            r -> r.get("answered_at") == null,
                            r -> r.putAll(row));
            case "matter.open" -> openMatter(row);
            case "matter.settle" -> settle(row);
            case "matter.close" ->
                    update(
                            kind.table(),
                            row,
                            r -> r.get("closed_at") == null,
                            r -> r.put("closed_at", row.get("at")));
            case "freeze.set" ->
                    update(
                            kind.table(),
                            row,
                            r -> (r.get("frozen_since") == null) == (boolean) row.get("frozen"),
                            r ->
                                    r.put(
                                            "frozen_since",
                                            (boolean) row.get("frozen") ? row.get("at") : null));
            default -> {
                if (!kind.sql().startsWith("INSERT INTO"))
                    throw new IllegalArgumentException("no such effect here: " + kind.name());
                yield insert(kind.table(), row);
            }
        };
    }

    private boolean insert(String table, Map<String, Object> row) {
        var all = new LinkedHashMap<String, Object>();
        if (table.equals("cash_out") || table.equals("aftermath")) all.putAll(COURSE);
        if (table.equals("cash_out"))
            all.putAll(
                    Map.of(
                            "state",
                            "CHARGING",
                            "sequence",
                            1L,
                            "code_tries",
                            0,
                            "cancel_asked",
                            false));
        if (table.equals("aftermath")) all.putAll(Map.of("state", "WATCHED", "sequence", 0L));
        all.putAll(row);
        var key = keyOf(table, all);
        var unique = ALSO_UNIQUE.get(table);
        if (table(table).containsKey(key)
                || unique != null
                        && table(table).values().stream()
                                .anyMatch(r -> values(r, unique).equals(values(all, unique))))
            return false;
        table(table).put(key, all);
        undo.push(() -> table(table).remove(key));
        return true;
    }

    private boolean advance(String table, Map<String, Object> row) {
        return update(
                table,
                row,
                r -> (long) r.get("version") == (long) row.get("version") - 1,
                r -> {
                    var lease = row.get("lease");
                    row.forEach((name, value) -> r.put(name, value));
                    r.remove("lease");
                    r.put("failures", 0);
                    r.put(
                            "lease_until",
                            lease == null
                                    ? null
                                    : clock.get().plusMillis((long) ((double) lease * 1000)));
                });
    }

    private boolean cancel(Map<String, Object> row) {
        var states = List.of("CHARGING", "CODE_WANTED", "RESERVED", "CHARGED");
        return update(
                "cash_out",
                row,
                r ->
                        r.get("due_at") != null
                                && (states.contains(r.get("state"))
                                        || r.get("state").equals("VOUCHER_HELD")
                                                && r.get("sent_at") == null),
                r -> {
                    r.put("cancel_asked", true);
                    r.put("version", (long) r.get("version") + 1);
                    r.put("due_at", earlier((Instant) r.get("due_at"), (Instant) row.get("now")));
                });
    }

    private boolean merge(String table, Map<String, Object> row, List<String> keptWhenNull) {
        return update(
                table,
                row,
                r -> true,
                r ->
                        row.forEach(
                                (name, value) -> {
                                    if (value != null || !keptWhenNull.contains(name))
                                        r.put(name, value);
                                }));
    }

    private boolean openMatter(Map<String, Object> row) {
        boolean open =
                table("matter").values().stream()
                        .anyMatch(
                                r ->
                                        r.get("closed_at") == null
                                                && r.get("subject").equals(row.get("subject"))
                                                && r.get("reason").equals(row.get("reason")));
        return open || insert("matter", row);
    }

    private boolean settle(Map<String, Object> row) {
        boolean any = false;
        for (var matter : List.copyOf(table("matter").values())) {
            var reason = row.get("reason");
            boolean meant =
                    matter.get("subject").equals(row.get("subject"))
                            && (reason == null || reason.equals(matter.get("reason")));
            if (meant && matter.get("closed_at") == null)
                any |= update("matter", matter, r -> true, r -> r.put("closed_at", row.get("at")));
        }
        return any;
    }

    private boolean update(
            String table,
            Map<String, Object> named,
            java.util.function.Predicate<Map<String, Object>> when,
            java.util.function.Consumer<Map<String, Object>> change) {
        var key = keyOf(table, named);
        var row = table(table).get(key);
        if (row == null || !when.test(row)) return false;
        var before = new LinkedHashMap<>(row);
        change.accept(row);
        undo.push(
                () -> {
                    row.clear();
                    row.putAll(before);
                });
        return true;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Map<String, Object> columns(List<? extends Column<?>> columns, Record of) {
        var row = new LinkedHashMap<String, Object>();
        for (var column : columns) row.put(column.name(), value(column, of));
        return row;
    }

    @SuppressWarnings("unchecked")
    private static Object value(Column<?> column, Record of) {
        return ((Function<Record, Object>) column.value()).apply(of);
    }

    private Map<List<Object>, Map<String, Object>> table(String name) {
        return tables.computeIfAbsent(name, n -> new LinkedHashMap<>());
    }

    private static List<Object> keyOf(String table, Map<String, Object> row) {
        return values(row, Objects.requireNonNull(KEYS.get(table), table));
    }

    private static List<Object> values(Map<String, Object> row, List<String> names) {
        var values = new ArrayList<Object>();
        for (var name : names) values.add(row.get(name));
        return values;
    }

    // What the queues and the readers do.

    /** As {@code DueRows} claims: those due, oldest first, that nobody holds. */
    public List<Claim> claimDue(String table, Instant now, java.time.Duration lease, int atMost) {
        weather.begin();
        var due =
                table(table).values().stream()
                        .filter(r -> r.get("due_at") != null)
                        .filter(r -> !((Instant) r.get("due_at")).isAfter(now))
                        .filter(
                                r ->
                                        r.get("lease_until") == null
                                                || ((Instant) r.get("lease_until"))
                                                        .isBefore(clock.get()))
                        .sorted(Comparator.comparing(r -> (Instant) r.get("due_at")))
                        .limit(atMost)
                        .toList();
        var claims = new ArrayList<Claim>();
        for (var row : due) {
            row.put("lease_until", clock.get().plus(lease));
            row.put("failures", (int) row.get("failures") + 1);
            claims.add(
                    new Claim(
                            new Cell((short) row.get("cell")),
                            (UUID) row.get("id"),
                            (int) row.get("failures")));
        }
        return claims;
    }

    /** As {@code hasten} does. */
    public void hasten(String table, UUID id, Instant now) {
        var row = table(table).get(List.<Object>of(Cell.FIRST.number(), id));
        if (row != null && row.get("due_at") != null && ((Instant) row.get("due_at")).isAfter(now))
            row.put("due_at", now);
    }

    /** One row; empty when there is none. {@code key}: what comes after the cell. */
    public Map<String, Object> row(String table, Object... key) {
        var all = new ArrayList<Object>(List.of(Cell.FIRST.number()));
        all.addAll(List.of(key));
        return table(table).getOrDefault(all, Map.of());
    }

    /** The names of the tables that have been written to. */
    public Collection<String> tables() {
        return tables.keySet();
    }

    /** All rows, in the order in which they were added. */
    public Collection<Map<String, Object>> rows(String table) {
        return table(table).values();
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
