package org.facevalue.platform.jurisdiction;

import java.util.List;

/** What the rule packs say of a route. */
public sealed interface Verdict {

    /**
     * Yes, with the rules and their sources. Only a rule pack makes one: its constructor is this room's, so that whoever holds a value of this type has
     * asked.
     */
    final class Permitted implements Verdict {
        private final String jurisdiction;
        private final String packVersion;
        private final List<Citation> citations;
        private final boolean mayHold;

        Permitted(
                String jurisdiction,
                String packVersion,
                List<Citation> citations,
                boolean mayHold) {
            if (citations.isEmpty())
                throw new IllegalArgumentException("a permission names its source");
            this.jurisdiction = jurisdiction;
            this.packVersion = packVersion;
            this.citations = List.copyOf(citations);
            this.mayHold = mayHold;
        }

        public String jurisdiction() {
            return jurisdiction;
        }

        public String packVersion() {
            return packVersion;
        }

        public List<Citation> citations() {
            return citations;
        }

        /** Whether a customer may keep the voucher or the money when the conversion or the payout cannot be had. */
        public boolean mayHold() {
            return mayHold;
        }
    }

    /** No. {@code code} is the problem's code, {@code party} the part of the route that no pack covers. */
    record Refused(String code, String party) implements Verdict {}

    /** A rule and its source, in the words of the pack. */
    record Citation(String rule, String source, String korean, String english) {}
}
