package org.facevalue.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import org.facevalue.sandbox.Server.Reply;
import tools.jackson.databind.JsonNode;

/** What both CAMARA definitions share: the form of an error, and the rules for what comes in. */
final class Camara {
    private Camara() {}

    static Reply error(int status, String code, String message) {
        var body = new LinkedHashMap<String, Object>();
        body.put("status", status);
        body.put("code", code);
        body.put("message", message);
        return Reply.of(status, body);
    }

    static Reply invalid(String what) {
        return error(400, "INVALID_ARGUMENT", what);
    }

    /** The amount in won: whole and positive, or -1. */
    static long won(JsonNode chargingInformation) {
        var amount = chargingInformation.path("amount");
        if (!amount.isNumber() || !chargingInformation.path("currency").asString("").equals("KRW"))
            return -1;
        var exact = amount.decimalValue().stripTrailingZeros();
        return exact.signum() > 0 && exact.scale() <= 0 && exact.precision() - exact.scale() <= 15
                ? exact.longValueExact()
                : -1;
    }

    static Map<String, Object> chargingInformation(long won) {
        return Map.of("amount", won, "currency", "KRW", "description", "Facevalue");
    }
}
