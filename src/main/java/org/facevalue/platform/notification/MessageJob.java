package org.facevalue.platform.notification;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.facevalue.platform.carrier.Carriers;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.notification.Message.Channel;
import org.facevalue.platform.notification.Message.State;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Claim;
import org.facevalue.platform.outside.Job;
import org.facevalue.platform.outside.JsonExchange;
import org.facevalue.platform.outside.Switchboard;
import org.facevalue.platform.outside.Transport.Request;
import org.facevalue.platform.time.BusinessClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** Sends what is to be told. A text is put under its identifier, again and again until it is taken; an e-mail goes out once or not at all. */
@Component
class MessageJob implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(MessageJob.class);
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final int SLOWEST = 10;
    private final Messages messages;
    private final Ledger ledger;
    private final Switchboard switchboard;
    private final Carriers carriers;
    private final @Nullable JavaMailSender mail;
    private final BusinessClock clock;
    private final String from;

    MessageJob(
            Messages messages,
            Ledger ledger,
            Switchboard switchboard,
            Carriers carriers,
            ObjectProvider<JavaMailSender> mail,
            BusinessClock clock,
            @Value("${facevalue.mail.from}") String from) {
        this.messages = messages;
        this.ledger = ledger;
        this.switchboard = switchboard;
        this.carriers = carriers;
        this.mail = mail.getIfAvailable();
        this.clock = clock;
        this.from = from;
    }

    @Override
    public String name() {
        return "mo";
    }

    @Override
    public List<Claim> claimDue(int atMost) {
        return messages.claimDue(clock.now(), atMost);
    }

    @Override
    public void advance(Claim claimed) {
        messages.message(claimed)
                .ifPresent(
                        message -> {
                            if (message.channel() == Channel.TEXT) text(message, claimed);
                            else email(message, claimed);
                        });
    }

    private void text(Message message, Claim claimed) {
        var carrier = carriers.named(message.party());
        if (carrier.isEmpty()) {
            become(message, State.UNDELIVERABLE, null);
            return;
        }
        var uri = URI.create(carrier.get().address() + "/messages/" + message.id());
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", "application/json");
        var body = JsonExchange.json(Map.of("to", message.recipient(), "text", message.body()));
        var answer =
                JsonExchange.send(
                        switchboard.to(message.party()), new Request("PUT", uri, headers, body));
        switch (answer) {
            case Answer.Done<?> done -> become(message, State.SENT, null);
            case Answer.Declined<?>(var code) -> {
                LOG.warn("{} is refused: {}", message, code);
                become(message, State.UNDELIVERABLE, null);
            }
            default -> later(message, claimed);
        }
    }

    /** What was handed over once and not recorded may be in somebody's inbox: it is not sent a second time. */
    private void email(Message message, Claim claimed) {
        if (message.state() == State.SENDING) {
            become(message, State.UNCLEAR, null);
            return;
        }
        var sender = mail;
        if (sender == null) {
            later(message, claimed);
            return;
        }
        if (!become(message, State.SENDING, clock.now())) return;
        var sending = message.in(State.SENDING);
        var letter = new SimpleMailMessage();
        letter.setFrom(from);
        letter.setTo(message.recipient());
        letter.setSubject(message.title());
        letter.setText(message.body());
        try {
            sender.send(letter);
            become(sending, State.SENT, null);
        } catch (MailSendException e) {
            LOG.warn("{} is not taken: {}", message, e.getMessage());
            boolean refused = !e.getFailedMessages().isEmpty() && !isAway(e);
            if (refused) become(sending, State.UNDELIVERABLE, null);
            else become(sending, State.TO_SEND, clock.now().plus(pause(claimed)));
        } catch (MailException e) {
            LOG.warn("{} is not sent: {}", message, e.getMessage());
            become(sending, State.UNDELIVERABLE, null);
        }
    }

    /** The server could not be reached: nothing was handed over. */
    private static boolean isAway(MailSendException e) {
        return e.getFailedMessages().values().stream()
                        .anyMatch(why -> why.getCause() instanceof java.io.IOException)
                || e.getCause() != null && e.getCause().getCause() instanceof java.io.IOException;
    }

    private void later(Message message, Claim claimed) {
        become(message, message.state(), clock.now().plus(pause(claimed)));
    }

    private static Duration pause(Claim claimed) {
        return SHORTEST.multipliedBy(1L << Math.min(claimed.failures(), SLOWEST));
    }

    private boolean become(Message message, State state, @Nullable Instant dueAt) {
        var now = clock.now();
        var key = new CommandKey(message.cell(), message.id() + "/" + state + "/" + now);
        var effect = Messages.become(message, state, now, dueAt);
        return ledger.commit(new Command(key, List.of(), List.of(), List.of(effect), List.of()))
                instanceof Outcome.Committed;
    }
}
