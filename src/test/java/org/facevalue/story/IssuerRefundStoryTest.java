package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an issuer pays back of a voucher in Korea, to each of its ends; by a customer of the third carrier, whose own desk is asked first. */
class IssuerRefundStoryTest {
    private static final World KOREA = World.korea();
    private final Undoer minji = new Undoer(KOREA, KOREA.customer("lgu", ""));

    private JsonNode entered(Map<String, Object> voucher) {
        var purchase = minji.enter(voucher).ok();
        minji.prove(purchase).ok();
        return purchase;
    }

    private JsonNode asked(long paid, long left) {
        var voucher = minji.voucher(paid, left, "hanul");
        voucher.put("number", "HN" + UUID.randomUUID());
        return asked(entered(voucher), false);
    }

    private JsonNode asked(JsonNode purchase, boolean points) {
        var body = new HashMap<String, Object>(Undoer.asking(purchase, "issuer-refund"));
        if (points) body.put("points", true);
        else body.put("account", minji.customer().secret("account"));
        return minji.customer()
                .api()
                .post("/api/v1/ways-out", body, UUID.randomUUID().toString())
                .ok();
    }

    private static long given(JsonNode wayOut) {
        return wayOut.path("given").path("amount").asLong();
    }

    @Test
    void the_third_carrier_cancels_a_charge_and_takes_a_contested_one_back() {
        var cancelled = minji.asked(minji.entered(31_000, minji.today()), "cancellation");
        assertThat(cancelled.path("party").asString()).isEqualTo("lgu");
        assertThat(given(minji.until(cancelled, "UNDONE"))).isEqualTo(31_000);
        var contested = minji.asked(minji.entered(32_000, minji.today()), "correction");
        minji.until(contested, "ASKED");
        minji.choose(contested, "take-back").ok();
        minji.until(contested, "TAKEN_BACK");
    }

    @Test
    void a_refusal_of_the_issuer_s_is_left_at_that() {
        var wayOut = asked(50_710, 20_000);
        minji.until(wayOut, "ASKED");
        KOREA.forward(Duration.ofDays(2));
        assertThat(minji.until(wayOut, "REFUSED").path("reason").asString())
                .isEqualTo("SELLER_DISAGREES");
        minji.choose(wayOut, "leave").ok();
        assertThat(minji.until(wayOut, "LEFT").path("ended").asBoolean()).isTrue();
    }

    @Test
    void where_only_the_issuer_s_terms_decide_less_than_is_left_is_for_the_customer_to_accept() {
        var wayOut = asked(50_750, 40_000);
        assertThat(wayOut.path("gives").isNull()).as("its terms say how much").isTrue();
        minji.until(wayOut, "ASKED");
        KOREA.forward(Duration.ofDays(4));
        var part = minji.until(wayOut, "GIVEN_IN_PART");
        assertThat(given(part)).isEqualTo(25_375);
        minji.choose(wayOut, "refer").ok();
        assertThat(minji.until(wayOut, "REFERRED").path("case_number").asString()).isNotEmpty();
    }

    @Test
    void an_issuer_that_agrees_and_pays_nothing_is_referred_and_one_that_is_silent_let_go() {
        var idle = asked(50_740, 20_000);
        var silent = asked(50_720, 20_000);
        minji.until(idle, "ASKED");
        minji.until(silent, "ASKED");
        KOREA.forward(Duration.ofDays(2));
        minji.until(idle, "GRANTED");
        KOREA.forward(Duration.ofDays(15));
        minji.until(idle, "NOT_GIVEN");
        minji.choose(idle, "refer").ok();
        minji.until(idle, "REFERRED");
        minji.until(silent, "OVERDUE");
        minji.choose(silent, "take-back").ok();
        minji.until(silent, "TAKEN_BACK");
    }

    /** The issuer refund of a voucher of 50,000 won that was sold for 46,250, by what is left on it. */
    private long gives(long left, int yearsAgo) {
        var voucher = minji.voucher(46_250, left, "hanul");
        voucher.put("number", "HN" + UUID.randomUUID());
        voucher.put("bought_on", minji.today().minusYears(yearsAgo).toString());
        var known =
                new HashMap<String, Object>(
                        Map.of(
                                "issuer", "hanul",
                                "face_value", Undoer.won(50_000),
                                "expires_on", minji.today().plusYears(1).toString(),
                                "balance", Undoer.won(left)));
        voucher.put("voucher", known);
        return minji.enter(voucher).ok().path("ways").get(0).path("gives").path("amount").asLong(0);
    }

    @Test
    void what_a_voucher_was_worth_is_told_apart_from_its_price_and_a_share_is_used_when_it_is() {
        assertThat(gives(20_000, 1))
                .as("used to six tenths of what it was worth")
                .isEqualTo(20_000);
        assertThat(gives(20_490, 1)).as("used to 59 hundredths and a little").isZero();
        assertThat(gives(50_000, 0)).as("untouched, and of today: its price").isEqualTo(46_250);
        assertThat(gives(49_999, 0)).as("touched").isZero();
    }

    @Test
    void what_has_expired_comes_back_by_its_share_and_as_points_whole() {
        var voucher = minji.voucher(60_000, 60_000, "hanul");
        voucher.put(
                "voucher",
                Map.of(
                        "issuer", "hanul",
                        "expires_on", minji.today().minusDays(1).toString(),
                        "balance", Undoer.won(60_000)));
        var purchase = entered(voucher);
        var ways = minji.seen(purchase).path("ways");
        assertThat(ways.get(0).path("points").asBoolean()).isTrue();
        assertThat(ways.get(0).path("gives").path("amount").asLong()).isEqualTo(60_000);
        assertThat(ways.get(1).path("gives").path("amount").asLong()).isEqualTo(57_000);
        var wayOut = asked(purchase, true);
        minji.until(wayOut, "ASKED");
        KOREA.forward(Duration.ofDays(4));
        assertThat(given(minji.until(wayOut, "UNDONE"))).isEqualTo(60_000);
    }
}
