package org.facevalue.platform.outside;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A transport that writes down what went out and what came back, for the row of the call. Tokens, codes and files stay out, and so do headers. */
public final class Transcript implements Transport {
    private static final Pattern SECRETS_SENT =
            Pattern.compile(
                    "(\"(?:voucher_code|accessToken|sink_token|code|content)\"\\s*:\\s*)\"[^\"]*\"");

    /** An answer's {@code code} says why. */
    private static final Pattern SECRETS_GOT =
            Pattern.compile("(\"(?:voucher_code|accessToken)\"\\s*:\\s*)\"[^\"]*\"");

    private final Transport transport;
    private final Fence fence;
    private final List<String> requests = new ArrayList<>();
    private final List<String> replies = new ArrayList<>();

    /** @param fence looked at right before every request */
    public Transcript(Transport transport, Fence fence) {
        this.transport = transport;
        this.fence = fence;
    }

    @Override
    public Reply send(Request request) {
        var body = request.body();
        requests.add(
                request.method()
                        + " "
                        + request.uri()
                        + (body == null ? "" : "\n" + masked(body, SECRETS_SENT)));
        var reply =
                fence.holds()
                        ? transport.send(request)
                        : new Reply.Nothing("held up for too long: not sent");
        replies.add(
                switch (reply) {
                    case Reply.Got(var status, var text) ->
                            status + "\n" + masked(text, SECRETS_GOT);
                    case Reply.Nothing(var why) -> "no answer: " + why;
                });
        return reply;
    }

    private static String masked(String body, Pattern secrets) {
        return secrets.matcher(body).replaceAll("$1\"…\"");
    }

    public String requests() {
        return String.join("\n\n", requests);
    }

    public String replies() {
        return String.join("\n\n", replies);
    }
}
