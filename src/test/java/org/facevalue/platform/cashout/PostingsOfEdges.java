package org.facevalue.platform.cashout;

import java.lang.reflect.Constructor;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.facevalue.platform.ledger.Account;
import org.facevalue.platform.ledger.Movement;
import org.facevalue.platform.ledger.Movement.Hold;
import org.facevalue.platform.ledger.Movement.Posting;
import org.facevalue.platform.ledger.Movement.Release;
import org.facevalue.platform.ledger.Movement.Settle;

/** Draws the machine and what each of its edges moves, from the code that runs. */
public final class PostingsOfEdges {
    private PostingsOfEdges() {}

    /** The state machine as Mermaid text. */
    public static String diagram() {
        var lines =
                new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> CHARGING: confirmed\n");
        for (var edge : CashOutState.EDGES)
            lines.append(
                    "    %s --> %s: %s\n"
                            .formatted(edge.from(), edge.to(), CashOutEvent.type(edge.on())));
        for (var state : CashOutState.values())
            if (state.isEnd()) lines.append("    %s --> [*]\n".formatted(state));
        return lines.append("```\n").toString();
    }

    /** The machine of an aftermath as Mermaid text. */
    public static String aftermathDiagram() {
        var lines =
                new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> WATCHED: given-up\n");
        for (var edge : AftermathState.EDGES)
            lines.append(
                    "    %s --> %s: %s\n"
                            .formatted(edge.from(), edge.to(), CashOutEvent.type(edge.on())));
        for (var state : AftermathState.values())
            if (state.isEnd()) lines.append("    %s --> [*]\n".formatted(state));
        return lines.append("```\n").toString();
    }

    /** A row an edge that moves something: of 50,000 won face value with fees of 1,500, 500, 1,600, 400 and 240. */
    public static String table() {
        var rows = new StringBuilder("| from | on | movements |\n|---|---|---|\n");
        for (var edge : CashOutState.EDGES)
            rows.append(row(edge.from(), edge.on(), Alone.confirmed(edge.from())));
        return rows.toString();
    }

    /** The same of an aftermath. */
    public static String aftermathTable() {
        var rows = new StringBuilder("| from | on | movements |\n|---|---|---|\n");
        for (var edge : AftermathState.EDGES)
            rows.append(row(edge.from(), edge.on(), Alone.aftermath(edge.from())));
        return rows.toString();
    }

    private static String row(Enum<?> from, Class<? extends CashOutEvent> on, Course<?> course) {
        var moved = course.after(event(on), Instant.EPOCH, Duration.ZERO).movements();
        if (moved.isEmpty()) return "";
        var words = moved.stream().map(PostingsOfEdges::words).collect(Collectors.joining("<br>"));
        return "| `%s` | %s | %s |\n".formatted(from, CashOutEvent.type(on), words);
    }

    private static CashOutEvent event(Class<? extends CashOutEvent> kind) {
        try {
            Constructor<?> constructor = kind.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return (CashOutEvent)
                    (constructor.getParameterCount() == 0
                            ? constructor.newInstance()
                            : constructor.newInstance("NO"));
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
