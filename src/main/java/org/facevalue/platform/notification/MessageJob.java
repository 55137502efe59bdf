package org.facevalue.platform.notification;

import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
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
import org.springframework.mail.MailAuthenticationException;
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
    private static final Duration LONGEST = Duration.ofHours(1);

    /** A mail server that hangs holds up no more than so many of all the jobs' places. */
    private static final int MOST_AT_ONCE = 16;

    private final AtomicInteger busy = new AtomicInteger();
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
        int room = Math.min(atMost, MOST_AT_ONCE - busy.get());
        return room <= 0 ? List.of() : messages.claimDue(clock.now(), room);
    }

    @Override
    public void advance(Claim claimed) {
        busy.incrementAndGet();
        try {
            send(claimed);
        } finally {
            busy.decrementAndGet();
        }
    }

    private void send(Claim claimed) {
        messages.message(claimed)
                .ifPresent(
                        message -> {
                            if (message.channel() == Channel.TEXT) text(message);
                            else email(message);
                        });
    }

    private void text(Message message) {
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
            default -> later(message);
        }
    }

    /** What was handed over once and not recorded may be in somebody's inbox: it is not sent a second time. */
    private void email(Message message) {
        if (message.state() == State.SENDING) {
            become(message, State.UNCLEAR, null);
            return;
        }
        var sender = mail;
        if (sender == null) {
            later(message);
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
        } catch (MailException e) {
            LOG.warn("{} is not sent: {}", message, e.getMessage());
            switch (failure(e)) {
                case NONE -> become(sending, State.SENT, null);
                case NOT_NOW -> become(sending, State.TO_SEND, clock.now().plus(pause(message)));
                case REFUSED -> become(sending, State.UNDELIVERABLE, null);
                case UNCLEAR -> become(sending, State.UNCLEAR, null);
            }
        }
    }

    private enum Failure {
        /** It was taken; what failed was the goodbye. */
        NONE,
        NOT_NOW,
        REFUSED,
        UNCLEAR
    }

    /** Only who was never reached, or has said so by number, has not got it. */
    private static Failure failure(MailException e) {
        if (e instanceof MailAuthenticationException) return Failure.NOT_NOW;
        var causes = new ArrayList<Throwable>();
        if (e instanceof MailSendException sent) {
            var failed = sent.getFailedMessages().values();
            if (failed.isEmpty() && sent.getCause() != null) return Failure.NONE;
            // The same trouble with every letter: there was no connection to hand one over on.
            if (failed.stream().anyMatch(each -> each == sent.getCause())) return Failure.NOT_NOW;
            causes.addAll(failed);
            causes.addAll(List.of(sent.getMessageExceptions()));
        }
        if (e.getCause() != null) causes.add(e.getCause());
        for (var cause : causes)
            for (Throwable each = cause; each != null; each = next(each)) {
                if (each instanceof MailConnectException || each instanceof ConnectException)
                    return Failure.NOT_NOW;
                int code =
                        each instanceof SMTPSendFailedException failed
                                ? failed.getReturnCode()
                                : each instanceof SMTPAddressFailedException address
                                        ? address.getReturnCode()
                                        : 0;
                if (code / 100 == 4) return Failure.NOT_NOW;
                if (code / 100 == 5) return Failure.REFUSED;
            }
        return Failure.UNCLEAR;
    }

    private static @Nullable Throwable next(Throwable each) {
        return each instanceof MessagingException message && message.getNextException() != null
                ? message.getNextException()
                : each.getCause();
    }

    private void later(Message message) {
        become(message, message.state(), clock.now().plus(pause(message)));
    }

    /** The longer it has been waiting the more rarely it is tried. */
    private Duration pause(Message message) {
        var waited = Duration.between(message.createdAt(), clock.now()).dividedBy(4);
        if (waited.compareTo(SHORTEST) < 0) return SHORTEST;
        return waited.compareTo(LONGEST) > 0 ? LONGEST : waited;
    }

    private boolean become(Message message, State state, @Nullable Instant dueAt) {
        var now = clock.now();
        var key = new CommandKey(message.cell(), message.id() + "/" + state + "/" + now);
        var effect = Messages.become(message, state, now, dueAt);
        return ledger.commit(new Command(key, List.of(), List.of(), List.of(effect), List.of()))
                instanceof Outcome.Committed;
    }
}
