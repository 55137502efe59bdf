package org.facevalue.platform.wayout;

import java.net.URI;
import java.util.Locale;

/**
 * Where requests to undo a purchase are taken: a carrier's, an issuer's, or the dispute body's.
 *
 * @param jurisdiction where it is licensed
 * @param address below it {@code /undo-requests}, or the dispute body's {@code /cases}
 * @param eMoney whether what it issues is electronic money in the sense of the law
 */
public record Desk(
        String code,
        String korean,
        String english,
        String jurisdiction,
        URI address,
        boolean eMoney) {
    /** One that issues none. */
    Desk(String code, String korean, String english, String jurisdiction, URI address) {
        this(code, korean, english, jurisdiction, address, false);
    }

    /** As people call it. */
    public String name(Locale language) {
        return language.getLanguage().equals("ko") ? korean : english;
    }
}
