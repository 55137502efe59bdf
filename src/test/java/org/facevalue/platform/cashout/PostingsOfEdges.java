package org.facevalue.platform.cashout;

import java.lang.reflect.Constructor;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.facevalue.platform.ledger.Account;
import org.facevalue.platform.ledger.Movement;
import org.facevalue.platform.ledger.Movement.Hold;
import org.facevalue.platform.ledger.Movement.Posting;
import org.facevalue.platform.ledger.Movement.Release;
import org.facevalue.platform.ledger.Movement.Settle;
import org.facevalue.platform.wallet.WalletId;

/** Draws the machine and what each of its edges moves, from the code that runs. */
public final class PostingsOfEdges {
    private static final UUID WALLET = new UUID(0, 1);

    private PostingsOfEdges() {}

    /** The state machine as Mermaid text. */
    public static String diagram() {
        var ends = Arrays.stream(CashOutState.values()).filter(CashOutState::isEnd).toList();
        return diagram("CHARGING: confirmed", CashOutState.EDGES, ends);
    }

    /** The machine of an aftermath as Mermaid text. */
    public static String aftermathDiagram() {
        var ends = Arrays.stream(AftermathState.values()).filter(AftermathState::isEnd).toList();
        return diagram("WATCHED: given-up", AftermathState.EDGES, ends);
    }

    private static String diagram(
            String begin, List<? extends Edge<?>> edges, List<? extends Enum<?>> ends) {
        var lines = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> " + begin + "\n");
        for (var edge : edges)
            lines.append("    %s --> %s: %s\n".formatted(edge.from(), edge.to(), edge.event()));
        for (var end : ends) lines.append("    %s --> [*]\n".formatted(end));
        return lines.append("```\n").toString();
    }

    /** A row an edge that moves something: of 50,000 won face value with fees of 1,500, 500, 1,600, 400 and 240. */
    public static String table() {
        return table(CashOutState.EDGES, Alone::confirmed);
    }

    /** The same of an aftermath. */
    public static String aftermathTable() {
        return table(AftermathState.EDGES, Alone::aftermath);
    }

    private static <S extends Enum<S>> String table(
            List<Edge<S>> edges, Function<S, Course<?>> courseIn) {
        var rows = new StringBuilder("| from | on | movements |\n|---|---|---|\n");
        for (var edge : edges) rows.append(row(edge, courseIn.apply(edge.from())));
        return rows.toString();
    }

    private static String row(Edge<?> edge, Course<?> course) {
        var moved = course.after(event(edge.on()), Instant.EPOCH, Duration.ZERO).movements();
        if (moved.isEmpty()) return "";
        var words = moved.stream().map(PostingsOfEdges::words).collect(Collectors.joining("<br>"));
        return "| `%s` | %s | %s |\n".formatted(edge.from(), edge.event(), words);
    }

    private static CashOutEvent event(Class<? extends CashOutEvent> kind) {
        try {
            Constructor<?> constructor = kind.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            var given =
                    Arrays.stream(constructor.getParameterTypes())
                            .map(type -> type == WalletId.class ? new WalletId(WALLET) : "NO");
            return (CashOutEvent) constructor.newInstance(given.toArray());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String words(Movement movement) {
        return switch (movement) {
            case Posting p ->
                    "%s → %s %,d".formatted(name(p.from()), name(p.to()), p.amount().minor());
            case Hold h -> "hold on %s %,d".formatted(name(h.account()), h.amount().minor());
            case Settle s ->
                    "settle %s → %s %,d"
                            .formatted(name(s.account()), name(s.to()), s.amount().minor());
            case Release r -> "release on %s %,d".formatted(name(r.account()), r.amount().minor());
        };
    }

    private static String name(Account account) {
        return account.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
