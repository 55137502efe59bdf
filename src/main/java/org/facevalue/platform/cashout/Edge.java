package org.facevalue.platform.cashout;

import java.util.List;
import java.util.Optional;

/**
 * One way on from a state.
 *
 * @param <S> the states: of a cash-out or of an aftermath
 */
public record Edge<S extends Enum<S>>(S from, Class<? extends CashOutEvent> on, S to) {

    /** Where {@code event} leads; empty when the table has no such edge. */
    static <S extends Enum<S>> Optional<S> after(List<Edge<S>> edges, S from, CashOutEvent event) {
        return edges.stream()
                .filter(edge -> edge.from == from && edge.on.isInstance(event))
                .map(Edge::to)
                .findFirst();
    }

    /** As the journal tells it: {@code reserved}. */
    public String event() {
        return CashOutEvent.type(on);
    }

    /** Whether the journal may tell this: an event of that type, by which that state became this one. */
    public boolean is(String toldFrom, String type, String toldTo) {
        return from.name().equals(toldFrom) && event().equals(type) && to.name().equals(toldTo);
    }
}
