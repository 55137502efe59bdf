package org.facevalue.platform.wayout;

import java.net.URI;
import java.util.Locale;

/**
 * Where requests to undo a purchase are taken: a carrier's, an issuer's, or the dispute body's.
 *
 * @param jurisdiction where it is licensed
 * @param address below it {@code /undo-requests}, or the dispute body's {@code /cases}
 */
public record Desk(String code, String korean, String english, String jurisdiction, URI address) {
    /** As people call it. */
    public String name(Locale language) {
        return language.getLanguage().equals("ko") ? korean : english;
    }
}
