package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.facevalue.cli.Api;
import org.facevalue.platform.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a purchase, its evidence or a request is said by its place, and changes nothing; and nobody mixes real parties with invented ones. */
class WayOutBadInputTest {
    private static final World KOREA = World.korea();
    private final Undoer minji = new Undoer(KOREA, KOREA.customer("kt", ""));

    private static void refused(Api.Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.body().path("code").asString()).isEqualTo(code);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "bought_on, 2026-02-30, not-a-day",
        "bought_on, 2027-02-29, not-a-day",
        "bought_on, 30.11.2026, not-a-day",
        "bought_on, 2999-01-01, out-of-range",
        "bought_on, 2001-01-01, too-old",
        "bought_on, '', missing",
        "number, 'a b', not-a-number",
        "number, '', not-a-number",
        "seller, '', missing",
        "article, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', length",
        "line, pl_00000000000000000000000000000000, unknown"
    })
    void a_field_that_is_wrong_is_named(String field, String value, String why) {
        var entry = minji.entry(minji.bought(10_000, minji.today()));
        entry.put(field, value);
        var answer = minji.enter(entry);
        refused(answer, 400, "invalid-field");
        var error = answer.body().path("errors").get(0);
        assertThat(error.path("pointer").asString()).isEqualTo("/" + field);
        assertThat(error.path("code").asString()).isEqualTo(why);
    }

    @ParameterizedTest(name = "{0} won")
    @CsvSource({"0", "-1", "10000001", "9007199254740993"})
    void an_amount_is_a_whole_one_that_a_bill_can_have(long won) {
        var entry = minji.entry(minji.bought(10_000, minji.today()));
        entry.put("amount", Undoer.won(won));
        assertThat(minji.enter(entry).status()).isEqualTo(400);
    }

    @Test
    void a_voucher_has_no_more_left_than_it_was_worth() {
        for (var wrong : new long[][] {{50_000, 50_001}, {0, 0}, {-1, 0}, {50_000, -1}}) {
            var voucher = minji.voucher(46_250, 20_000, "hanul");
            voucher.put(
                    "voucher",
                    Map.of(
                            "issuer", "hanul",
                            "face_value", Undoer.won(wrong[0]),
                            "expires_on", minji.today().toString(),
                            "balance", Undoer.won(wrong[1])));
            refused(minji.enter(voucher), 400, "invalid-field");
        }
    }

    @Test
    void a_day_that_has_not_come_is_refused() {
        var entry = minji.entry(minji.bought(10_000, minji.today()));
        entry.put("bought_on", minji.today().plusDays(1).toString());
        refused(minji.enter(entry), 400, "invalid-field");
    }

    @Test
    void a_file_that_lies_about_its_type_is_not_taken_and_one_of_another_type_neither() {
        var purchase = minji.enter(minji.entry(minji.bought(10_000, minji.today()))).ok();
        refused(
                minji.prove(purchase, "application/pdf", "<html><script>alert(1)</script>"),
                422,
                "evidence-type");
        refused(minji.prove(purchase, "image/png", Undoer.pdf("a bill")), 422, "evidence-type");
        for (var broken :
                new String[] {
                    "%PDF-1.4 <html><script>alert(1)</script>",
                    Undoer.pdf("half of it").replaceAll("(?s)startxref.*", "")
                }) refused(minji.prove(purchase, "application/pdf", broken), 422, "evidence-type");
        for (var type : new String[] {"image/png", "image/jpeg"})
            refused(minji.prove(purchase, type, "\u0089PNG\r\n\u001a\n"), 422, "evidence-type");
        refused(
                minji.prove(purchase, "text/html", Undoer.pdf("a bill")),
                415,
                "unsupported-media-type");
        refused(
                minji.prove(purchase, "application/pdf", Undoer.pdf("x".repeat(1_100_000))),
                413,
                "too-large");
        refused(minji.prove(purchase, "application/pdf", ""), 400, "malformed-request");
        assertThat(minji.seen(purchase).path("evidence")).isEmpty();
        refused(minji.ask(purchase, "cancellation"), 422, "evidence-missing");
        for (int i = 0; i < 5; i++)
            minji.prove(purchase, "application/pdf", Undoer.pdf("page " + i)).ok();
        refused(
                minji.prove(purchase, "application/pdf", Undoer.pdf("six")),
                422,
                "evidence-too-much");
    }

    @Test
    void nobody_sees_or_touches_what_is_somebody_else_s() {
        var wayOut = minji.asked(minji.entered(12_000, minji.today()), "correction");
        var purchase = wayOut.path("purchase").asString();
        var path = "/api/v1/ways-out/" + Undoer.id(wayOut);
        var other = KOREA.customer("lgu", "").api();
        for (var unseen :
                new String[] {path, path + "/request.pdf", "/api/v1/purchases/" + purchase})
            assertThat(other.get(unseen).status()).as(unseen).isEqualTo(404);
        assertThat(other.post(path + "/take-back", Map.of()).status()).isEqualTo(404);
        var asks = Map.of("purchase", purchase, "kind", "cancellation");
        assertThat(other.post("/api/v1/ways-out", asks, UUID.randomUUID().toString()).status())
                .isEqualTo(404);
        assertThat(KOREA.anonymous().get(path).status()).isEqualTo(401);
        assertThat(KOREA.staff(Role.SUPPORT).get(path).status()).isEqualTo(403);
        assertThat(minji.customer().api().get("/staff/ways-out/" + Undoer.id(wayOut)).status())
                .isEqualTo(403);
    }

    @Test
    void ten_requests_at_the_same_instant_begin_one_way_out() throws Exception {
        var purchase = minji.entered(13_000, minji.today());
        var answers = new ArrayList<Future<Api.Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++)
                answers.add(threads.submit(() -> minji.ask(purchase, "correction")));
        }
        var statuses = new TreeMap<Integer, Integer>();
        for (var answer : answers) statuses.merge(answer.get().status(), 1, Integer::sum);
        assertThat(statuses).isEqualTo(new TreeMap<>(Map.of(202, 1, 409, 9)));
        assertThat(minji.customer().api().get("/api/v1/ways-out").ok().path("data")).hasSize(1);
    }

    @Test
    void what_only_the_customer_can_know_is_not_said_for_them() {
        var purchase = minji.entered(16_000, minji.today());
        for (var kind : new String[] {"withdrawal", "correction"}) {
            var body = Undoer.asking(purchase, kind);
            body.remove("stated");
            var answer =
                    minji.customer()
                            .api()
                            .post("/api/v1/ways-out", body, UUID.randomUUID().toString());
            refused(answer, 400, "invalid-field");
            assertThat(answer.body().path("errors").get(0).path("pointer").asString())
                    .isEqualTo("/stated");
        }
    }

    @Test
    void evidence_that_bears_the_name_of_our_own_papers_goes_along_under_another() {
        var purchase = minji.enter(minji.entry(minji.bought(17_710, minji.today()))).ok();
        minji.customer()
                .api()
                .send(
                        "POST",
                        "/api/v1/purchases/" + Undoer.id(purchase) + "/evidence?name=request.pdf",
                        Undoer.pdf("not ours"),
                        Map.of("Content-Type", "application/pdf"))
                .ok();
        var refused = minji.until(minji.asked(purchase, "cancellation"), "REFUSED");
        minji.choose(refused, "refer").ok();
        minji.until(refused, "REFERRED");
    }

    @Test
    void what_is_undone_cannot_be_asked_for_again() {
        var purchase = minji.entered(14_000, minji.today());
        minji.until(minji.asked(purchase, "cancellation"), "UNDONE");
        refused(minji.ask(purchase, "correction"), 409, "way-out-running");
        refused(minji.ask(purchase, "nothing"), 400, "invalid-field");
    }

    @Test
    void a_charge_that_the_carrier_does_not_know_is_refused_with_its_reason() {
        var entry = minji.entry(minji.bought(15_000, minji.today()));
        entry.put("number", "B99999999");
        var purchase = minji.enter(entry).ok();
        minji.prove(purchase).ok();
        var refused = minji.until(minji.asked(purchase, "cancellation"), "REFUSED");
        assertThat(refused.path("reason").asString()).isEqualTo("NO_SUCH_CHARGE");
    }

    @Test
    void a_file_is_given_again_to_who_has_sent_it_and_to_nobody_else() {
        var purchase = minji.enter(minji.entry(minji.bought(10_000, minji.today()))).ok();
        minji.prove(purchase).ok();
        var files = "/api/v1/purchases/" + Undoer.id(purchase) + "/evidence/";
        var given = minji.customer().api().send("GET", files + 1, null, Map.of());
        assertThat(given.status()).isEqualTo(200);
        for (var none : new String[] {"0", "2", "-1"})
            assertThat(minji.customer().api().get(files + none).status()).as(none).isEqualTo(404);
        assertThat(minji.customer().api().get(files + "x").status()).isIn(400, 404);
        assertThat(KOREA.customer("kt", "").api().get(files + 1).status()).isEqualTo(404);
        assertThat(KOREA.staff(Role.SUPPORT).get(files + 1).status()).isEqualTo(403);
    }

    @Test
    void real_lines_and_invented_ones_are_not_mixed() {
        var korean = Map.of("number", "+821000000123");
        var invented = Map.of("number", "+999112345678");
        var zz = World.get().customer().api();
        refused(zz.post("/api/v1/phone-lines", korean), 451, "no-rule-pack");
        refused(minji.customer().api().post("/api/v1/phone-lines", invented), 451, "no-rule-pack");
        // Of Korea's plan, and not of the sandbox's range.
        var real = Map.of("number", "+821012345678");
        refused(minji.customer().api().post("/api/v1/phone-lines", real), 451, "no-rule-pack");
        for (var offer :
                new String[] {"/api/v1/comparison?face_value=50000", "/compare", "/quotes/x"})
            assertThat(minji.customer().api().get(offer).status()).as(offer).isEqualTo(451);
    }
}
