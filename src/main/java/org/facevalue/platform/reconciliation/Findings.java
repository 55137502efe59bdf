package org.facevalue.platform.reconciliation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Facts.Fact;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.outside.Matters;
import org.facevalue.platform.reconciliation.Comparison.Difference;
import org.facevalue.platform.reconciliation.Comparison.Key;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.stereotype.Component;

/** What becomes of a difference: it is found, changes, is resolved or accepted, each with its event and its matter. */
@Component
public class Findings {
    private static final String WORDS = "reconciliation_difference.words";
    private static final int DAYS_FOR_A_PERSON = 2;
    private static final String NOT_COMPARED = "books-not-compared";
    private final DifferenceRows rows;
    private final Matters matters;
    private final Vault vault;
    private final Facts facts;
    private final Ids ids;
    private final BusinessClock clock;

    Findings(
            DifferenceRows rows,
            Matters matters,
            Vault vault,
            Facts facts,
            Ids ids,
            BusinessClock clock) {
        this.rows = rows;
        this.matters = matters;
        this.vault = vault;
        this.facts = facts;
        this.ids = ids;
        this.clock = clock;
    }

    /** What cannot be compared twice in a row is for a person to see, until it is compared again. */
    void notCompared(String party, boolean compared, boolean failedBefore, Instant now) {
        var subject =
                UUID.nameUUIDFromBytes(
                        ("reconciliation/" + party).getBytes(StandardCharsets.UTF_8));
        boolean open = !matters.open(Cell.FIRST, List.of(subject)).isEmpty();
        boolean opens = !compared && failedBefore && !open;
        if (!opens && !(compared && open)) return;
        Effect<?> effect =
                opens
                        ? Matters.open(matter("rd", subject, NOT_COMPARED, now))
                        : Matters.settleAll(Cell.FIRST, subject, now);
        var type = opens ? "party-not-compared" : "party-compared";
        facts.commit(
                subject + "/" + type + "/" + now,
                new Fact(Cell.FIRST, "rd", subject, type, now, Map.of("party", party)),
                List.of(effect));
    }

    /** A person says why a difference stays as it is; with these amounts it is not found again. False when it does not stand any more. */
    public boolean accept(Caller staff, UUID id, String words) {
        var standing = rows.standing(id);
        if (standing.isEmpty()) return false;
        var now = clock.now();
        var each = standing.get();
        var effects =
                List.of(
                        DifferenceRows.accept(
                                id, now, staff.subject(), vault.seal(words, WORDS).bytes()),
                        Matters.settle(Cell.FIRST, about(each), reason(each.book()), now));
        return facts.commit(
                        id + "/accepted",
                        new Fact(
                                Cell.FIRST,
                                "rd",
                                id,
                                "difference-accepted",
                                now,
                                Map.of(
                                        "party",
                                        each.party(),
                                        "book",
                                        each.book().name(),
                                        "staff",
                                        staff.subject())),
                        effects)
                instanceof Outcome.Committed;
    }

    void found(Difference difference, Instant now) {
        var id = ids.next();
        var effects =
                List.of(
                        DifferenceRows.find(id, difference, now),
                        Matters.open(matter(id, difference, now)));
        facts.commit(id + "/found", fact(id, difference.key(), "difference-found", now), effects);
    }

    void resolved(DifferenceRows.Open each, Instant now) {
        var effects =
                List.of(
                        DifferenceRows.resolve(each.id(), now),
                        Matters.settle(Cell.FIRST, about(each), reason(each.book()), now));
        facts.commit(
                each.id() + "/resolved",
                fact(each.id(), each.key(), "difference-resolved", now),
                effects);
    }

    void changed(DifferenceRows.Open before, Difference difference, Instant now) {
        facts.commit(
                before.id()
                        + "/changed/"
                        + difference.ours()
                        + "/"
                        + difference.theirs()
                        + "/"
                        + now,
                fact(before.id(), before.key(), "difference-changed", now),
                List.of(DifferenceRows.change(before.id(), difference)));
    }

    private static UUID about(DifferenceRows.Open each) {
        return each.about() == null ? each.id() : each.about();
    }

    private static Fact fact(UUID id, Key key, String type, Instant now) {
        return new Fact(
                Cell.FIRST,
                "rd",
                id,
                type,
                now,
                Map.of("party", key.party(), "book", key.book().name()));
    }

    /** About the cash-out or way out where it is ours, else about the difference itself. */
    private Matter matter(UUID id, Difference difference, Instant now) {
        var about = difference.about();
        var book = difference.key().book();
        return about == null
                ? matter("rd", id, reason(book), now)
                : matter(book.of(), about, reason(book), now);
    }

    private Matter matter(String kind, UUID subject, String reason, Instant now) {
        return new Matter(
                Cell.FIRST,
                ids.next(),
                kind,
                subject,
                reason,
                "FINANCE",
                now,
                LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(DAYS_FOR_A_PERSON));
    }

    private static String reason(Book book) {
        return "books-differ-" + book.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a person has said about a difference that was accepted. */
    public record Acceptance(
            DifferenceRows.Open difference, UUID staff, String words, Instant at) {}

    /** The last of those that are still so, newest first. */
    public List<Acceptance> acceptances() {
        return rows.acceptances(
                (open, by, words, at) ->
                        new Acceptance(open, by, vault.open(new Sealed(words), WORDS), at));
    }
}
