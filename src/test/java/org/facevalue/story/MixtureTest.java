package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.facevalue.cli.Api;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.platform.jurisdiction.Route.Part;
import org.facevalue.platform.provider.Provider;
import org.facevalue.platform.provider.Providers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is invented and what is real are never on one route: whichever part of it is the other's, it is refused, before and after it was quoted. */
class MixtureTest {
    private static final World ZZ = World.get();
    private static final String COMPARISON =
            "/api/v1/comparison?face_value=50000&line=%s&account=%s";

    private static void refused(Api.Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(451);
    }

    private static Api.Answer compared(SandboxCustomer minji) {
        return minji.api().get(COMPARISON.formatted(minji.secret("line"), minji.secret("account")));
    }

    private static Api.Answer confirmed(SandboxCustomer minji, Map<String, Object> body) {
        return minji.api().post("/api/v1/cash-outs", body, UUID.randomUUID().toString());
    }

    @ParameterizedTest(name = "a {0} of {1}")
    @CsvSource({
        "CARRIER, KR", "CARRIER, EU", "CARRIER, UK", "CARRIER, US",
        "ISSUER, KR", "ISSUER, EU", "ISSUER, UK", "ISSUER, US",
        "BANK, KR", "BANK, EU", "BANK, UK", "BANK, US"
    })
    void an_invented_line_with_one_real_party_is_neither_compared_nor_quoted_nor_confirmed(
            Part part, String jurisdiction) {
        var minji = ZZ.customer();
        var quote = minji.quote("face_value", 50_000, "eunmorae").path("id").asString();
        var body = minji.confirmation(quote);
        try (var said = ZZ.register().say(part, jurisdiction)) {
            refused(compared(minji));
            refused(
                    minji.api()
                            .post("/api/v1/quotes", minji.wish("face_value", 50_000, "eunmorae")));
            refused(minji.api().get("/api/v1/quotes/" + quote));
            refused(confirmed(minji, body));
        }
        assertThat(compared(minji).status()).as("as it was").isEqualTo(200);
    }

    @ParameterizedTest(name = "a provider of {0}, taking part: {1}")
    @CsvSource({"KR, true", "KR, false", "EU, true", "UK, true", "US, true", "US, false"})
    void a_real_provider_is_not_shown_beside_invented_ones_nor_quoted(
            String jurisdiction, boolean active) throws Exception {
        var providers = ZZ.bean(Providers.class);
        var like = providers.provider("eunmorae").orElseThrow();
        var real =
                new Provider(
                        "real-" + jurisdiction.toLowerCase(java.util.Locale.ROOT),
                        "진짜",
                        "The real one",
                        jurisdiction,
                        like.licence(),
                        active,
                        Instant.parse("2035-01-01T00:00:00Z"),
                        like.fee(),
                        like.seconds(),
                        like.lag(),
                        like.address());
        providers.enter(real);
        try {
            var minji = ZZ.customer();
            var shown = compared(minji).ok();
            assertThat(shown.toString()).contains("eunmorae").doesNotContain(real.code());
            var quoted =
                    minji.api()
                            .post("/api/v1/quotes", minji.wish("face_value", 50_000, real.code()));
            if (active) refused(quoted);
            else assertThat(quoted.status()).isEqualTo(422);
        } finally {
            try (var owner = ZZ.owner();
                    var forget = owner.prepareStatement("DELETE FROM provider WHERE code = ?")) {
                forget.setString(1, real.code());
                forget.execute();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"LIVES_ABROAD, route-unclear", "RESIDENCE_UNKNOWN, no-rule-pack"})
    void who_lives_elsewhere_or_nobody_knows_where_is_offered_nothing(
            String scenario, String code) {
        var minji = ZZ.customer("two-step", scenario);
        refused(compared(minji));
        var quoted =
                minji.api().post("/api/v1/quotes", minji.wish("face_value", 50_000, "eunmorae"));
        refused(quoted);
        assertThat(quoted.body().path("code").asString()).isEqualTo(code);
    }

    @Test
    void a_second_line_that_is_held_abroad_brings_its_law_to_the_first() {
        var minji = ZZ.customer();
        assertThat(compared(minji).status()).isEqualTo(200);
        var abroad =
                ZZ.sandbox()
                        .post("/sandbox/people", Map.of("scenario", "LIVES_ABROAD"))
                        .ok()
                        .path("line_number")
                        .asString();
        minji.api().post("/api/v1/phone-lines", Map.of("number", abroad)).ok();
        refused(compared(minji));
    }

    @Test
    void in_korea_nothing_is_undone_with_an_invented_party_or_for_who_lives_elsewhere() {
        var korea = World.korea();
        var minji = new Undoer(korea, korea.customer("kt", ""));
        var purchase = minji.entered(15_000, minji.today());
        assertThat(minji.seen(purchase).path("ways").toString()).contains("\"open\":true");
        for (var invented : List.of("ZZ", "US"))
            try (var said = korea.register().say(Part.CARRIER, invented)) {
                assertThat(minji.seen(purchase).path("ways").toString())
                        .doesNotContain("\"open\":true");
                refused(minji.ask(purchase, "cancellation"));
            }
        var voucher = minji.enter(minji.voucher(50_000, 20_000, "hanul")).ok();
        minji.prove(voucher).ok();
        var body = new HashMap<String, Object>(Undoer.asking(voucher, "issuer-refund"));
        body.put("account", minji.customer().secret("account"));
        try (var said = korea.register().say(Part.BANK, "ZZ")) {
            var api = minji.customer().api();
            refused(api.post("/api/v1/ways-out", body, UUID.randomUUID().toString()));
        }
        var abroad = new Undoer(korea, korea.customer("kt", "LIVES_ABROAD"));
        refused(abroad.ask(abroad.entered(15_000, abroad.today()), "cancellation"));
    }
}
