package org.facevalue.platform.jurisdiction;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a rule says where its condition holds; the strictest last but for the duties, which forbid nothing. */
public enum Ruling {
    /** Whoever does it has to do something else, too. */
    @JsonProperty("obliges")
    OBLIGES,
    @JsonProperty("permitted")
    PERMITTED,
    /** To who holds the licence that the rule names. */
    @JsonProperty("permitted with licence")
    PERMITTED_WITH_LICENCE,
    /** Refused until counsel has settled it in a new version of the pack. */
    @JsonProperty("unclear")
    UNCLEAR,
    @JsonProperty("forbidden")
    FORBIDDEN;

    boolean permits() {
        return this == PERMITTED || this == PERMITTED_WITH_LICENCE;
    }
}
