package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.facevalue.cli.Api;
import org.facevalue.cli.Audit;
import org.facevalue.cli.SandboxCustomer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was bought here and kept as a voucher is undone here: the voucher goes back to its issuer, and then the charge off the bill. */
class MadeHereTest {
    private static final World WORLD = World.get();
    private static final long FACE_VALUE = 50_610;

    /** The issuer says no to whoever brings such a voucher back. */
    private static final long NOT_TAKEN_BACK = 50_650;

    @Test
    void a_kept_voucher_goes_back_and_the_charge_goes_off_the_bill() throws SQLException {
        var minji = WORLD.customer();
        var undoer = new Undoer(WORLD, minji);
        var id = kept(minji);
        var purchase = entered(minji, id).ok();
        assertThat(purchase.path("cash_out").asString()).isEqualTo(id);
        assertThat(open(purchase))
                .containsExactlyInAnyOrder("cancellation", "withdrawal", "correction");
        assertThat(Undoer.id(entered(minji, id).ok()))
                .as("the same again is the same")
                .isEqualTo(Undoer.id(purchase));

        var wayOut = undoer.asked(purchase, "withdrawal");
        var undone = undoer.until(wayOut, "UNDONE");

        assertThat(undone.path("party").asString()).isEqualTo("joyakdol");
        assertThat(undone.path("given").path("amount").asLong()).isEqualTo(FACE_VALUE);
        assertThat(minji.phone().path("bill").asLong()).isZero();
        var cashOut = minji.cashOut(id);
        assertThat(cashOut.path("state").asString()).isEqualTo("KEPT_AS_VOUCHER");
        assertThat(cashOut.path("aftermath").get(0).path("of").asString()).isEqualTo("WITHDRAWAL");
        assertThat(cashOut.path("aftermath").get(0).path("state").asString()).isEqualTo("UNDONE");
        assertThat(WORLD.differences(minji, cashOut)).isEmpty();
        assertThat(WORLD.ownAccount(id)).isZero();
        assertThat(code(minji, id).body().path("code").asString()).isEqualTo("no-voucher-kept");
        assertThat(undoer.ask(purchase, "cancellation").body().path("code").asString())
                .isEqualTo("way-out-running");
    }

    @Test
    void a_voucher_that_was_spent_stays_with_the_customer_and_the_charge_on_the_bill()
            throws SQLException {
        var minji = WORLD.customer();
        var undoer = new Undoer(WORLD, minji);
        var id = kept(minji);
        spend(code(minji, id).ok().path("code").asString());

        var wayOut = undoer.asked(entered(minji, id).ok(), "withdrawal");
        var refused = undoer.until(wayOut, "REFUSED");

        assertThat(refused.path("reason").asString()).isEqualTo("NOT_TAKEN_BACK");
        assertThat(refused.path("choices").toString()).isEqualTo("[\"refer\",\"leave\"]");
        assertThat(WORLD.openMattersOf(Undoer.id(wayOut).substring("wo_".length())))
                .containsExactly("not-taken-back");
        assertThat(minji.phone().path("bill").asLong()).isEqualTo(FACE_VALUE);
        assertThat(WORLD.ownAccount(id)).isZero();
        assertThat(code(minji, id).status()).isEqualTo(200);
        undoer.choose(wayOut, "refer").ok();
        assertThat(undoer.until(wayOut, "REFERRED").path("case_number").asString()).isNotEmpty();
    }

    @Test
    void an_issuer_that_takes_it_back_after_all_undoes_what_it_had_refused() throws SQLException {
        var minji = WORLD.customer();
        var undoer = new Undoer(WORLD, minji);
        var id = kept(minji, NOT_TAKEN_BACK);
        var wayOut = undoer.asked(entered(minji, id).ok(), "withdrawal");
        undoer.until(wayOut, "REFUSED");
        assertThat(minji.phone().path("bill").asLong()).isEqualTo(NOT_TAKEN_BACK);

        takeBack(id);
        WORLD.forward(Duration.ofMinutes(2));
        var undone = undoer.until(wayOut, "UNDONE");

        assertThat(Undoer.events(undone)).startsWith("asked-for", "refused").endsWith("undone");
        assertThat(minji.phone().path("bill").asLong()).isZero();
        assertThat(WORLD.differences(minji, minji.cashOut(id))).isEmpty();
        assertThat(WORLD.ownAccount(id)).isZero();
    }

    @Test
    void who_has_left_it_at_a_no_is_told_when_the_issuer_takes_it_back_after_all()
            throws SQLException {
        var minji = WORLD.customer();
        var undoer = new Undoer(WORLD, minji);
        var id = kept(minji, NOT_TAKEN_BACK);
        var wayOut = undoer.asked(entered(minji, id).ok(), "withdrawal");
        undoer.until(wayOut, "REFUSED");
        undoer.choose(wayOut, "leave").ok();

        takeBack(id);
        WORLD.forward(Duration.ofMinutes(2));

        for (int i = 0; i < 300 && !minji.phone().toString().contains("뒤늦게"); i++) World.sleep();
        assertThat(minji.phone().path("texts").toString()).containsOnlyOnce("뒤늦게");
        assertThat(minji.phone().path("bill").asLong()).isZero();
        assertThat(undoer.until(wayOut, "LEFT").path("ended").asBoolean()).isTrue();
    }

    @Test
    void a_kept_voucher_that_is_entered_by_its_code_is_not_undone_twice() throws SQLException {
        var minji = WORLD.customer();
        var undoer = new Undoer(WORLD, minji);
        var id = kept(minji);
        var code = code(minji, id).ok().path("code").asString();
        var byHand = undoer.voucher(FACE_VALUE, 10_000, "joyakdol");
        byHand.put("number", code.toLowerCase(java.util.Locale.ROOT));
        var entered = undoer.enter(byHand).ok();
        undoer.prove(entered).ok();
        var asking = new HashMap<>(Undoer.asking(entered, "issuer-refund"));
        asking.put("account", minji.secret("account"));
        minji.api().post("/api/v1/ways-out", asking, "hand" + id).ok();

        var twice = undoer.ask(entered(minji, id).ok(), "withdrawal");
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.body().path("code").asString()).isEqualTo("way-out-running");
        assertThat(asked(id)).isZero();
    }

    @Test
    void who_asks_anew_has_the_issuer_asked_anew() throws SQLException {
        var minji = WORLD.customer();
        var undoer = new Undoer(WORLD, minji);
        var id = kept(minji);
        var purchase = entered(minji, id).ok();
        insolvent(true);
        try {
            var first = undoer.asked(purchase, "withdrawal");
            undoer.until(first, "REFUSED");
            undoer.choose(first, "leave").ok();
            assertThat(asked(id)).isEqualTo(1);

            var again = undoer.asked(purchase, "withdrawal");
            undoer.until(again, "REFUSED");
            assertThat(asked(id)).as("the no is a new one").isEqualTo(2);
            undoer.choose(again, "leave").ok();
        } finally {
            insolvent(false);
        }
        undoer.until(undoer.asked(purchase, "cancellation"), "UNDONE");
        assertThat(asked(id)).isEqualTo(3);
        assertThat(minji.phone().path("bill").asLong()).isZero();
        assertThat(undoer.seen(purchase).path("blocked_by").asString()).startsWith("wo_");
        assertThat(WORLD.differences(minji, minji.cashOut(id))).isEmpty();
        assertThat(WORLD.ownAccount(id)).isZero();
    }

    @Test
    void a_silent_issuer_lets_the_term_pass_and_what_it_does_later_still_counts()
            throws SQLException {
        var minji = WORLD.customer();
        var undoer = new Undoer(WORLD, minji);
        var id = kept(minji);
        var silent = Map.of("party", "joyakdol", "mishap", "REQUEST_LOST", "times", 1_000);
        WORLD.sandbox().post("/sandbox/mishaps", silent).ok();
        try {
            var wayOut = undoer.asked(entered(minji, id).ok(), "withdrawal");
            assertThat(begun(id)).as("it was begun").isTrue();
            assertThat(undoer.until(wayOut, "ASKING").path("choices")).isEmpty();
            assertThat(undoer.choose(wayOut, "take-back").status()).isEqualTo(409);
            WORLD.forward(Duration.ofDays(14));
            var over = undoer.until(wayOut, "OVERDUE");
            assertThat(over.path("choices").toString()).isEqualTo("[\"refer\"]");
            assertThat(WORLD.openMattersOf(Undoer.id(wayOut).substring("wo_".length())))
                    .contains("term-over");
            WORLD.sandbox().send("DELETE", "/sandbox/mishaps", null, Map.of());
            WORLD.forward(Duration.ofHours(7));
            undoer.until(wayOut, "UNDONE");
            assertThat(minji.phone().path("bill").asLong()).isZero();
        } finally {
            WORLD.sandbox().send("DELETE", "/sandbox/mishaps", null, Map.of());
        }
    }

    @Test
    void every_quote_offers_to_give_the_kept_voucher_back_instead_and_one_tap_begins_it()
            throws SQLException {
        var minji = WORLD.customer();
        var undoer = new Undoer(WORLD, minji);
        var id = kept(minji);
        var cheaper = minji.quote("face_value", 50_000, "eunmorae").path("cheaper");
        assertThat(cheaper).hasSize(1);
        assertThat(cheaper.get(0).path("purchase").asString()).isEqualTo(id);
        assertThat(cheaper.get(0).path("gives").path("amount").asLong()).isEqualTo(FACE_VALUE);
        var quoted = minji.quote("face_value", 50_000, "eunmorae");
        assertThat(cheaper.get(0).path("saves").path("amount").asLong())
                .as("it brings more than the net amount: the whole cost is saved")
                .isEqualTo(quoted.path("cost").path("amount").asLong());
        assertThat(minji.api().get("/api/v1/purchases").ok().path("data"))
                .as("to look enters nothing")
                .isEmpty();

        var asking = Map.of("purchase", id, "kind", cheaper.get(0).path("kind").asString());
        var wayOut = minji.api().post("/api/v1/ways-out", asking, "tap" + id).ok();
        undoer.until(wayOut, "UNDONE");

        assertThat(minji.phone().path("bill").asLong()).isZero();
        assertThat(WORLD.ownAccount(id)).isZero();
        assertThat(minji.quote("face_value", 50_000, "eunmorae").path("cheaper")).isEmpty();
    }

    @Test
    void the_balance_of_a_voucher_is_a_cheaper_way_that_goes_to_the_account_of_the_quote() {
        var minji = WORLD.customer();
        var undoer = new Undoer(WORLD, minji);
        var voucher = undoer.enter(undoer.voucher(50_000, 15_000, "joyakdol")).ok();
        assertThat(minji.quote("face_value", 50_000, "eunmorae").path("cheaper"))
                .as("nothing shows it yet")
                .isEmpty();
        undoer.prove(voucher).ok();
        var quote = minji.quote("face_value", 50_000, "eunmorae");
        var way = quote.path("cheaper").get(0);
        assertThat(way.path("kind").asString()).isEqualTo("issuer-refund");
        assertThat(way.path("gives").path("amount").asLong()).isEqualTo(15_000);
        long cost = quote.path("cost").path("amount").asLong();
        long net = quote.path("net").path("amount").asLong();
        assertThat(way.path("saves").path("amount").asLong()).isEqualTo(cost * 15_000 / net);
        var asking =
                Map.of(
                        "purchase", way.path("purchase").asString(),
                        "kind", "issuer-refund",
                        "account", quote.path("account").asString());
        var wayOut = minji.api().post("/api/v1/ways-out", asking, "tap-" + Undoer.id(voucher)).ok();
        undoer.until(wayOut, "ASKED");
        WORLD.forward(Duration.ofDays(4));
        assertThat(undoer.until(wayOut, "UNDONE").path("given").path("amount").asLong())
                .isEqualTo(15_000);
    }

    @Test
    void one_voucher_is_one_purchase_however_many_enter_it_at_once() throws Exception {
        var minji = WORLD.customer();
        var id = kept(minji);
        var entries = Collections.nCopies(12, (Callable<Api.Answer>) () -> entered(minji, id));
        var seen = new HashSet<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(entries)) seen.add(Undoer.id(answer.get().ok()));
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void where_the_carrier_does_not_refund_the_bank_pays_back() throws SQLException {
        var minji = WORLD.customer("two-step", "REFUND_DENIED");
        var undoer = new Undoer(WORLD, minji);
        var id = kept(minji);
        var wayOut = undoer.asked(entered(minji, id).ok(), "withdrawal");
        undoer.until(wayOut, "UNDONE");
        var cashOut = minji.cashOut(id);
        assertThat(WORLD.differences(minji, cashOut)).isEmpty();
        assertThat(WORLD.ownAccount(id)).isZero();
        assertThat(minji.world(id).path("transfers").get(0).path("amount").asLong())
                .isEqualTo(FACE_VALUE);
    }

    @Test
    void what_is_late_nobody_s_or_no_voucher_is_refused_and_changes_nothing() {
        var minji = WORLD.customer();
        var jiwoo = WORLD.customer();
        var id = kept(minji);
        assertThat(entered(jiwoo, id).body().path("errors").get(0).path("code").asString())
                .isEqualTo("unknown");
        assertThat(entered(minji, "co_1").status()).isEqualTo(400);
        var more = new HashMap<String, Object>(Map.of("cash_out", id, "seller", "x"));
        assertThat(
                        minji.api()
                                .post("/api/v1/purchases", more, "more" + id)
                                .body()
                                .path("errors")
                                .get(0)
                                .path("code")
                                .asString())
                .isEqualTo("not-alone");
        var quote = minji.quote("face_value", 50_510, "eunmorae").path("id").asString();
        var refunded = minji.confirm(quote).path("id").asString();
        WORLD.until(minji, refunded, "REFUNDED");
        assertThat(entered(minji, refunded).body().path("code").asString())
                .isEqualTo("no-voucher-kept");
        // A charge of ours is undone here and nowhere else.
        var byHand = new HashMap<String, Object>(Map.of("line", minji.secret("line")));
        byHand.put("number", entered(minji, id).ok().path("number").asString());
        byHand.putAll(Map.of("seller", "x", "article", "y", "amount", Undoer.won(FACE_VALUE)));
        byHand.put("bought_on", Undoer.today(WORLD).toString());
        assertThat(
                        minji.api()
                                .post("/api/v1/purchases", byHand)
                                .body()
                                .path("errors")
                                .get(0)
                                .path("code")
                                .asString())
                .isEqualTo("made-here");
        // The statutory days are over.
        var purchase = entered(minji, id).ok();
        WORLD.forward(Duration.ofDays(40));
        var late = new Undoer(WORLD, minji).ask(purchase, "withdrawal");
        assertThat(late.status()).isEqualTo(451);
        assertThat(minji.phone().path("bill").asLong()).isEqualTo(FACE_VALUE);
    }

    private static String kept(SandboxCustomer customer) {
        return kept(customer, FACE_VALUE);
    }

    private static String kept(SandboxCustomer customer, long faceValue) {
        var quote = customer.quote("face_value", faceValue, "eunmorae").path("id").asString();
        var id = customer.confirm(quote).path("id").asString();
        WORLD.until(customer, id, "VOUCHER_OFFERED");
        customer.choose(id, "voucher");
        return id;
    }

    private static Api.Answer entered(SandboxCustomer customer, String cashOut) {
        return customer.api().post("/api/v1/purchases", Map.of("cash_out", cashOut));
    }

    private static List<String> open(JsonNode purchase) {
        return purchase.path("ways")
                .valueStream()
                .filter(way -> way.path("open").asBoolean())
                .map(way -> way.path("kind").asString())
                .toList();
    }

    private static Api.Answer code(SandboxCustomer customer, String id) {
        var path = "/api/v1/cash-outs/" + id + "/voucher-code";
        return customer.api().post(path, Map.of("step_up", customer.proof(path + "/challenges")));
    }

    /** In a shop that takes the issuer's vouchers. */
    private static void spend(String code) throws SQLException {
        try (var connection = WORLD.databases().sandbox().connect();
                var spend =
                        connection.prepareStatement(
                                "UPDATE voucher_order SET status = 'REDEEMED' WHERE code = ?")) {
            spend.setString(1, code);
            assertThat(spend.executeUpdate()).isEqualTo(1);
        }
    }

    private static void insolvent(boolean is) {
        WORLD.sandbox().post("/sandbox/issuers/joyakdol", Map.of("insolvent", is)).ok();
    }

    /** The issuer has changed its mind, and nobody is told. */
    private static void takeBack(String cashOut) throws SQLException {
        sandbox("UPDATE voucher_order SET status = 'REFUNDED'", cashOut);
    }

    private static void sandbox(String update, String cashOut) throws SQLException {
        try (var connection = WORLD.databases().sandbox().connect();
                var change =
                        connection.prepareStatement(
                                update + " WHERE replace(reference, '-', '') LIKE ?")) {
            change.setString(1, cashOut.substring("co_".length()) + "%");
            assertThat(change.executeUpdate()).isEqualTo(1);
        }
    }

    /** Whether the request to the issuer was intended. */
    private static boolean begun(String cashOut) throws SQLException {
        for (int i = 0; i < 200 && asked(cashOut) == 0; i++) World.sleep();
        return asked(cashOut) > 0;
    }

    /** How often the issuer was asked to take the voucher back. */
    private static long asked(String cashOut) throws SQLException {
        try (var connection = WORLD.owner();
                var count =
                        connection.prepareStatement(
                                """
                                SELECT count(*) FROM outside_call c JOIN aftermath a ON a.id = c.subject
                                 WHERE c.step = 'RETURN_VOUCHER' AND NOT c.asks AND replace(a.cash_out::text, '-', '') = ?
                                """)) {
            count.setString(1, cashOut.substring("co_".length()));
            try (var row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @AfterAll
    static void nothing_is_wrong_in_the_books() throws SQLException {
        try (var connection = WORLD.owner()) {
            assertThat(new Audit(connection, WORLD.sandbox()).findings())
                    .filteredOn(finding -> !finding.invariant().equals("I11"))
                    .allSatisfy(
                            finding ->
                                    assertThat(finding.violations()).as(finding.words()).isEmpty());
        }
    }
}
