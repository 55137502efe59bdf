package org.facevalue.platform.wayout;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Statement;
import org.facevalue.platform.outside.Transport;
import org.springframework.stereotype.Component;

/** What the desks have in their books, for whoever holds ours against them. */
@Component
public class DeskStatements {
    private final Desks desks;

    DeskStatements(Desks desks) {
        this.desks = desks;
    }

    /** Every desk that gives something back. */
    public List<Desk> all() {
        return Stream.concat(desks.carriers().stream(), desks.issuers().stream()).toList();
    }

    /** The requests it was given in a time, each with what it has given back: zero where it has not. */
    public Answer<List<Statement.Entry>> given(
            Transport transport, Desk desk, Instant from, Instant until) {
        var address = URI.create(desk.address() + "/undo-requests");
        return Statement.read(transport, address, from, until, "given");
    }
}
