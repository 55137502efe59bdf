package org.facevalue.platform.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Facts.Fact;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.stereotype.Component;

/**
 * The operator's own people: who is let in and who is let go. No page and no API does either, only a program beside the database with the keys at
 * hand, so that nobody who is in lets somebody in to approve what they ask for. Compliance, the auditor and the operator are told of both.
 */
@Component
public class Staff {
    /** What a name is made of. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@-]{1,63}");

    private final Logins logins;
    private final Facts facts;
    private final Ids ids;
    private final BusinessClock events;

    Staff(Logins logins, Facts facts, Ids ids, BusinessClock events) {
        this.logins = logins;
        this.facts = facts;
        this.ids = ids;
        this.events = events;
    }

    /** One of them; {@code since} is when they were let in. */
    public record Member(UUID subject, String name, Role role, Instant since) {}

    /**
     * Lets somebody in, with a password and a TOTP secret made at random: shown here and nowhere again.
     *
     * @return empty when somebody has signed in by that name before, also who was let go: a name in a record stays one person's
     * @throws IllegalArgumentException for a role that is not the staff's, or a name that is none
     */
    public Optional<Logins.NewLogin> add(String name, Role role) {
        if (!role.isStaff()) throw new IllegalArgumentException("no role of the staff: " + role);
        if (!NAME.matcher(name).matches()) throw new IllegalArgumentException("no name: " + name);
        var login = new Logins.NewLogin(name, Secret.next().shown(), Totp.newSecret(), role);
        var subject = ids.next();
        var outcome = commit(subject, "staff-added", role, logins.add(Cell.FIRST, subject, login));
        return outcome instanceof Outcome.Committed ? Optional.of(login) : Optional.empty();
    }

    /** Lets who signs in by that name go: from the same moment none of their sessions and keys holds. False when there is nobody. */
    public boolean remove(String name) {
        return logins.named(name)
                .flatMap(login -> logins.caller(login, login))
                .filter(found -> found.role().isStaff())
                .map(
                        found ->
                                commit(
                                        found.subject(),
                                        "staff-removed",
                                        found.role(),
                                        logins.end(Cell.FIRST, found.login())))
                .filter(Outcome.Committed.class::isInstance)
                .isPresent();
    }

    /** Everybody who may sign in as one of the staff now, by role and name. */
    public List<Member> all() {
        return logins.staff();
    }

    private Outcome commit(UUID subject, String type, Role role, Effect<?> effect) {
        var fact =
                new Fact(
                        Cell.FIRST, "lo", subject, type, events.now(), Map.of("role", role.name()));
        return facts.commit(subject + "/" + type, fact, List.of(effect));
    }
}
