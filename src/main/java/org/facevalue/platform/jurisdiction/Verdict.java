package org.facevalue.platform.jurisdiction;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the rule packs say of a route. */
public sealed interface Verdict {

    /**
     * Yes, with the rules and their sources. Only rule packs make one: its constructor is this room's, so that whoever holds a value of this type has
     * asked.
     */
    final class Permitted implements Verdict {
        private final String jurisdiction;
        private final List<PackId> packs;
        private final List<Citation> citations;
        private final boolean mayHold;

        Permitted(
                String jurisdiction,
                List<PackId> packs,
                List<Citation> citations,
                boolean mayHold) {
            if (citations.isEmpty())
                throw new IllegalArgumentException("a permission names its source");
            this.jurisdiction = jurisdiction;
            this.packs = List.copyOf(packs);
            this.citations = List.copyOf(citations);
            this.mayHold = mayHold;
        }

        /** The one that the platform serves. */
        public String jurisdiction() {
            return jurisdiction;
        }

        /** Every pack that was asked: {@code ZZ@2026-11-28}, with a space between two. */
        public String packVersion() {
            return packs.stream().map(PackId::shown).collect(Collectors.joining(" "));
        }

        /** Every pack that was asked. */
        public List<PackId> packs() {
            return packs;
        }

        public List<Citation> citations() {
            return citations;
        }

        /** Whether a customer may keep the voucher or the money when the conversion or the payout cannot be had. */
        public boolean mayHold() {
            return mayHold;
        }
    }

    /**
     * No.
     *
     * @param code the problem's code
     * @param part the part of the route, or the rule, that it is refused for
     * @param citations the rules that say so; none where no rule says anything
     */
    record Refused(String code, String part, List<Citation> citations) implements Verdict {
        Refused(String code, String part) {
            this(code, part, List.of());
        }

        /** No pack covers a part of the route. */
        public static Refused noPack(String part) {
            return new Refused("no-rule-pack", part);
        }
    }

    /** A rule and its source, in the words of the pack. {@code gives}: what the customer gets back by it, where it says so. */
    record Citation(
            String rule, String source, String korean, String english, @Nullable Share gives) {}
}
