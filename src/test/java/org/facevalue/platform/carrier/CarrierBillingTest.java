package org.facevalue.platform.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Callbacks;
import org.facevalue.platform.outside.Transport;
import org.facevalue.story.World;
import org.junit.jupiter.api.Test;

/** The client against the sandbox's carrier, and the listener for what the carrier tells by itself. */
class CarrierBillingTest {
    private static final World WORLD = World.get();
    private final CarrierBilling billing = WORLD.bean(CarrierBilling.class);
    private final Transport transport = WORLD.bean(Transport.class);

    @Test
    void a_charge_is_refunded_in_parts_and_never_by_more_than_was_charged() {
        var charge = chargeOfNoCashOut();
        var profile = WORLD.bean(Carriers.class).of(charge.number()).orElseThrow();
        var key = charge.correlator() + "-part";
        assertThat(billing.refundPart(transport, profile, charge, key, 10_000, false))
                .isInstanceOf(Answer.Done.class);
        assertThat(billing.askRefund(transport, profile, charge, key))
                .isInstanceOf(Answer.Done.class);
        assertThat(billing.refundPart(transport, profile, charge, key, 10_000, true))
                .isInstanceOf(Answer.Unknown.class);
        assertThat(billing.refundPart(transport, profile, charge, key + "2", 40_001, false))
                .isInstanceOf(Answer.Declined.class);
        assertThat(billing.refund(transport, profile, charge, key + "3", false))
                .isInstanceOf(Answer.Done.class);
        assertThat(billing.askRefund(transport, profile, charge, "never-asked"))
                .isInstanceOf(Answer.Absent.class);
    }

    /** Charged on a line of its own, so that no cash-out's books are touched by what is done to it here. */
    private Charge chargeOfNoCashOut() {
        var line =
                WORLD.sandbox()
                        .post("/sandbox/people", Map.of("tariff", "one-step"))
                        .ok()
                        .path("line_number")
                        .asString();
        var caller = UUID.randomUUID();
        var now = Instant.now();
        var open =
                WORLD.bean(Charges.class)
                        .open(Cell.FIRST, caller, "maru", line, Money.won(50_000), now);
        WORLD.bean(Ledger.class)
                .commit(
                        new Command(
                                new CommandKey(Cell.FIRST, caller + "/open"),
                                List.of(),
                                List.of(),
                                open,
                                List.of()));
        var charge = WORLD.bean(Charges.class).of(Cell.FIRST, caller).orElseThrow();
        var profile = WORLD.bean(Carriers.class).of(line).orElseThrow();
        var fact =
                (Charge.Fact)
                        ((Answer.Done<?>) billing.charge(transport, profile, charge, false))
                                .value();
        assertThat(fact.status()).isEqualTo(Charge.Status.SUCCEEDED);
        return new Charge(
                charge.cell(),
                caller,
                line,
                charge.faceValue(),
                now,
                fact.status(),
                fact.paymentId(),
                null);
    }

    @Test
    void a_400_that_answers_a_repeat_means_exists_and_the_same_400_at_first_is_a_no() {
        var charge = charge(paid(WORLD.customer()));
        var profile = WORLD.bean(Carriers.class).of(charge.number()).orElseThrow();
        assertThat(billing.charge(transport, profile, charge, true))
                .isInstanceOf(Answer.Unknown.class);
        assertThat(billing.charge(transport, profile, charge, false))
                .isInstanceOf(Answer.Declined.class);
    }

    @Test
    void a_payment_whose_identifier_got_lost_is_found_by_its_correlator_among_the_others() {
        var known = charge(paid(WORLD.customer()));
        var lost =
                new Charge(
                        known.cell(),
                        known.caller(),
                        known.number(),
                        known.faceValue(),
                        known.openedAt(),
                        null,
                        null,
                        null);
        var profile = WORLD.bean(Carriers.class).of(lost.number()).orElseThrow();
        var found =
                billing.ask(
                        transport,
                        profile,
                        lost,
                        known.openedAt(),
                        known.openedAt().plusSeconds(60));
        assertThat(found)
                .isInstanceOfSatisfying(
                        Answer.Done.class,
                        done ->
                                assertThat(((Charge.Fact) done.value()).paymentId())
                                        .isEqualTo(known.paymentId()));
    }

    @Test
    void the_carrier_s_notifications_arrive_and_are_kept_once()
            throws SQLException, InterruptedException {
        var charge = charge(paid(WORLD.customer()));
        for (int i = 0; i < 100 && callbacks(charge.caller(), "charge") < 2; i++) Thread.sleep(50);
        // Reserved, then completed.
        assertThat(callbacks(charge.caller(), "charge")).isEqualTo(2);
    }

    @Test
    void a_provider_that_decides_later_sends_a_notice() throws Exception {
        var minji = WORLD.customer();
        var quote = minji.quote("face_value", 50_640, "eunmorae").path("id").asString();
        var id = minji.confirm(quote).path("id").asString();
        assertThat(WORLD.end(minji, id).path("state").asString()).isEqualTo("PAID");
        var subject = Id.parse("co", id).orElseThrow();
        for (int i = 0; i < 100 && callbacks(subject, "redemption") < 1; i++) Thread.sleep(50);
        assertThat(callbacks(subject, "redemption")).isEqualTo(1);
    }

    @Test
    void a_notification_without_the_charge_s_own_token_is_turned_away() throws Exception {
        var charge = charge(paid(WORLD.customer()));
        var client = WORLD.callbackClient();
        assertThat(post(client, "/callbacks/noeul", null, "{}")).isEqualTo(401);
        assertThat(post(client, "/callbacks/noeul", "guessed", "{\"id\":\"1\",\"type\":\"x\"}"))
                .isEqualTo(401);
        assertThat(post(client, "/", "guessed", "{}")).isEqualTo(404);
        assertThat(post(client, "/api/v1/cash-outs", null, "{}")).isEqualTo(404);
        var token = WORLD.bean(Callbacks.class).token(charge.caller(), Charges.CALLBACK);
        assertThat(post(client, "/callbacks/noeul", token, "no json")).isEqualTo(400);
        for (int i = 0; i < 10; i++)
            assertThat(
                            post(
                                    client,
                                    "/callbacks/noeul",
                                    token,
                                    "{\"id\":\"again\",\"type\":\"payment-completed\"}"))
                    .isEqualTo(204);
    }

    private static String paid(SandboxCustomer customer) {
        var quote = customer.quote("face_value", 50_000, "eunmorae").path("id").asString();
        return WORLD.end(customer, customer.confirm(quote).path("id").asString())
                .path("id")
                .asString();
    }

    private static Charge charge(String cashOut) {
        return WORLD.bean(Charges.class)
                .of(Cell.FIRST, Id.parse("co", cashOut).orElseThrow())
                .orElseThrow();
    }

    private static long callbacks(UUID subject, String kind) throws SQLException {
        try (var connection = WORLD.run();
                var read =
                        connection.prepareStatement(
                                "SELECT count(*) FROM callback WHERE kind = ? AND subject = ?")) {
            read.setString(1, kind);
            read.setObject(2, subject);
            try (var rows = read.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static int post(HttpClient client, String path, String token, String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(WORLD.callbacks() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) request.header("Authorization", "Bearer " + token);
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
