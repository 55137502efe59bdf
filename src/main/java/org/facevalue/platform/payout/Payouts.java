package org.facevalue.platform.payout;

import java.net.URI;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.JsonExchange;
import org.facevalue.platform.outside.Statement;
import org.facevalue.platform.outside.Transport;
import org.facevalue.platform.outside.Transport.Request;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The table {@code payout}, and the calls to the bank: who holds an account, transfer, ask. */
@Component
public class Payouts {
    private static final String ACCOUNT = "payout.account";
    private final JdbcClient db;
    private final Vault vault;

    Payouts(JdbcClient db, Vault vault) {
        this.db = db;
        this.vault = vault;
    }

    /**
     * @param purpose {@code NET} is the payout of a cash-out; {@code BACK} the full face value, where nothing else makes the customer whole
     */
    public record Payout(Cell cell, UUID caller, String purpose, String account, Money amount) {
        public String reference() {
            return caller + "-" + purpose.toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public String toString() {
            return "payout " + reference();
        }
    }

    private record Opened(
            Cell cell, UUID caller, String purpose, byte[] account, long amount, String currency) {}

    private record Told(Cell cell, UUID caller, String purpose, String status) {}

    private static final EffectKind<Opened> OPEN =
            EffectKind.insert(
                    "payout.open",
                    "payout",
                    List.of(
                            new Column<>("cell", "smallint", o -> o.cell().number()),
                            new Column<>("caller", "uuid", Opened::caller),
                            new Column<>("purpose", "text", Opened::purpose),
                            new Column<>("account", "bytea", Opened::account),
                            new Column<>("amount", "bigint", Opened::amount),
                            new Column<>("currency", "text", Opened::currency)));

    private static final EffectKind<Told> TELL =
            new EffectKind<>(
                    "payout.tell",
                    "payout",
                    """
                    UPDATE payout AS p SET status = n.status
                      FROM unnest(?::smallint[], ?::uuid[], ?::text[], ?::text[]) AS n(cell, caller, purpose, status)
                     WHERE p.cell = n.cell AND p.caller = n.caller AND p.purpose = n.purpose
                    """,
                    List.of(
                            new Column<>("cell", "smallint", t -> t.cell().number()),
                            new Column<>("caller", "uuid", Told::caller),
                            new Column<>("purpose", "text", Told::purpose),
                            new Column<>("status", "text", Told::status)));

    public Effect<?> open(Payout payout) {
        return new Effect<>(
                OPEN,
                new Opened(
                        payout.cell(),
                        payout.caller(),
                        payout.purpose(),
                        vault.seal(payout.account(), ACCOUNT).bytes(),
                        payout.amount().minor(),
                        payout.amount().currency().getCurrencyCode()));
    }

    /** {@code status}: {@code BOOKED}, {@code DECLINED} or {@code RETURNED}. */
    public static Effect<?> became(Payout payout, String status) {
        return new Effect<>(
                TELL, new Told(payout.cell(), payout.caller(), payout.purpose(), status));
    }

    public Optional<Payout> of(Cell cell, UUID caller, String purpose) {
        return db.sql(
                        "SELECT * FROM payout WHERE cell = :cell AND caller = :caller AND purpose = :purpose")
                .param("cell", cell.number())
                .param("caller", caller)
                .param("purpose", purpose)
                .query(
                        (row, n) ->
                                new Payout(
                                        cell,
                                        caller,
                                        purpose,
                                        vault.open(new Sealed(row.getBytes("account")), ACCOUNT),
                                        new Money(
                                                row.getLong("amount"),
                                                Currency.getInstance(row.getString("currency")))))
                .optional();
    }

    /** The name of whoever holds the account, as the bank has it; absent when there is no such account. */
    public Answer<String> holder(Transport transport, Bank bank, String account) {
        var uri = URI.create(bank.address() + "/accounts/" + account);
        return JsonExchange.send(transport, Request.get(uri, Map.of()))
                .then(
                        body ->
                                body.path("holder").isString()
                                        ? new Answer.Done<>(body.path("holder").asString())
                                        : new Answer.Unknown<>("no holder"));
    }

    /** Sends it. The bank takes a repeat with the same reference for the same transfer. */
    public Answer<String> transfer(Transport transport, Bank bank, Payout payout) {
        var body =
                Map.of(
                        "reference",
                        payout.reference(),
                        "to",
                        payout.account(),
                        "amount",
                        payout.amount().minor(),
                        "currency",
                        payout.amount().currency().getCurrencyCode());
        var uri = URI.create(bank.address() + "/transfers");
        return read(JsonExchange.post(transport, uri, payout.reference(), body), payout);
    }

    public Answer<String> ask(Transport transport, Bank bank, Payout payout) {
        return read(JsonExchange.send(transport, Request.get(uri(bank, payout), Map.of())), payout);
    }

    /** Asks the bank to get back what it has booked. It may ask whoever has it, and take its time. */
    public Answer<String> recall(Transport transport, Bank bank, Payout payout) {
        var uri = URI.create(uri(bank, payout) + "/recall");
        var key = payout.reference() + "-recall";
        return recalled(JsonExchange.post(transport, uri, key, Map.of()));
    }

    /** What became of the recall; absent while the transfer stands as booked. */
    public Answer<String> askRecalled(Transport transport, Bank bank, Payout payout) {
        return recalled(JsonExchange.send(transport, Request.get(uri(bank, payout), Map.of())));
    }

    private static Answer<String> recalled(Answer<JsonNode> answer) {
        return answer.then(
                transfer ->
                        switch (transfer.path("status").asString("")) {
                            case "RETURNED" -> new Answer.Done<>("returned");
                            case "RECALLING" -> new Answer.Pending<>();
                            case "BOOKED" ->
                                    transfer.path("recall").asString("").equals("DECLINED")
                                            ? new Answer.Declined<>("NOT_GIVEN_BACK")
                                            : new Answer.Absent<>();
                            default -> new Answer.Unknown<>("status " + transfer.path("status"));
                        });
    }

    /** What the bank has been asked to transfer from {@code from} on and before {@code until}, by its own books. */
    public Answer<List<Statement.Entry>> statement(
            Transport transport, Bank bank, Instant from, Instant until) {
        var uri = URI.create(bank.address() + "/transfers");
        return Statement.read(transport, uri, from, until, "amount");
    }

    private static URI uri(Bank bank, Payout payout) {
        return URI.create(bank.address() + "/transfers/" + payout.reference());
    }

    private static boolean isOf(JsonNode transfer, Payout payout) {
        return transfer.path("reference").asString("").equals(payout.reference())
                && transfer.path("amount").asLong(-1) == payout.amount().minor()
                && transfer.path("currency")
                        .asString("")
                        .equals(payout.amount().currency().getCurrencyCode());
    }

    private static Answer<String> read(Answer<JsonNode> answer, Payout payout) {
        return answer.then(
                transfer -> {
                    if (!isOf(transfer, payout))
                        return new Answer.Odd<>(
                                "not our transfer: "
                                        + transfer.path("reference")
                                        + " "
                                        + transfer.path("amount")
                                        + " "
                                        + transfer.path("currency"));
                    var status = transfer.path("status").asString("");
                    return switch (status) {
                        case "BOOKED" -> new Answer.Done<>("booked");
                        case "PENDING" -> new Answer.Pending<>();
                        case "DECLINED", "RETURNED" ->
                                new Answer.Declined<>(transfer.path("code").asString(status));
                        default -> new Answer.Unknown<>("transfer status " + status);
                    };
                });
    }
}
