package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.facevalue.cli.Audit;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.platform.wayout.Purchase;
import org.facevalue.platform.wayout.WayOutId;
import org.facevalue.platform.wayout.WayOuts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;
import tools.jackson.databind.JsonNode;

/** Each way out to each of its ends, on a platform that serves Korea, with the clock moved over holidays and month ends. In order: the clock never goes back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WayOutStoryTest {
    private static final World KOREA =
            World.beginning(
                    "ways-out",
                    Map.of("facevalue.serve", "kr"),
                    Instant.parse("2026-11-29T01:00:00Z"));
    private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");
    private final Undoer minji = new Undoer(KOREA, KOREA.customer("skt", ""));

    /** To that hour of a later day. */
    private static void go(LocalDate day, int hour) {
        var at = day.atTime(LocalTime.of(hour, 0)).atZone(ZONE).toInstant();
        KOREA.forward(Duration.between(KOREA.bean(BusinessClock.class).now(), at).plusSeconds(1));
    }

    private List<String> texts() {
        var texts = new ArrayList<String>();
        KOREA.sandbox()
                .get(
                        "/sandbox/phones/"
                                + minji.customer().secret("line_number").replace("+", "%2B"))
                .ok()
                .path("texts")
                .forEach(text -> texts.add(text.asString()));
        return texts;
    }

    private List<String> texts(int atLeast) {
        for (int i = 0; i < 200 && texts().size() < atLeast; i++) World.sleep();
        return texts();
    }

    /** A text with these words. */
    private void untilTold(String... words) {
        Predicate<String> told = text -> List.of(words).stream().allMatch(text::contains);
        for (int i = 0; i < 200 && texts().stream().noneMatch(told); i++) World.sleep();
        assertThat(texts()).anyMatch(told);
    }

    private static long given(JsonNode wayOut) {
        return wayOut.path("given").path("amount").asLong();
    }

    @Test
    @Order(1)
    void a_cancellation_is_off_the_bill_within_moments_and_each_turn_is_told_once() {
        var wayOut = minji.asked(minji.entered(33_000, minji.today()), "cancellation");
        assertThat(wayOut.path("state").asString()).isEqualTo("ASKING");
        var undone = minji.until(wayOut, "UNDONE");
        assertThat(given(undone)).isEqualTo(33_000);
        assertThat(Undoer.events(undone)).startsWith("asked-for", "received").endsWith("undone");
        // Of the API's usual language; a turn that was over before anybody looked is not told.
        int turns = Undoer.events(undone).size() - 1;
        assertThat(texts(turns)).hasSize(turns).allMatch(text -> text.startsWith("[Facevalue]"));
        assertThat(texts().getLast()).contains("33,000").contains("/ways-out/" + Undoer.id(undone));
    }

    @Test
    @Order(2)
    void a_withdrawal_is_followed_until_the_seller_has_given_back() {
        var wayOut = minji.asked(minji.entered(55_000, minji.today().minusDays(2)), "withdrawal");
        minji.until(wayOut, "ASKED");
        KOREA.forward(Duration.ofHours(5));
        minji.until(wayOut, "GRANTED");
        KOREA.forward(Duration.ofHours(12));
        assertThat(given(minji.until(wayOut, "UNDONE"))).isEqualTo(55_000);
    }

    @Test
    @Order(3)
    void a_refused_correction_is_referred_with_the_whole_file() {
        var wayOut = minji.asked(minji.entered(20_710, minji.today().minusDays(9)), "correction");
        var asked = minji.until(wayOut, "ASKED");
        assertThat(asked.path("withheld").asBoolean()).isTrue();
        assertThat(asked.path("until_law").asString()).contains("58(3)");
        KOREA.forward(Duration.ofDays(3).plusHours(1));
        var refused = minji.until(wayOut, "REFUSED");
        assertThat(refused.path("reason").asString()).isEqualTo("SELLER_DISAGREES");
        assertThat(refused.path("choices").toString()).isEqualTo("[\"refer\",\"leave\"]");
        minji.choose(wayOut, "refer").ok();
        assertThat(minji.until(wayOut, "REFERRED").path("case_number").asString())
                .matches("MC-[0-9]{6}");
    }

    @Test
    @Order(4)
    void what_was_asked_for_can_be_taken_back_while_nobody_has_answered() {
        var wayOut = minji.asked(minji.entered(21_000, minji.today()), "correction");
        minji.until(wayOut, "ASKED");
        minji.choose(wayOut, "take-back").ok();
        minji.until(wayOut, "TAKEN_BACK");
        assertThat(minji.choose(wayOut, "refer").status()).isEqualTo(409);
    }

    @Test
    @Order(5)
    void who_accepts_a_refusal_ends_it_and_who_says_nothing_is_left_at_it_after_a_time() {
        var said = minji.asked(minji.entered(22_710, minji.today()), "cancellation");
        var silent = minji.asked(minji.entered(23_710, minji.today()), "cancellation");
        minji.until(said, "REFUSED");
        minji.choose(said, "leave").ok();
        assertThat(minji.until(said, "LEFT").path("ended").asBoolean()).isTrue();
        minji.until(silent, "REFUSED");
        KOREA.forward(Duration.ofDays(13));
        untilTold("23,710", "고르지 않으시면");
        assertThat(minji.until(silent, "REFUSED").path("choices").toString())
                .isEqualTo("[\"refer\",\"leave\"]");
        KOREA.forward(Duration.ofDays(2));
        assertThat(Undoer.events(minji.until(silent, "LEFT")))
                .endsWith("refused", "choice-nearly-over", "lapsed");
    }

    @Test
    @Order(6)
    void three_business_days_go_around_christmas_and_a_person_is_told_before_they_are_over()
            throws Exception {
        // Wednesday; Friday is Christmas Day.
        go(LocalDate.of(2026, 12, 23), 10);
        var wayOut = minji.asked(minji.entered(30_720, minji.today()), "withdrawal");
        var asked = minji.until(wayOut, "ASKED");
        assertThat(asked.path("until").asString()).isEqualTo("2026-12-29");
        assertThat(asked.path("until_law").asString()).contains("18(2)");
        go(LocalDate.of(2026, 12, 27), 9);
        untilMatter(wayOut, "term-near");
        go(LocalDate.of(2026, 12, 29), 23);
        World.sleep();
        assertThat(minji.until(wayOut, "ASKED").path("choices").toString())
                .isEqualTo("[\"take-back\"]");
        go(LocalDate.of(2026, 12, 30), 1);
        var overdue = minji.until(wayOut, "OVERDUE");
        assertThat(overdue.path("choices").toString()).isEqualTo("[\"take-back\",\"refer\"]");
        untilMatter(wayOut, "term-over");
        assertThat(mails("support@localhost"))
                .anyMatch(mail -> mail.contains("way out is overdue") || mail.contains("기한"));
        minji.choose(wayOut, "refer").ok();
        minji.until(wayOut, "REFERRED");
    }

    @Test
    @Order(7)
    void the_seventh_day_of_a_withdrawal_that_is_new_year_s_day_moves_to_the_next_business_day() {
        // Bought on 25 December: the seventh day is 1 January, a Friday and a holiday; Monday the
        // 4th counts.
        go(LocalDate.of(2027, 1, 4), 10);
        var open = minji.enter(minji.entry(minji.bought(31_000, LocalDate.of(2026, 12, 25)))).ok();
        assertThat(isOpen(open, "withdrawal")).isTrue();
        var late = minji.enter(minji.entry(minji.bought(31_000, LocalDate.of(2026, 12, 24)))).ok();
        assertThat(isOpen(late, "withdrawal")).isFalse();
        // Of last month's bill: it cannot be cancelled any more.
        assertThat(isOpen(open, "cancellation")).isFalse();
    }

    private static boolean isOpen(JsonNode purchase, String kind) {
        for (var way : purchase.path("ways"))
            if (way.path("kind").asString().equals(kind)) return way.path("open").asBoolean();
        throw new AssertionError(kind + " is not there: " + purchase);
    }

    @Test
    @Order(8)
    void a_charge_of_the_last_day_of_a_month_can_be_cancelled_until_midnight() {
        go(LocalDate.of(2027, 1, 31), 22);
        var purchase = minji.entered(32_000, LocalDate.of(2027, 1, 31));
        assertThat(isOpen(minji.seen(purchase), "cancellation")).isTrue();
        go(LocalDate.of(2027, 2, 1), 0);
        assertThat(isOpen(minji.seen(purchase), "cancellation")).isFalse();
        var refused = minji.ask(purchase, "cancellation");
        assertThat(refused.status()).isEqualTo(451);
        assertThat(refused.body().path("code").asString()).isEqualTo("no-rule");
    }

    @Test
    @Order(9)
    void what_is_given_back_in_part_or_agreed_to_and_not_done_is_for_the_customer_to_refer() {
        var part = minji.asked(minji.entered(24_750, minji.today()), "cancellation");
        assertThat(given(minji.until(part, "GIVEN_IN_PART"))).isEqualTo(12_375);
        minji.choose(part, "refer").ok();
        minji.until(part, "REFERRED");
        var idle = minji.asked(minji.entered(25_740, minji.today()), "cancellation");
        minji.until(idle, "GRANTED");
        KOREA.forward(Duration.ofDays(15));
        minji.until(idle, "NOT_GIVEN");
    }

    @Test
    @Order(19)
    void an_agreement_that_comes_after_a_case_was_not_taken_still_counts() {
        var wayOut = minji.asked(minji.entered(26_780, minji.today()), "correction");
        minji.until(wayOut, "ASKED");
        KOREA.forward(Duration.ofDays(16));
        minji.until(wayOut, "OVERDUE");
        minji.choose(wayOut, "refer").ok();
        minji.until(wayOut, "NOT_TAKEN_UP");
        KOREA.forward(Duration.ofDays(5));
        minji.until(wayOut, "GRANTED");
    }

    @Test
    @Order(20)
    void an_agreement_that_comes_late_still_counts() {
        var late = minji.asked(minji.entered(26_730, minji.today()), "correction");
        minji.until(late, "ASKED");
        KOREA.forward(Duration.ofDays(16));
        minji.until(late, "OVERDUE");
        KOREA.forward(Duration.ofDays(5));
        minji.until(late, "GRANTED");
        KOREA.forward(Duration.ofDays(41));
        assertThat(given(minji.until(late, "UNDONE"))).isEqualTo(26_730);
    }

    @Test
    @Order(11)
    void the_balance_of_a_voucher_that_was_paid_otherwise_comes_from_its_issuer() {
        var purchase = minji.enter(minji.voucher(50_000, 20_000, "hanul")).ok();
        minji.prove(purchase).ok();
        var wayOut =
                minji.customer()
                        .api()
                        .post(
                                "/api/v1/ways-out",
                                Map.of(
                                        "purchase", Undoer.id(purchase),
                                        "kind", "issuer-refund",
                                        "account", minji.customer().secret("account")),
                                "issuer-refund-of-a-balance")
                        .ok();
        assertThat(wayOut.path("gives").path("amount").asLong()).isEqualTo(20_000);
        minji.until(wayOut, "ASKED");
        KOREA.forward(Duration.ofDays(4));
        assertThat(given(minji.until(wayOut, "UNDONE"))).isEqualTo(20_000);
    }

    @Test
    @Order(12)
    void a_voucher_that_was_bought_on_the_bill_is_not_refunded_in_cash_where_that_is_unclear() {
        // Whatever is entered: the issuer has it in its books.
        var entry = minji.voucher(50_000, 20_000, "hanul");
        entry.put("number", "HB0000111122223333");
        var purchase = minji.enter(entry).ok();
        minji.prove(purchase).ok();
        var refused = minji.ask(purchase, "issuer-refund");
        assertThat(refused.status()).isEqualTo(451);
        assertThat(refused.body().path("code").asString()).isEqualTo("route-unclear");
        assertThat(refused.body().path("citations").get(0).path("rule").asString())
                .isEqualTo("KR-08");
        entry.put("number", "HX0000111122223333");
        var unknown = minji.enter(entry).ok();
        minji.prove(unknown).ok();
        assertThat(minji.ask(unknown, "issuer-refund").body().path("code").asString())
                .isEqualTo("purchase-not-confirmed");
    }

    @Test
    @Order(12)
    void a_request_that_was_taken_back_before_it_arrived_is_taken_back_when_it_does() {
        mishap(3);
        var wayOut = minji.asked(minji.entered(28_000, minji.today()), "correction");
        minji.choose(wayOut, "take-back").ok();
        minji.until(wayOut, "TAKEN_BACK");
    }

    private static void mishap(int times) {
        KOREA.sandbox()
                .post(
                        "/sandbox/mishaps",
                        Map.of(
                                "party", "skt",
                                "deed", "UNDO",
                                "mishap", "REQUEST_LOST",
                                "times", times))
                .ok();
    }

    @Test
    @Order(12)
    void two_entries_of_one_charge_are_one_charge() {
        var bought = minji.bought(29_000, minji.today());
        var one = minji.enter(minji.entry(bought)).ok();
        var other = minji.enter(minji.entry(bought)).ok();
        minji.prove(one).ok();
        minji.prove(other).ok();
        minji.until(minji.asked(one, "cancellation"), "UNDONE");
        assertThat(minji.ask(other, "correction").body().path("code").asString())
                .isEqualTo("way-out-running");
    }

    @Test
    @Order(13)
    void the_papers_say_what_is_asked_and_why_in_the_reader_s_language() throws Exception {
        var wayOut = minji.asked(minji.entered(27_000, minji.today()), "withdrawal");
        var korean = paper(wayOut, "request", "ko");
        assertThat(korean)
                .contains("청약 철회 통지서", "27,000원", "전자상거래법", "SHA-256")
                .as("declared to the seller, through who bills for it")
                .contains("받는 곳: " + wayOut(wayOut).seller() + " (경유: SK텔레콤)");
        var english = paper(wayOut, "request", "en");
        assertThat(english).contains("Notice of withdrawal", "27,000", "Articles 17 and 18");
        minji.until(wayOut, "ASKED");
        assertThat(paper(wayOut, "history", "ko")).contains("요청이 접수됐어요");
        var correction = minji.asked(minji.entered(27_500, minji.today()), "correction");
        assertThat(paper(correction, "request", "en"))
                .contains("Demand to correct a charge", "withhold the payment", "58(3)");
        minji.until(correction, "ASKED");
        assertThat(paper(correction, "history", "en")).contains("is held back");
    }

    private static Purchase wayOut(JsonNode wayOut) {
        var id = Id.parse("wo", Undoer.id(wayOut)).map(WayOutId::new).orElseThrow();
        return KOREA.bean(WayOuts.class).any(id).orElseThrow().purchase();
    }

    @Test
    @Order(14)
    void who_cannot_be_reached_is_not_called_late_and_its_term_runs_from_receipt()
            throws Exception {
        mishap(1_000);
        var day = minji.today();
        var wayOut = minji.asked(minji.entered(28_500, day), "correction");
        KOREA.forward(Duration.ofHours(2));
        untilMatter(wayOut, "not-reached");
        KOREA.forward(Duration.ofDays(17));
        World.sleep();
        var unheard = minji.until(wayOut, "ASKING");
        assertThat(unheard.path("choices").toString()).isEqualTo("[\"take-back\"]");
        untilMatter(wayOut, "term-near");
        KOREA.sandbox().send("DELETE", "/sandbox/mishaps", null, Map.of());
        KOREA.forward(Duration.ofHours(7));
        var asked = minji.until(wayOut, "ASKED");
        assertThat(LocalDate.parse(asked.path("until").asString()))
                .isAfterOrEqualTo(minji.today().plusDays(14));
        assertThat(Undoer.events(asked)).doesNotContain("term-over").endsWith("received");
        assertThat(KOREA.openMattersOf(Undoer.id(wayOut).substring(3))).isEmpty();
    }

    @Test
    @Order(15)
    void who_holds_nothing_back_for_a_contested_charge_is_for_a_person_to_see() throws Exception {
        var wayOut = minji.asked(minji.entered(30_760, minji.today()), "correction");
        assertThat(minji.until(wayOut, "ASKED").path("withheld").asBoolean()).isFalse();
        untilMatter(wayOut, "not-withheld");
        assertThat(paper(wayOut, "history", "ko")).contains("붙들어 둔다는 말이 없음");
    }

    @Test
    @Order(16)
    void a_case_that_the_dispute_body_does_not_take_is_the_customer_s_again() throws Exception {
        var wayOut = minji.asked(minji.entered(24_770, minji.today()), "cancellation");
        minji.until(wayOut, "REFUSED");
        minji.choose(wayOut, "refer").ok();
        var back = minji.until(wayOut, "NOT_TAKEN_UP");
        assertThat(back.path("reason").asString()).as("the party's").isEqualTo("SELLER_DISAGREES");
        assertThat(back.path("choices").toString()).isEqualTo("[\"refer\",\"leave\"]");
        untilMatter(wayOut, "declined-refer");
        untilTold("24,770", "분쟁조정 기관이 사건을 받지");
        var history = paper(wayOut, "history", "en");
        assertThat(history)
                .as("each no with its reason")
                .contains(
                        "The seller does not agree.", "dispute body: It is no case for this body.");
        minji.choose(wayOut, "leave").ok();
        minji.until(wayOut, "LEFT");
    }

    private String paper(JsonNode wayOut, String document, String language) throws Exception {
        var uri =
                KOREA.address() + "/api/v1/ways-out/" + Undoer.id(wayOut) + "/" + document + ".pdf";
        var request =
                HttpRequest.newBuilder(URI.create(uri))
                        .header("Accept-Language", language)
                        .header("Authorization", "Bearer " + minji.customer().secret("api_key"))
                        .build();
        try (var http = HttpClient.newHttpClient();
                var reader = new PdfReader(http.send(request, BodyHandlers.ofByteArray()).body())) {
            var text = new StringBuilder();
            for (int page = 1; page <= reader.getNumberOfPages(); page++)
                text.append(new PdfTextExtractor(reader).getTextFromPage(page));
            return text.toString();
        }
    }

    @AfterAll
    static void the_audit_finds_every_history_in_order() throws SQLException {
        try (var connection = KOREA.owner()) {
            assertThat(new Audit(connection, KOREA.sandbox()).findings())
                    .filteredOn(finding -> finding.words().contains("way out"))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(
                            finding ->
                                    assertThat(finding.violations()).as(finding.words()).isEmpty());
        }
    }

    private static void untilMatter(JsonNode wayOut, String reason) throws Exception {
        var uuid = Undoer.id(wayOut).substring(3);
        for (int i = 0; i < 200 && !KOREA.openMattersOf(uuid).contains(reason); i++) World.sleep();
        assertThat(KOREA.openMattersOf(uuid)).contains(reason);
    }

    private static List<String> mails(String address) {
        var mails = new ArrayList<String>();
        for (int i = 0; i < 200 && mails.isEmpty(); i++) {
            World.sleep();
            KOREA.sandbox()
                    .get("/sandbox/mailboxes/" + address)
                    .ok()
                    .path("data")
                    .forEach(
                            mail ->
                                    mails.add(
                                            mail.path("title").asString()
                                                    + mail.path("body").asString()));
        }
        return mails;
    }
}
