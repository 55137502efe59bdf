package org.facevalue.platform.redemption;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Callbacks;
import org.facevalue.platform.outside.JsonExchange;
import org.facevalue.platform.outside.Statement;
import org.facevalue.platform.outside.Transport;
import org.facevalue.platform.outside.Transport.Request;
import org.facevalue.platform.provider.Provider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The table {@code redemption}, and the calls to providers: redeem, ask. A provider may take its time: then it is asked until it has decided. */
@Component
public class Redemptions {
    private static final String CALLBACK = "redemption";
    private final JdbcClient db;
    private final Callbacks callbacks;

    Redemptions(JdbcClient db, Callbacks callbacks) {
        this.db = db;
        this.callbacks = callbacks;
    }

    private record Opened(Cell cell, UUID caller, String provider, long faceValue) {}

    private record Told(Cell cell, UUID caller, String status) {}

    private static final EffectKind<Opened> OPEN =
            EffectKind.insert(
                    "redemption.open",
                    "redemption",
                    List.of(
                            new Column<>("cell", "smallint", o -> o.cell().number()),
                            new Column<>("caller", "uuid", Opened::caller),
                            new Column<>("provider", "text", Opened::provider),
                            new Column<>("face_value", "bigint", Opened::faceValue)));

    private static final EffectKind<Told> TELL =
            new EffectKind<>(
                    "redemption.tell",
                    "redemption",
                    """
                    UPDATE redemption AS r SET status = n.status
                      FROM unnest(?::smallint[], ?::uuid[], ?::text[]) AS n(cell, caller, status)
                     WHERE r.cell = n.cell AND r.caller = n.caller
                    """,
                    List.of(
                            new Column<>("cell", "smallint", t -> t.cell().number()),
                            new Column<>("caller", "uuid", Told::caller),
                            new Column<>("status", "text", Told::status)));

    /** The redemption's row, and leave for the provider to call back, before anything is sent. */
    public List<Effect<?>> open(Cell cell, UUID caller, String provider, Money faceValue) {
        return List.of(
                new Effect<>(OPEN, new Opened(cell, caller, provider, faceValue.minor())),
                callbacks.expect(cell, caller, CALLBACK));
    }

    /** Whether that provider was ever to redeem something. */
    public boolean isKnown(String provider) {
        return db.sql("SELECT EXISTS (SELECT 1 FROM redemption WHERE provider = :provider)")
                .param("provider", provider)
                .query(Boolean.class)
                .single();
    }

    /** {@code status}: {@code ACCEPTED} or {@code DECLINED}. */
    public static Effect<?> became(Cell cell, UUID caller, String status) {
        return new Effect<>(TELL, new Told(cell, caller, status));
    }

    /** Hands the voucher to the provider, who answers, at once or by a later notice, what it pays: the face value less the fee it stated, or it is not the deal that was quoted. */
    public Answer<String> redeem(
            Transport transport,
            Provider provider,
            UUID caller,
            String code,
            Money faceValue,
            Money fee) {
        var body =
                Map.of(
                        "reference",
                        caller.toString(),
                        "voucher_code",
                        code,
                        "face_value",
                        faceValue.minor(),
                        "currency",
                        faceValue.currency().getCurrencyCode(),
                        "fee",
                        fee.minor(),
                        "sink",
                        callbacks.address(provider.code()),
                        "sink_token",
                        callbacks.token(caller, CALLBACK));
        var uri = URI.create(provider.address() + "/redemptions");
        return read(
                JsonExchange.post(transport, uri, caller.toString(), body), caller, faceValue, fee);
    }

    public Answer<String> ask(
            Transport transport, Provider provider, UUID caller, Money faceValue, Money fee) {
        var uri = URI.create(provider.address() + "/redemptions/" + caller);
        return read(
                JsonExchange.send(transport, Request.get(uri, Map.of())), caller, faceValue, fee);
    }

    /** What the provider has taken from us from {@code from} on and before {@code until}, by its own books. */
    public Answer<List<Statement.Entry>> statement(
            Transport transport, Provider provider, Instant from, Instant until) {
        var uri = URI.create(provider.address() + "/redemptions");
        return Statement.read(transport, uri, from, until, "pays");
    }

    private static Answer<String> read(
            Answer<JsonNode> answer, UUID caller, Money faceValue, Money fee) {
        return answer.then(
                redemption -> {
                    if (!redemption.path("reference").asString("").equals(caller.toString())
                            || !redemption
                                    .path("currency")
                                    .asString("")
                                    .equals(faceValue.currency().getCurrencyCode()))
                        return new Answer.Odd<>(
                                "not our redemption: "
                                        + redemption.path("reference")
                                        + " "
                                        + redemption.path("currency"));
                    var status = redemption.path("status").asString("");
                    return switch (status) {
                        case "ACCEPTED" ->
                                redemption.path("pays").asLong(-1) == faceValue.minus(fee).minor()
                                        ? new Answer.Done<>("accepted")
                                        : new Answer.Odd<>("pays " + redemption.path("pays"));
                        case "PENDING" -> new Answer.Pending<>();
                        case "DECLINED" ->
                                new Answer.Declined<>(redemption.path("code").asString(status));
                        default -> new Answer.Unknown<>("redemption status " + status);
                    };
                });
    }
}
