package org.facevalue.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The carriers' notices, held back so that they can be read. */
class CamaraNoticesTest extends CamaraCalls {
    @ParameterizedTest
    @ValueSource(strings = {"noeul", "baram", "maru", "skt", "kt", "lgu"})
    void whatever_becomes_of_a_payment_or_a_refund_is_told_as_its_event_is_defined(String code)
            throws IOException, InterruptedException, SQLException {
        carrier = code;
        token = token(Map.of());
        var first =
                operator(code).tariffs().getFirst().oneStep() ? "/payments" : "/payments/prepare";
        var line = line("78");
        for (var each : List.of(line, line("21")))
            WORLD.sandbox().post("/sandbox/mishaps", noticesHeldBack(each)).ok();
        var sink = "https://localhost/notices-of-" + carrier;
        var paid = told(first, line, sink);
        if (!first.equals("/payments")) {
            if (codeWanted()) post("/payments/" + paid + "/validate", code(get(paid), line), 204);
            post("/payments/" + paid + "/confirm", Map.of("phoneNumber", line), 202);
            var dropped = told(first, line, sink);
            post("/payments/" + dropped + "/cancel", Map.of("phoneNumber", line), 202);
            told(first, line, sink);
        }
        told(first, line("21"), sink);
        var refund = new LinkedHashMap<>(total());
        credentials(refund, sink);
        refund("/payments/" + paid + "/refunds", refund, 201);
        WORLD.sandbox().post("/sandbox/clock", Map.of("forward_seconds", 3_600)).ok();
        var expected =
                new TreeSet<>(Set.of("payment-completed", "payment-denied", "refund-completed"));
        if (!first.equals("/payments"))
            expected.addAll(Set.of("payment-reserved", "payment-cancelled"));
        if (codeWanted() && !first.equals("/payments")) expected.add("payment-pending-validation");
        var bodies = held(sink);
        for (int i = 0; i < 100 && !types(bodies).equals(expected); i++) {
            Thread.sleep(100);
            bodies = held(sink);
        }
        assertThat(types(bodies)).isEqualTo(expected);
        if (!first.equals("/payments"))
            assertThat(bodies.stream().filter(b -> b.contains("payment-cancelled")))
                    .as("the one that was cancelled and the one that expired")
                    .hasSizeGreaterThanOrEqualTo(2);
        for (var body : bodies) assertThat(notice(body)).as(body).isEmpty();
        WORLD.sandbox().send("DELETE", "/sandbox/mishaps", null, Map.of());
    }

    private boolean codeWanted() {
        return operator(carrier).tariffs().getFirst().code();
    }

    private Said get(String payment) throws IOException, InterruptedException {
        return get("/payments/" + payment, 200);
    }

    private String told(String path, String line, String sink)
            throws IOException, InterruptedException {
        var body = payment(line, 1_000);
        credentials(body, sink);
        return post(path, body, 201).id();
    }

    private Map<String, Object> noticesHeldBack(String line) {
        return Map.of("party", carrier, "line", line, "mishap", "NOTICE_VERY_LATE", "times", 100);
    }

    private static TreeSet<String> types(List<String> bodies) {
        var types = new TreeSet<String>();
        for (var body : bodies) {
            var type = JSON.readTree(body).path("type").asString();
            types.add(type.substring(type.lastIndexOf('.') + 1));
        }
        return types;
    }

    private static List<String> held(String sink) throws SQLException {
        try (var connection = WORLD.databases().sandbox().connect();
                var read =
                        connection.prepareStatement(
                                "SELECT body FROM held_notice WHERE sink = ?")) {
            read.setString(1, sink);
            var bodies = new ArrayList<String>();
            try (var rows = read.executeQuery()) {
                while (rows.next()) bodies.add(rows.getString(1));
            }
            return bodies;
        }
    }
}
