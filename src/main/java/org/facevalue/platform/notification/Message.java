package org.facevalue.platform.notification;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.journal.Event;

/**
 * Something that somebody is told.
 *
 * @param id derived from the event and the recipient, so that the same news makes the same message
 * @param aboutKind the prefix of the identifier of what it is about
 * @param party who carries it: the carrier's code, or {@code smtp}
 * @param recipient the number, E.164, or the address
 * @param title of an e-mail; a text has none
 */
public record Message(
        Cell cell,
        UUID id,
        String aboutKind,
        UUID about,
        Channel channel,
        String party,
        String recipient,
        Locale language,
        String title,
        String body,
        State state,
        Instant createdAt) {

    /** How it gets there. */
    public enum Channel {
        TEXT,
        EMAIL
    }

    /** Where it stands. */
    public enum State {
        TO_SEND,
        /** Handed over in this moment; an e-mail that stays here may have gone out, and is not sent again. */
        SENDING,
        SENT,
        /** Refused by who carries it. */
        UNDELIVERABLE,
        /** Nobody knows whether it went out. */
        UNCLEAR
    }

    static Message of(
            Event event,
            Channel channel,
            String party,
            String recipient,
            Locale language,
            String title,
            String body,
            Instant now) {
        var name = event.id() + "/" + channel + "/" + recipient;
        return new Message(
                event.cell(),
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                event.subjectKind(),
                event.subject(),
                channel,
                party,
                recipient,
                language,
                title,
                body,
                State.TO_SEND,
                now);
    }

    Message in(State other) {
        return new Message(
                cell, id, aboutKind, about, channel, party, recipient, language, title, body, other,
                createdAt);
    }

    @Override
    public String toString() {
        return channel + " " + id;
    }
}
