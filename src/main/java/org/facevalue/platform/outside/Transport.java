package org.facevalue.platform.outside;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HTTP to other parties. A port: one implementation in production, a scripted one where a test runs the jobs without a network. */
@FunctionalInterface
public interface Transport {

    /** Sends once; never follows a redirect, never repeats, always comes back within the time-out. */
    Reply send(Request request);

    /** @param body JSON, or a form where the headers say so */
    record Request(String method, URI uri, Map<String, String> headers, @Nullable String body) {
        public static Request get(URI uri, Map<String, String> headers) {
            return new Request("GET", uri, headers, null);
        }

        public static Request post(URI uri, Map<String, String> headers, String body) {
            return new Request("POST", uri, headers, body);
        }
    }

    sealed interface Reply {
        /** A whole answer. */
        record Got(int status, String body) implements Reply {}

        /** None: they may have got the request or not. */
        record Nothing(String why) implements Reply {}
    }
}
