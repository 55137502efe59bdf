package org.facevalue.platform.reconciliation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Two sides of the same books, put side by side. Pure. */
final class Comparison {
    private Comparison() {}

    /** Under what both sides have an amount. {@code reference}: ours, which the party was given. */
    record Key(String party, Book book, String reference) {}

    /**
     * One side's amount.
     *
     * @param amount in minor units; zero says that there is nothing
     * @param dated when it was made
     */
    record Amount(long amount, Instant dated) {}

    /** How a difference looks from our side. */
    enum Kind {
        MISSING_THERE,
        MISSING_HERE,
        OTHER_AMOUNT
    }

    /** {@code about}: or null where the reference is none of ours. */
    record Difference(
            Key key, Kind kind, long ours, long theirs, Instant dated, @Nullable UUID about) {}

    /** What came of it. */
    record Compared(long matched, List<Difference> differences) {}

    /** {@code ours} tells of every reference that is to be compared, with zero where we have nothing; what only they tell of is missing here. */
    static Compared of(Map<Key, Amount> ours, Map<Key, Amount> theirs) {
        long matched = 0;
        var differences = new ArrayList<Difference>();
        var keys = new LinkedHashSet<>(ours.keySet());
        keys.addAll(theirs.keySet());
        for (var key : keys) {
            var our = ours.get(key);
            var their = theirs.get(key);
            long here = our == null ? 0 : our.amount();
            long there = their == null ? 0 : their.amount();
            if (here == there) {
                if (here != 0) matched++;
                continue;
            }
            var kind =
                    there == 0
                            ? Kind.MISSING_THERE
                            : here == 0 ? Kind.MISSING_HERE : Kind.OTHER_AMOUNT;
            var dated = our == null ? their : our;
            differences.add(
                    new Difference(
                            key,
                            kind,
                            here,
                            there,
                            dated == null ? Instant.EPOCH : dated.dated(),
                            our == null ? null : uuid(key.reference())));
        }
        return new Compared(matched, List.copyOf(differences));
    }

    /** What a reference of ours is; null when it is none. */
    static @Nullable UUID uuid(String reference) {
        try {
            return UUID.fromString(reference);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
