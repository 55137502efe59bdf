package org.facevalue.platform.outside;

import java.util.ArrayList;
import java.util.List;

/** A transport that writes down what went out and what came back, for the row of the call. Headers stay out: they carry tokens. */
public final class Transcript implements Transport {
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
        requests.add(request.method() + " " + request.uri() + (body == null ? "" : "\n" + body));
        var reply =
                fence.holds()
                        ? transport.send(request)
                        : new Reply.Nothing("held up for too long: not sent");
        replies.add(
                switch (reply) {
                    case Reply.Got(var status, var text) -> status + "\n" + text;
                    case Reply.Nothing(var why) -> "no answer: " + why;
                });
        return reply;
    }

    public String requests() {
        return String.join("\n\n", requests);
    }

    public String replies() {
        return String.join("\n\n", replies);
    }
}
