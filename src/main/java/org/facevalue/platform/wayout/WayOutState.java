package org.facevalue.platform.wayout;

import java.util.List;
import java.util.Optional;
import org.facevalue.platform.wayout.WayOutEvent.ChoiceNearlyOver;
import org.facevalue.platform.wayout.WayOutEvent.Granted;
import org.facevalue.platform.wayout.WayOutEvent.Lapsed;
import org.facevalue.platform.wayout.WayOutEvent.Left;
import org.facevalue.platform.wayout.WayOutEvent.Received;
import org.facevalue.platform.wayout.WayOutEvent.ReferralAsked;
import org.facevalue.platform.wayout.WayOutEvent.ReferralDeclined;
import org.facevalue.platform.wayout.WayOutEvent.Referred;
import org.facevalue.platform.wayout.WayOutEvent.Refused;
import org.facevalue.platform.wayout.WayOutEvent.Reminded;
import org.facevalue.platform.wayout.WayOutEvent.TakeBackAsked;
import org.facevalue.platform.wayout.WayOutEvent.TakenBack;
import org.facevalue.platform.wayout.WayOutEvent.TermOver;
import org.facevalue.platform.wayout.WayOutEvent.Undone;
import org.facevalue.platform.wayout.WayOutEvent.UndoneInPart;
import org.facevalue.platform.wayout.WayOutEvent.Withheld;

/** Where a way out stands. {@link #EDGES} is the whole state machine. */
public enum WayOutState {
    /** The request is to be handed over. */
    ASKING,
    /** The party has it and has not answered. */
    ASKED,
    /** The party has agreed and has given nothing back yet. */
    GRANTED,
    /** The day by which the party had to answer is over. It is asked on; the customer may refer it. */
    OVERDUE,
    /** The party has agreed, and the day by which it had to give back is over. It is asked on; the customer may refer it. */
    NOT_GIVEN,
    /** The party has said no. The customer decides how it goes on. */
    REFUSED,
    /** The party has given back less than it had to. The customer decides how it goes on. */
    GIVEN_IN_PART,
    /** The party is to be told that the customer wants the request back. */
    TAKING_BACK,
    /** The file is to be handed to the dispute body. */
    REFERRING,
    /** The dispute body does not take the case. The customer decides how it goes on. */
    NOT_TAKEN_UP,
    /** The end: everything that was asked for was given back. */
    UNDONE,
    /** The end: the customer has taken the request back. */
    TAKEN_BACK,
    /** The end: the customer leaves it at what was said and given. */
    LEFT,
    /** The end here: the dispute body has the whole file. */
    REFERRED;

    /** One way on from a state. */
    public record Edge(WayOutState from, Class<? extends WayOutEvent> on, WayOutState to) {}

    /** Every change of state there is. */
    public static final List<Edge> EDGES =
            List.of(
                    new Edge(ASKING, Received.class, ASKED),
                    new Edge(ASKING, Granted.class, GRANTED),
                    new Edge(ASKING, Refused.class, REFUSED),
                    new Edge(ASKING, Undone.class, UNDONE),
                    new Edge(ASKING, UndoneInPart.class, GIVEN_IN_PART),
                    new Edge(ASKING, TakeBackAsked.class, TAKING_BACK),
                    // Where it is carried out here: an issuer that has it is not heard of.
                    new Edge(ASKING, TermOver.class, OVERDUE),
                    new Edge(ASKED, Withheld.class, ASKED),
                    new Edge(ASKED, Reminded.class, ASKED),
                    // What was to be taken back, and fell due before the party had let it go.
                    new Edge(ASKED, TakenBack.class, TAKEN_BACK),
                    new Edge(OVERDUE, TakenBack.class, TAKEN_BACK),
                    new Edge(ASKED, Granted.class, GRANTED),
                    new Edge(ASKED, Refused.class, REFUSED),
                    new Edge(ASKED, Undone.class, UNDONE),
                    new Edge(ASKED, UndoneInPart.class, GIVEN_IN_PART),
                    new Edge(ASKED, TermOver.class, OVERDUE),
                    new Edge(ASKED, TakeBackAsked.class, TAKING_BACK),
                    new Edge(GRANTED, Reminded.class, GRANTED),
                    new Edge(GRANTED, Undone.class, UNDONE),
                    new Edge(GRANTED, UndoneInPart.class, GIVEN_IN_PART),
                    new Edge(GRANTED, Refused.class, REFUSED),
                    new Edge(GRANTED, TermOver.class, NOT_GIVEN),
                    new Edge(NOT_GIVEN, Undone.class, UNDONE),
                    new Edge(NOT_GIVEN, UndoneInPart.class, GIVEN_IN_PART),
                    new Edge(NOT_GIVEN, Refused.class, REFUSED),
                    new Edge(NOT_GIVEN, ReferralAsked.class, REFERRING),
                    new Edge(OVERDUE, Granted.class, GRANTED),
                    new Edge(OVERDUE, Refused.class, REFUSED),
                    new Edge(OVERDUE, Undone.class, UNDONE),
                    new Edge(OVERDUE, UndoneInPart.class, GIVEN_IN_PART),
                    new Edge(OVERDUE, TakeBackAsked.class, TAKING_BACK),
                    new Edge(OVERDUE, ReferralAsked.class, REFERRING),
                    // Where it is carried out here: an issuer may take a voucher back after all.
                    new Edge(REFUSED, Granted.class, GRANTED),
                    new Edge(REFUSED, Undone.class, UNDONE),
                    new Edge(REFUSED, ReferralAsked.class, REFERRING),
                    new Edge(REFUSED, Left.class, LEFT),
                    new Edge(REFUSED, ChoiceNearlyOver.class, REFUSED),
                    new Edge(REFUSED, Lapsed.class, LEFT),
                    new Edge(GIVEN_IN_PART, ReferralAsked.class, REFERRING),
                    new Edge(GIVEN_IN_PART, Left.class, LEFT),
                    new Edge(GIVEN_IN_PART, ChoiceNearlyOver.class, GIVEN_IN_PART),
                    new Edge(GIVEN_IN_PART, Lapsed.class, LEFT),
                    new Edge(TAKING_BACK, TakenBack.class, TAKEN_BACK),
                    new Edge(TAKING_BACK, Granted.class, GRANTED),
                    new Edge(TAKING_BACK, Refused.class, REFUSED),
                    new Edge(TAKING_BACK, Undone.class, UNDONE),
                    new Edge(TAKING_BACK, UndoneInPart.class, GIVEN_IN_PART),
                    new Edge(TAKING_BACK, TermOver.class, OVERDUE),
                    // It is looked at once more before it is handed over: what the party says now
                    // is in the file.
                    new Edge(REFERRING, Undone.class, UNDONE),
                    new Edge(REFERRING, Granted.class, GRANTED),
                    new Edge(REFERRING, Refused.class, REFERRING),
                    new Edge(REFERRING, UndoneInPart.class, REFERRING),
                    new Edge(REFERRING, Referred.class, REFERRED),
                    new Edge(REFERRING, ReferralDeclined.class, NOT_TAKEN_UP),
                    // It is asked on: an answer that comes late still counts.
                    new Edge(NOT_TAKEN_UP, Granted.class, GRANTED),
                    new Edge(NOT_TAKEN_UP, Refused.class, REFUSED),
                    new Edge(NOT_TAKEN_UP, UndoneInPart.class, GIVEN_IN_PART),
                    new Edge(NOT_TAKEN_UP, Undone.class, UNDONE),
                    new Edge(NOT_TAKEN_UP, ReferralAsked.class, REFERRING),
                    new Edge(NOT_TAKEN_UP, Left.class, LEFT),
                    new Edge(NOT_TAKEN_UP, ChoiceNearlyOver.class, NOT_TAKEN_UP),
                    new Edge(NOT_TAKEN_UP, Lapsed.class, LEFT));

    /** Where {@code event} leads; empty when the table has no such edge. */
    public Optional<WayOutState> after(WayOutEvent event) {
        return EDGES.stream()
                .filter(edge -> edge.from == this && edge.on.isInstance(event))
                .map(Edge::to)
                .findFirst();
    }

    public boolean isEnd() {
        return switch (this) {
            case UNDONE, TAKEN_BACK, LEFT, REFERRED -> true;
            default -> false;
        };
    }

    /** Whether the customer decides how it goes on. */
    public boolean isForCustomer() {
        return this == REFUSED || this == GIVEN_IN_PART || this == NOT_TAKEN_UP;
    }

    /** Whether the customer may have the dispute body decide. */
    public boolean isReferable() {
        return isForCustomer() || isLate();
    }

    /** Whether the party has let its term pass. */
    public boolean isLate() {
        return this == OVERDUE || this == NOT_GIVEN;
    }

    /** Whether the customer may take the request back. */
    public boolean isRecallable() {
        return this == ASKING || this == ASKED || this == OVERDUE;
    }
}
