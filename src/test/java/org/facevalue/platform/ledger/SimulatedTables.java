package org.facevalue.platform.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.outside.Claim;

/** The rows of the simulated store, and what each kind of effect does to them: what its statement does on PostgreSQL. */
final class SimulatedTables {
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
                    "outside_call",
                    List.of("cell", "subject", "attempt"),
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

    private final Supplier<Instant> clock;
    private final Map<String, Map<List<Object>, Map<String, Object>>> tables =
            new LinkedHashMap<>();
    private Deque<Runnable> undo = new ArrayDeque<>();

    /** @param clock the database's own */
    SimulatedTables(Supplier<Instant> clock) {
        this.clock = clock;
    }

    /** Makes what was changed since the last time stay. */
    void keep() {
        undo = new ArrayDeque<>();
    }

    /** Undoes what was changed since. */
    void rollBack() {
        while (!undo.isEmpty()) undo.pop().run();
    }

    /** Runs one effect; false when it changed nothing. */
    boolean change(Effect<?> effect) {
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
            case "charge.tell" ->
                    isFree(row) && merge(kind.table(), row, List.of("authorization_id"));
            case "voucher.tell" -> merge(kind.table(), row, List.of("code", "expires_on"));
            case "redemption.tell", "payout.tell" -> merge(kind.table(), row, List.of());
            case "outside_call.record" ->
                    update(
                            kind.table(),
                            row,
                            r -> r.get("answered_at") == null,
                            r -> r.putAll(row));
            case "matter.open" -> openMatter(row);
            case "matter.close-settled" -> settle(row);
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

    /** No two charges with one carrier have one identifier. */
    private boolean isFree(Map<String, Object> told) {
        var carrier = row("charge", told.get("caller")).get("carrier");
        return table("charge").values().stream()
                .noneMatch(
                        r ->
                                told.get("payment_id").equals(r.get("payment_id"))
                                        && r.get("carrier").equals(carrier)
                                        && !r.get("caller").equals(told.get("caller")));
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

    Map<List<Object>, Map<String, Object>> table(String name) {
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

    /** As {@code DueRows} claims: those due, oldest first, that nobody holds. */
    List<Claim> claimDue(String table, Instant now, Duration lease, int atMost) {
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
    void hasten(String table, UUID id, Instant now) {
        var row = table(table).get(List.<Object>of(Cell.FIRST.number(), id));
        boolean later =
                row != null
                        && row.get("due_at") != null
                        && ((Instant) row.get("due_at")).isAfter(now);
        if (later && !String.valueOf(row.get("state")).endsWith("_OFFERED")) row.put("due_at", now);
    }

    /** One row; empty when there is none. {@code key}: what comes after the cell. */
    Map<String, Object> row(String table, Object... key) {
        var all = new ArrayList<Object>(List.of(Cell.FIRST.number()));
        all.addAll(List.of(key));
        return table(table).getOrDefault(all, Map.of());
    }

    Collection<String> names() {
        return tables.keySet();
    }

    /** The row whose key these columns name; null when there is none. */
    Map<String, Object> named(String table, List<? extends Column<?>> key, Record of) {
        return table(table).get(keyOf(table, columns(key, of)));
    }
}
