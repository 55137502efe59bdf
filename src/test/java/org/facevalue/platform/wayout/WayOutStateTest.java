package org.facevalue.platform.wayout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.facevalue.platform.wayout.WayOutState.Edge;
import org.junit.jupiter.api.Test;

/** The state machine of ways out, as a table. */
class WayOutStateTest {
    @Test
    void no_edge_leaves_an_end_and_no_state_has_two_for_one_event() {
        assertThat(WayOutState.EDGES).noneMatch(edge -> edge.from().isEnd());
        assertThat(WayOutState.EDGES.stream().map(edge -> edge.from() + " " + edge.on()))
                .doesNotHaveDuplicates();
    }

    @Test
    void every_event_there_is_leads_somewhere() {
        assertThat(WayOutEvent.class.getPermittedSubclasses())
                .allSatisfy(
                        event ->
                                assertThat(WayOutState.EDGES)
                                        .as(event.getSimpleName())
                                        .anyMatch(edge -> edge.on() == event));
    }

    @Test
    void from_every_state_an_end_can_be_reached_and_every_state_can_be_reached() {
        assertThat(reachable(WayOutState.ASKING)).containsExactlyInAnyOrder(WayOutState.values());
        for (var state : WayOutState.values())
            assertThat(reachable(state)).as("%s", state).anyMatch(WayOutState::isEnd);
    }

    private static EnumSet<WayOutState> reachable(WayOutState from) {
        var seen = EnumSet.of(from);
        var queue = new ArrayDeque<>(List.of(from));
        while (!queue.isEmpty()) {
            var state = queue.poll();
            for (Edge edge : WayOutState.EDGES)
                if (edge.from() == state && seen.add(edge.to())) queue.add(edge.to());
        }
        return seen;
    }

    @Property
    void what_the_customer_may_choose_is_what_an_edge_lets_them(@ForAll WayOutState state) {
        assertThat(state.isRecallable())
                .isEqualTo(state.after(new WayOutEvent.TakeBackAsked()).isPresent());
        assertThat(state.isReferable())
                .isEqualTo(state.after(new WayOutEvent.ReferralAsked()).isPresent());
        assertThat(state.isForCustomer())
                .isEqualTo(state.after(new WayOutEvent.Left()).isPresent());
    }
}
