package org.facevalue.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A carrier's row.
 *
 * @param items {@code paymentDetails} as they came, or null
 */
record Payment(
        String id,
        String carrier,
        String client,
        String line,
        String correlator,
        String reference,
        long amount,
        String description,
        boolean taxIncluded,
        @Nullable String merchantIdentifier,
        @Nullable JsonNode items,
        String status,
        Instant createdAt,
        @Nullable Instant paidAt,
        @Nullable String authorizationId,
        @Nullable String code,
        int wrongCodes,
        Camara.Sink sink) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Payment of(ResultSet row) throws SQLException {
        return new Payment(
                row.getString("id"),
                row.getString("carrier"),
                row.getString("client"),
                row.getString("line"),
                row.getString("correlator"),
                row.getString("reference"),
                row.getLong("amount"),
                row.getString("description"),
                row.getBoolean("tax_included"),
                row.getString("merchant_identifier"),
                json(row.getString("items")),
                row.getString("status"),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("paid_at")),
                row.getString("authorization_id"),
                row.getString("code"),
                row.getInt("wrong_codes"),
                new Camara.Sink(row.getString("sink"), row.getString("sink_token")));
    }

    static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : JSON.readTree(text);
    }

    /** As both definitions show it. {@code page}: the address of the carrier's page for codes. */
    Map<String, Object> view(String page) {
        var amount = new LinkedHashMap<String, Object>();
        amount.put(
                "chargingInformation",
                Camara.chargingInformation(this.amount, description, taxIncluded));
        if (merchantIdentifier != null)
            amount.put("chargingMetaData", Map.of("merchantIdentifier", merchantIdentifier));
        if (items != null) amount.put("paymentDetails", items);
        var transaction = new LinkedHashMap<String, Object>();
        transaction.put("phoneNumber", line);
        transaction.put("clientCorrelator", correlator);
        transaction.put("paymentAmount", amount);
        transaction.put("referenceCode", reference);
        transaction.put("resourceURL", "urn:payments:" + id);
        transaction.put("serverReferenceCode", id);
        var view = new LinkedHashMap<String, Object>();
        view.put("paymentId", id);
        view.put("amountTransaction", transaction);
        view.put("paymentStatus", status);
        view.put("paymentCreationDate", createdAt.toString());
        if (paidAt != null) view.put("paymentDate", paidAt.toString());
        if (sink.address() != null) view.put("sink", sink.address());
        if (status.equals("pending_validation") && authorizationId != null)
            view.put(
                    "validationInfo",
                    Scenario.is(Scenario.CODE_BY_PAGE, line)
                            ? Map.of("action", "open", "validationURL", page + "/" + id)
                            : Map.of("action", "validate", "authorizationId", authorizationId));
        return view;
    }
}
