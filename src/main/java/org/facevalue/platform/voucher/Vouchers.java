package org.facevalue.platform.voucher;

import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
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
import org.facevalue.platform.outside.Transport;
import org.facevalue.platform.outside.Transport.Request;
import org.facevalue.platform.voucher.Voucher.Issued;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The table {@code voucher}, and the calls to issuers: order, ask, give back. */
@Component
public class Vouchers {
    private static final String CODE = "voucher.code";
    private final JdbcClient db;
    private final Vault vault;

    Vouchers(JdbcClient db, Vault vault) {
        this.db = db;
        this.vault = vault;
    }

    private record Opened(
            Cell cell, UUID caller, String product, long faceValue, String currency) {}

    private record Told(
            Cell cell,
            UUID caller,
            String status,
            byte @Nullable [] code,
            @Nullable LocalDate expiresOn) {}

    private static final EffectKind<Opened> OPEN =
            EffectKind.insert(
                    "voucher.open",
                    "voucher",
                    List.of(
                            new Column<>("cell", "smallint", o -> o.cell().number()),
                            new Column<>("caller", "uuid", Opened::caller),
                            new Column<>("product", "text", Opened::product),
                            new Column<>("face_value", "bigint", Opened::faceValue),
                            new Column<>("currency", "text", Opened::currency)));

    private static final EffectKind<Told> TELL =
            new EffectKind<>(
                    "voucher.tell",
                    "voucher",
                    """
                    UPDATE voucher AS v
                       SET status = n.status, code = coalesce(n.code, v.code), expires_on = coalesce(n.expires_on, v.expires_on)
                      FROM unnest(?::smallint[], ?::uuid[], ?::text[], ?::bytea[], ?::date[])
                           AS n(cell, caller, status, code, expires_on)
                     WHERE v.cell = n.cell AND v.caller = n.caller
                    """,
                    List.of(
                            new Column<>("cell", "smallint", t -> t.cell().number()),
                            new Column<>("caller", "uuid", Told::caller),
                            new Column<>("status", "text", Told::status),
                            new Column<>("code", "bytea", Told::code),
                            new Column<>("expires_on", "date", Told::expiresOn)));

    public static Effect<?> open(Cell cell, UUID caller, String product, Money faceValue) {
        return new Effect<>(
                OPEN,
                new Opened(
                        cell,
                        caller,
                        product,
                        faceValue.minor(),
                        faceValue.currency().getCurrencyCode()));
    }

    /** Keeps the code, sealed. */
    public Effect<?> issued(Voucher voucher, Issued issued) {
        return new Effect<>(
                TELL,
                new Told(
                        voucher.cell(),
                        voucher.caller(),
                        "HELD",
                        vault.seal(issued.code(), CODE).bytes(),
                        LocalDate.parse(issued.expiresOn())));
    }

    /** {@code status}: {@code REDEEMED}, {@code RETURNED} or {@code DECLINED}. */
    public static Effect<?> became(Voucher voucher, String status) {
        return new Effect<>(TELL, new Told(voucher.cell(), voucher.caller(), status, null, null));
    }

    public Optional<Voucher> of(Cell cell, UUID caller) {
        return db.sql("SELECT * FROM voucher WHERE cell = :cell AND caller = :caller")
                .param("cell", cell.number())
                .param("caller", caller)
                .query(
                        (row, n) -> {
                            var code = row.getBytes("code");
                            return new Voucher(
                                    new Cell(row.getShort("cell")),
                                    row.getObject("caller", UUID.class),
                                    row.getString("product"),
                                    new Money(
                                            row.getLong("face_value"),
                                            Currency.getInstance(row.getString("currency"))),
                                    row.getString("status"),
                                    code == null ? null : new Sealed(code));
                        })
                .optional();
    }

    /** The code in clear, for the one call that needs it. */
    public String code(Voucher voucher) {
        var code = voucher.code();
        if (code == null) throw new IllegalStateException("no code yet: " + voucher.reference());
        return vault.open(code, CODE);
    }

    /** Buys one. The issuer takes a repeat with the same reference for the same order. */
    public Answer<Issued> order(Transport transport, Issuer issuer, Voucher voucher) {
        var body =
                Map.of(
                        "reference",
                        voucher.reference(),
                        "product",
                        voucher.product(),
                        "face_value",
                        voucher.faceValue().minor(),
                        "currency",
                        voucher.faceValue().currency().getCurrencyCode());
        return issued(
                voucher, JsonExchange.post(transport, orders(issuer), voucher.reference(), body));
    }

    /** What became of the order. */
    public Answer<Issued> ask(Transport transport, Issuer issuer, Voucher voucher) {
        return issued(
                voucher,
                JsonExchange.send(transport, Request.get(order(issuer, voucher), Map.of())));
    }

    /** Gives an unused voucher back to its issuer for its full face value and fee. */
    public Answer<String> giveBack(Transport transport, Issuer issuer, Voucher voucher) {
        var uri = URI.create(order(issuer, voucher) + "/refund");
        return returned(
                JsonExchange.post(transport, uri, voucher.reference() + "/refund", Map.of()));
    }

    public Answer<String> askGivenBack(Transport transport, Issuer issuer, Voucher voucher) {
        return returned(
                JsonExchange.send(transport, Request.get(order(issuer, voucher), Map.of())));
    }

    private static Answer<Issued> issued(Voucher voucher, Answer<JsonNode> answer) {
        return switch (answer) {
            case Answer.Done<JsonNode>(var order) ->
                    switch (order.path("status").asString("")) {
                        case "ISSUED" -> issued(voucher, order);
                        case "DECLINED" ->
                                new Answer.Declined<>(order.path("code").asString("DECLINED"));
                        case "PENDING" -> new Answer.Pending<>();
                        default -> new Answer.Unknown<>("order status " + order.path("status"));
                    };
            case Answer.Declined<JsonNode>(var code) -> new Answer.Declined<>(code);
            case Answer.Pending<JsonNode> p -> new Answer.Pending<>();
            case Answer.Unknown<JsonNode>(var why) -> new Answer.Unknown<>(why);
            case Answer.Absent<JsonNode> a -> new Answer.Absent<>();
        };
    }

    /** Reads with suspicion: a voucher of another value, or without a code or date, is not what was bought. */
    private static Answer<Issued> issued(Voucher voucher, JsonNode order) {
        var code = order.path("voucher_code").asString("");
        var expiresOn = order.path("expires_on").asString("");
        if (order.path("face_value").asLong(-1) != voucher.faceValue().minor() || code.isEmpty())
            return new Answer.Unknown<>("not the voucher that was ordered");
        try {
            return new Answer.Done<>(new Issued(code, LocalDate.parse(expiresOn).toString()));
        } catch (DateTimeParseException e) {
            return new Answer.Unknown<>("expires on " + expiresOn);
        }
    }

    private static Answer<String> returned(Answer<JsonNode> answer) {
        return switch (answer) {
            case Answer.Done<JsonNode>(var order)
                    when order.path("status").asString("").equals("REFUNDED") ->
                    new Answer.Done<>("refunded");
            // Still issued: the request for the refund has not arrived.
            case Answer.Done<JsonNode>(var order)
                    when order.path("status").asString("").equals("ISSUED") ->
                    new Answer.Absent<>();
            case Answer.Done<JsonNode>(var order) ->
                    new Answer.Declined<>(order.path("status").asString(""));
            case Answer.Declined<JsonNode>(var code) -> new Answer.Declined<>(code);
            case Answer.Pending<JsonNode> p -> new Answer.Pending<>();
            case Answer.Unknown<JsonNode>(var why) -> new Answer.Unknown<>(why);
            case Answer.Absent<JsonNode> a ->
                    new Answer.Unknown<>("the issuer does not know its own voucher");
        };
    }

    private static URI orders(Issuer issuer) {
        return URI.create(issuer.address() + "/orders");
    }

    private static URI order(Issuer issuer, Voucher voucher) {
        return URI.create(orders(issuer) + "/" + voucher.reference());
    }
}
