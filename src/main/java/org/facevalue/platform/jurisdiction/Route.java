package org.facevalue.platform.jurisdiction;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked about: every part of a route that a law could touch. None of them is a free choice of anybody: they come from the line's number, its
 * carrier, the account's number and the register of parties.
 *
 * @param line the number charged, E.164; null where none is
 * @param residences where the customer lives, ISO 3166-1 alpha-2; empty where nobody knows, which only what is no customer's may be
 * @param account the designated account's number; null where nothing is paid out
 * @param facts further ones that rules may ask about, of the {@link Fact}'s type
 */
public record Route(
        Activity activity,
        @Nullable String line,
        Set<String> residences,
        @Nullable String account,
        List<Party> parties,
        Map<Fact, Object> facts) {

    /** @throws IllegalArgumentException when a fact is stated that follows from the parts, or is of another type */
    public Route {
        facts.forEach(
                (fact, value) -> {
                    if (fact.isDerived() || !fact.isOfType(value))
                        throw new IllegalArgumentException("cannot be stated: " + fact.word());
                });
    }

    /** A part of the route that somebody plays. */
    public enum Part {
        CARRIER(Fact.CARRIER),
        ISSUER(Fact.ISSUER),
        PROVIDER(Fact.PROVIDER),
        BANK(Fact.BANK);

        private final Fact fact;

        Part(Fact fact) {
            this.fact = fact;
        }

        Fact fact() {
            return fact;
        }
    }

    /**
     * Who plays it.
     *
     * @param jurisdiction where they are licensed, as the register says
     * @param address where they are reached
     * @param licences the kinds of licence that the register has of them
     */
    public record Party(Part part, String jurisdiction, URI address, Set<String> licences) {}

    Route as(Activity other) {
        return new Route(other, line, residences, account, parties, facts);
    }
}
