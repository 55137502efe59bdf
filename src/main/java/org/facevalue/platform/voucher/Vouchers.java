package org.facevalue.platform.voucher;

import java.net.URI;
import java.time.Instant;
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
import org.facevalue.platform.outside.Statement;
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
                        issued.expiresOn()));
    }

    /** {@code status}: {@code REDEEMED}, {@code RETURNED}, {@code NOT_RETURNED}, {@code HANDED_OVER} or {@code DECLINED}. */
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
                                    code == null ? null : new Sealed(code),
                                    row.getObject("expires_on", LocalDate.class));
                        })
                .optional();
    }

    /** The code in clear, for the one call that needs it, or the customer whose voucher it is. */
    public String code(Voucher voucher) {
        var code = voucher.code();
        if (code == null) throw new IllegalStateException("no code yet: " + voucher.reference());
        return vault.open(code, CODE);
    }

    /** Buys one. {@code today} is in UTC: what expires by then is no voucher. The issuer takes a repeat with the same reference for the same order. */
    public Answer<Issued> order(
            Transport transport, Issuer issuer, Voucher voucher, LocalDate today) {
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
                voucher,
                today,
                JsonExchange.post(transport, orders(issuer), voucher.reference(), body));
    }

    /** What became of the order. */
    public Answer<Issued> ask(
            Transport transport, Issuer issuer, Voucher voucher, LocalDate today) {
        return issued(
                voucher,
                today,
                JsonExchange.send(transport, Request.get(order(issuer, voucher), Map.of())));
    }

    /**
     * Gives an unused voucher back to its issuer for its full face value and fee.
     *
     * @param key under which the same request may be repeated
     */
    public Answer<String> giveBack(
            Transport transport, Issuer issuer, Voucher voucher, String key) {
        var uri = URI.create(order(issuer, voucher) + "/refund");
        return returned(voucher, JsonExchange.post(transport, uri, key, Map.of()));
    }

    public Answer<String> askGivenBack(Transport transport, Issuer issuer, Voucher voucher) {
        return returned(
                voucher,
                JsonExchange.send(transport, Request.get(order(issuer, voucher), Map.of())));
    }

    /** What the issuer has sold us from {@code from} on and before {@code until}, by its own books. */
    public Answer<List<Statement.Entry>> statement(
            Transport transport, Issuer issuer, Instant from, Instant until) {
        return Statement.read(transport, orders(issuer), from, until, "face_value");
    }

    private static Answer<Issued> issued(
            Voucher voucher, LocalDate today, Answer<JsonNode> answer) {
        return answer.then(
                order -> {
                    var status = order.path("status").asString("");
                    return switch (status) {
                        case "ISSUED" -> issued(voucher, today, order);
                        case "DECLINED" ->
                                new Answer.Declined<>(order.path("code").asString(status));
                        case "PENDING" -> new Answer.Pending<>();
                        default -> new Answer.Unknown<>("order status " + status);
                    };
                });
    }

    /** Reads with suspicion: a voucher of another value, without a code, or that no provider could redeem any more, is not what was bought. */
    private static Answer<Issued> issued(Voucher voucher, LocalDate today, JsonNode order) {
        var code = order.path("voucher_code").asString("");
        if (!isOf(order, voucher) || code.isEmpty())
            return new Answer.Odd<>("not the voucher that was ordered: " + shown(order));
        try {
            var expiresOn = LocalDate.parse(order.path("expires_on").asString(""));
            return expiresOn.isAfter(today)
                    ? new Answer.Done<>(new Issued(code, expiresOn))
                    : new Answer.Odd<>("expired on " + expiresOn);
        } catch (DateTimeParseException e) {
            return new Answer.Unknown<>("expires on " + order.path("expires_on"));
        }
    }

    private static boolean isOf(JsonNode order, Voucher voucher) {
        return order.path("reference").asString("").equals(voucher.reference())
                && order.path("face_value").asLong(-1) == voucher.faceValue().minor()
                && order.path("currency")
                        .asString("")
                        .equals(voucher.faceValue().currency().getCurrencyCode());
    }

    /** Without its code. */
    private static String shown(JsonNode order) {
        return order.path("reference")
                + " "
                + order.path("face_value")
                + " "
                + order.path("currency");
    }

    private static Answer<String> returned(Voucher voucher, Answer<JsonNode> answer) {
        if (answer instanceof Answer.Absent)
            return new Answer.Unknown<>("the issuer does not know its own voucher");
        return answer.then(
                order -> {
                    if (!isOf(order, voucher)) return new Answer.Odd<>(shown(order));
                    var status = order.path("status").asString("");
                    return switch (status) {
                        case "REFUNDED" -> new Answer.Done<>("refunded");
                        // The request for the refund has not arrived.
                        case "ISSUED" -> new Answer.Absent<>();
                        default -> new Answer.Declined<>(status);
                    };
                });
    }

    private static URI orders(Issuer issuer) {
        return URI.create(issuer.address() + "/orders");
    }

    private static URI order(Issuer issuer, Voucher voucher) {
        return URI.create(orders(issuer) + "/" + voucher.reference());
    }
}
