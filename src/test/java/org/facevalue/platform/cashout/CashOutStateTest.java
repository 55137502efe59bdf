package org.facevalue.platform.cashout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CashOutStateTest {
    /** Events that change nothing but when it is looked at again. */
    private static final Set<Class<?>> NO_CHANGE =
            Set.of(
                    CashOutEvent.StillOpen.class,
                    CashOutEvent.NoAnswer.class,
                    CashOutEvent.NotThere.class,
                    CashOutEvent.NotYet.class,
                    CashOutEvent.OddAnswer.class,
                    // The ladder's last rung: it waits for a person where it stands.
                    CashOutEvent.PayBackDeclined.class);

    @Test
    void no_edge_leaves_an_end() {
        assertThat(CashOutState.EDGES).noneMatch(edge -> edge.from().isEnd());
    }

    @Test
    void every_state_reaches_an_end_and_is_reached_from_the_start() {
        for (var state : CashOutState.values()) {
            assertThat(reachable(state)).anyMatch(CashOutState::isEnd);
            assertThat(reachable(CashOutState.CHARGING)).contains(state);
        }
    }

    @Test
    void from_every_state_that_goes_back_the_customer_is_made_whole() {
        for (var state : CashOutState.values())
            if (state.way() == CashOutState.Way.BACK)
                assertThat(reachable(state)).doesNotContain(CashOutState.PAID);
    }

    @Test
    void every_event_has_an_edge_or_changes_nothing() {
        var used =
                Stream.concat(
                                CashOutState.EDGES.stream().map(Edge::on),
                                AftermathState.EDGES.stream().map(Edge::on))
                        .collect(Collectors.toSet());
        assertThat(
                        Arrays.stream(CashOutEvent.class.getPermittedSubclasses())
                                .filter(type -> !NO_CHANGE.contains(type)))
                .allMatch(used::contains);
    }

    @Test
    void an_event_leads_to_one_state_only() {
        assertThat(CashOutState.EDGES.stream().map(edge -> edge.from() + " " + edge.on()))
                .doesNotHaveDuplicates();
    }

    @Test
    void an_aftermath_ends_too_and_whatever_it_undoes_has_an_end() {
        assertThat(AftermathState.EDGES).noneMatch(edge -> edge.from().isEnd());
        assertThat(AftermathState.EDGES.stream().map(edge -> edge.from() + " " + edge.on()))
                .doesNotHaveDuplicates();
        for (var state : AftermathState.values())
            assertThat(
                            state.isEnd()
                                    || AftermathState.EDGES.stream()
                                            .anyMatch(e -> e.from() == state))
                    .as("%s", state)
                    .isTrue();
    }

    @Test
    void the_customer_can_cancel_until_the_voucher_is_converted_and_not_after() {
        assertThat(Arrays.stream(CashOutState.values()).filter(CashOutState::cancellable))
                .containsExactly(
                        CashOutState.CHARGING,
                        CashOutState.CODE_WANTED,
                        CashOutState.RESERVED,
                        CashOutState.CHARGED,
                        CashOutState.VOUCHER_HELD);
    }

    private static Set<CashOutState> reachable(CashOutState from) {
        var reached = new HashSet<CashOutState>(Set.of(from));
        boolean grew = true;
        while (grew) {
            var next =
                    CashOutState.EDGES.stream()
                            .filter(e -> reached.contains(e.from()))
                            .map(Edge::to)
                            .toList();
            grew = reached.addAll(next);
        }
        return reached;
    }
}
