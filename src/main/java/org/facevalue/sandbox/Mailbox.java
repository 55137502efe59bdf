package org.facevalue.sandbox;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.facevalue.sandbox.Server.Reply;

/** A real mail server that keeps what it gets. */
final class Mailbox implements AutoCloseable {
    private final GreenMail server;

    Mailbox(int port) {
        server = new GreenMail(new ServerSetup(port, "localhost", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    void routes(Server http) {
        http.route(
                "GET",
                "/sandbox/mailboxes/([^/]+)",
                request -> Reply.of(200, Map.of("data", of(request.part(0)))));
    }

    private List<Map<String, String>> of(String address) {
        try {
            var found = new ArrayList<Map<String, String>>();
            for (var message : server.getReceivedMessages())
                if (Arrays.stream(message.getAllRecipients())
                        .anyMatch(to -> to.toString().equals(address)))
                    found.add(
                            Map.of(
                                    "title", message.getSubject(),
                                    "body", String.valueOf(message.getContent())));
            return found;
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
