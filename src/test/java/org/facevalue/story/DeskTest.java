package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.facevalue.cli.Audit;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.platform.cashout.Aftermath;
import org.facevalue.platform.cashout.AftermathState;
import org.facevalue.platform.cashout.ByHand;
import org.facevalue.platform.cashout.ByHand.Back;
import org.facevalue.platform.cashout.ByHand.Said;
import org.facevalue.platform.cashout.ByHand.Whole;
import org.facevalue.platform.cashout.CashOut;
import org.facevalue.platform.cashout.CashOutId;
import org.facevalue.platform.cashout.CashOuts;
import org.facevalue.platform.desk.Desk;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.FourEyes;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.outside.Matter;
import org.facevalue.platform.outside.Matters;
import org.junit.jupiter.api.Test;

/** What a person of the staff can do where no machine can any more. */
class DeskTest {
    private static final World WORLD = World.get();
    private final Desk desk = WORLD.bean(Desk.class);
    private final CashOuts cashOuts = WORLD.bean(CashOuts.class);
    private final ByHand byHand = WORLD.bean(ByHand.class);
    private final Matters matters = WORLD.bean(Matters.class);
    private final FourEyes fourEyes = WORLD.bean(FourEyes.class);
    private final Caller staff = somebody(Role.FINANCE);

    private static Caller somebody(Role role) {
        return new Caller(role, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    }

    /** The issuer has no voucher, the carrier does not refund, and the bank does not pay: the ladder is at its end. */
    private static String stuck(SandboxCustomer minji) {
        var quote = minji.quote("face_value", 50_510, "eunmorae").path("id").asString();
        var id = minji.confirm(quote).path("id").asString();
        WORLD.until(minji, id, "PAYING_BACK");
        for (int i = 0; i < 100 && !waits(minji, id); i++) World.sleep();
        assertThat(waits(minji, id)).isTrue();
        return id;
    }

    private static boolean waits(SandboxCustomer minji, String id) {
        return minji.cashOut(id).path("waiting_for").path("who").asString("").equals("staff");
    }

    /** The one approval that is asked for about it. */
    private UUID asked(String id) {
        return fourEyes.all().stream()
                .filter(approval -> approval.object().equals(id))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private CashOut cashOut(String id) {
        return cashOuts.any(new CashOutId(Id.parse("co", id).orElseThrow())).orElseThrow();
    }

    @Test
    void what_no_party_pays_any_more_is_paid_by_a_person_once_and_stands_in_the_books()
            throws SQLException {
        var minji = WORLD.customer("two-step", "REFUND_DENIED,PAYOUT_DECLINED");
        var id = stuck(minji);
        var cashOut = cashOut(id);
        var course = cashOut.id().value();
        var open = matters.open(cashOut.cell(), List.of(course));
        assertThat(open).hasSize(1);
        assertThat(desk.close(staff, cashOut, open.getFirst(), "looks fine to me"))
                .as("a debt is not closed by a word")
                .isEqualTo(Desk.Result.NOT_SETTLED);
        assertThat(WORLD.ownAccount(id)).isEqualTo(50_510);
        assertThat(desk.settle(staff, cashOut, course, Whole.ALREADY, "who knows"))
                .as("nobody else has paid")
                .isEqualTo(Desk.Result.TOO_LATE);

        var words = "paid over the counter, slip 17";
        assertThat(desk.settle(staff, cashOut, course, Whole.PAID, words))
                .isEqualTo(Desk.Result.ASKED);
        assertThat(WORLD.ownAccount(id)).as("one alone changes nothing").isEqualTo(50_510);
        var asked = asked(id);
        assertThat(fourEyes.decide(somebody(Role.COMPLIANCE), asked, true, "seen slip 17"))
                .isEqualTo(FourEyes.Result.DONE);
        assertThat(desk.settle(somebody(Role.FINANCE), cashOut, course, Whole.PAID, words))
                .as("it was allowed to somebody else")
                .isEqualTo(Desk.Result.ASKED);
        assertThat(desk.settle(staff, cashOut, course, Whole.PAID, words))
                .isEqualTo(Desk.Result.DONE);
        assertThat(desk.settle(staff, cashOut(id), course, Whole.PAID, words))
                .as("never twice")
                .isEqualTo(Desk.Result.TOO_LATE);

        var ended = minji.cashOut(id);
        assertThat(ended.path("state").asString()).isEqualTo("REFUNDED");
        assertThat(World.events(ended)).endsWith("refund-declined", "paid-by-hand");
        assertThat(WORLD.ownAccount(id)).isZero();
        assertThat(matters.open(cashOut.cell(), List.of(course))).isEmpty();
        assertThat(desk.notes(cashOut.cell(), cashOut.id()))
                .extracting(Desk.Note::words)
                .containsExactly(words);
        assertThat(WORLD.differences(minji, ended)).isEmpty();
        try (var database = WORLD.owner()) {
            assertThat(new Audit(database, WORLD.sandbox()).findings())
                    .allSatisfy(f -> assertThat(f.violations()).as(f.words()).isEmpty());
        }
    }

    @Test
    void a_person_lets_go_of_a_reservation_and_refunds_a_charge_but_only_while_that_is_safe()
            throws SQLException {
        var coded = WORLD.customer("code", "");
        var waiting = confirmed(coded, 50_000);
        WORLD.until(coded, waiting, "CODE_WANTED");
        var words = "the customer called and gave up";
        assertThat(desk.turnRound(staff, cashOut(waiting), Back.REFUND, words))
                .as("nothing is charged")
                .isEqualTo(Desk.Result.TOO_LATE);
        assertThat(desk.turnRound(staff, cashOut(waiting), Back.RELEASE, words))
                .isEqualTo(Desk.Result.DONE);
        var released = WORLD.end(coded, waiting);
        assertThat(released.path("state").asString()).isEqualTo("NOT_CHARGED");
        assertThat(WORLD.differences(coded, released)).isEmpty();

        var choosing = WORLD.customer();
        var offered = confirmed(choosing, 50_610);
        WORLD.until(choosing, offered, "VOUCHER_OFFERED");
        assertThat(desk.turnRound(staff, cashOut(offered), Back.REFUND, words))
                .isEqualTo(Desk.Result.DONE);
        var refunded = WORLD.until(choosing, offered, "REFUNDED");
        assertThat(WORLD.differences(choosing, refunded)).isEmpty();
        assertThat(desk.notes(cashOut(offered).cell(), cashOut(offered).id()))
                .extracting(Desk.Note::action)
                .containsExactly(Desk.Action.REFUND_ASKED);
        assertThat(desk.turnRound(staff, cashOut(offered), Back.REFUND, words))
                .as("it has ended")
                .isEqualTo(Desk.Result.TOO_LATE);
    }

    private static String confirmed(SandboxCustomer customer, long faceValue) {
        var quote = customer.quote("face_value", faceValue, "eunmorae").path("id").asString();
        return customer.confirm(quote).path("id").asString();
    }

    @Test
    void nothing_is_settled_while_it_is_under_way_or_after_its_end() {
        var minji = WORLD.customer();
        var quote = minji.quote("face_value", 50_000, "eunmorae").path("id").asString();
        var id = minji.confirm(quote).path("id").asString();
        WORLD.end(minji, id);
        var cashOut = cashOut(id);
        var course = cashOut.id().value();
        assertThat(byHand.owed(cashOut)).isEmpty();
        for (var how : Whole.values())
            assertThat(desk.settle(staff, cashOut, course, how, "never mind why"))
                    .isEqualTo(Desk.Result.TOO_LATE);
        assertThat(desk.askAgain(staff, cashOut, course, "never mind why"))
                .isEqualTo(Desk.Result.TOO_LATE);
        assertThat(desk.askAgain(staff, cashOut, UUID.randomUUID(), "somebody else's"))
                .isEqualTo(Desk.Result.TOO_LATE);
    }

    /** The provider has taken the voucher, and answers that it pays a thousand won less than it had stated. */
    private String overcharged(SandboxCustomer minji) throws SQLException {
        var quote = minji.quote("face_value", 50_000, "heukmorae").path("id").asString();
        var id = minji.confirm(quote).path("id").asString();
        for (int i = 0; i < 200 && !WORLD.matters(id).contains("odd-answer"); i++) World.sleep();
        return id;
    }

    @Test
    void what_a_provider_keeps_for_itself_is_between_it_and_us_and_the_customer_is_paid_as_quoted()
            throws SQLException {
        var minji = WORLD.customer();
        var id = overcharged(minji);
        var cashOut = cashOut(id);
        var unclear = byHand.unclear(cashOut, Instant.now());
        assertThat(unclear).hasSize(1);
        assertThat(unclear.getFirst().party()).isEqualTo("heukmorae");
        assertThat(unclear.getFirst().open()).containsExactly(Said.DONE, Said.NOT_DONE);

        var course = cashOut.id().value();
        var words = "Ms Seo of Heukmorae: they have it; the rest is in dispute, case 4";
        assertThat(desk.said(staff, cashOut, course, Said.DONE, words)).isEqualTo(Desk.Result.DONE);
        var ended = WORLD.end(minji, id);
        assertThat(ended.path("state").asString()).isEqualTo("PAID");
        assertThat(World.events(ended)).contains("redeemed");
        assertThat(WORLD.ownAccount(id)).isZero();
        assertThat(WORLD.openMatters(id)).isEmpty();
        assertThat(minji.world(id).path("transfers").get(0).path("amount").asLong())
                .as("what the quote has promised")
                .isEqualTo(cashOut.terms().net().minor());
        assertThat(desk.notes(cashOut.cell(), cashOut.id()))
                .extracting(Desk.Note::action)
                .containsExactly(Desk.Action.SAID_DONE);
        assertThat(desk.said(staff, cashOut(id), course, Said.DONE, words))
                .as("nothing is unclear any more")
                .isEqualTo(Desk.Result.TOO_LATE);
    }

    @Test
    void
            what_a_provider_is_said_not_to_have_done_is_refunded_and_watched_until_it_is_said_to_be_done()
                    throws SQLException {
        var minji = WORLD.customer();
        var id = overcharged(minji);
        var cashOut = cashOut(id);
        var words = "Heukmorae denies on the phone that it has it";
        assertThat(desk.said(staff, cashOut, cashOut.id().value(), Said.NOT_DONE, words))
                .isEqualTo(Desk.Result.DONE);
        var refunded = WORLD.end(minji, id);
        assertThat(refunded.path("state").asString()).isEqualTo("REFUNDED");
        assertThat(World.events(refunded))
                .as("no offer of a voucher that may be spent")
                .doesNotContain("voucher-offered")
                .contains("redemption-declined", "voucher-not-returned");
        assertThat(WORLD.ownAccount(id)).isZero();

        var watched = watched(id);
        assertThat(desk.askAgain(staff, cashOut(id), watched, "their answer to a question"))
                .isEqualTo(Desk.Result.DONE);
        for (int i = 0; i < 200 && byHand.unclear(cashOut(id), Instant.now()).isEmpty(); i++)
            World.sleep();
        assertThat(byHand.unclear(cashOut(id), Instant.now()))
                .extracting(ByHand.Unclear::course)
                .containsExactly(watched);
        var notYet = "Heukmorae still denies it on the phone";
        assertThat(desk.said(staff, cashOut(id), watched, Said.NOT_DONE, notYet))
                .isEqualTo(Desk.Result.DONE);
        assertThat(aftermath(id, watched).state())
                .as("what has not come is watched on")
                .isEqualTo(AftermathState.WATCHED);
        assertThat(matters.open(cashOut.cell(), List.of(watched))).isEmpty();
        assertThat(desk.askAgain(staff, cashOut(id), watched, "and once more"))
                .isEqualTo(Desk.Result.DONE);
        for (int i = 0; i < 200 && byHand.unclear(cashOut(id), Instant.now()).isEmpty(); i++)
            World.sleep();
        var later = "by letter: they have it, and owe it";
        assertThat(desk.said(staff, cashOut(id), watched, Said.DONE, later))
                .isEqualTo(Desk.Result.DONE);
        assertThat(matters.open(cashOut.cell(), List.of(watched)))
                .extracting(Matter::reason)
                .containsExactly("claim-on-provider");
        assertThat(minji.cashOut(id).path("state").asString()).isEqualTo("REFUNDED");
        assertThat(WORLD.ownAccount(id)).isZero();
    }

    @Test
    void a_charge_that_is_told_of_with_another_amount_for_good_is_taken_off_the_bill()
            throws SQLException {
        var minji = WORLD.customer("one-step", "");
        for (var deed : List.of("CHARGE", "ASK"))
            WORLD.sandbox()
                    .post(
                            "/sandbox/mishaps",
                            Map.of(
                                    "party",
                                    "maru",
                                    "deed",
                                    deed,
                                    "line",
                                    minji.secret("line_number"),
                                    "mishap",
                                    "WRONG_AMOUNT",
                                    "times",
                                    1_000))
                    .ok();
        var id = confirmed(minji, 50_000);
        for (int i = 0; i < 200 && !WORLD.matters(id).contains("odd-answer"); i++) World.sleep();
        var course = cashOut(id).id().value();
        assertThat(byHand.unclear(cashOut(id), Instant.now()).getFirst().open())
                .containsExactly(Said.NOT_DONE);
        var theirs = minji.world(id).path("carrier_payments").get(0).path("id").asString();
        var words = "Mr Oh of Maru: charged, with a wrong amount";
        assertThat(desk.chargedOtherwise(staff, cashOut(id), course, theirs, words))
                .isEqualTo(Desk.Result.ASKED);
        fourEyes.decide(somebody(Role.COMPLIANCE), asked(id), true, "heard it too");
        assertThat(desk.chargedOtherwise(staff, cashOut(id), course, theirs, words))
                .isEqualTo(Desk.Result.DONE);
        var ended = WORLD.end(minji, id);
        assertThat(ended.path("state").asString()).isEqualTo("REFUNDED");
        assertThat(World.events(ended)).contains("charged", "cancelled", "charge-refunded");
        assertThat(minji.phone().path("bill").asLong()).isZero();
        assertThat(WORLD.ownAccount(id)).isZero();
        assertThat(WORLD.differences(minji, ended)).isEmpty();
        assertThat(desk.chargedOtherwise(staff, cashOut(id), course, theirs, words))
                .as("never twice")
                .isEqualTo(Desk.Result.TOO_LATE);
        WORLD.sandbox().send("DELETE", "/sandbox/mishaps", null, Map.of());
    }

    private Aftermath aftermath(String id, UUID subject) {
        return cashOuts.aftermaths(cashOut(id)).stream()
                .filter(a -> a.id().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private UUID watched(String id) {
        return cashOuts.aftermaths(cashOut(id)).stream()
                .filter(a -> a.of() == Aftermath.Of.REDEMPTION)
                .findFirst()
                .orElseThrow()
                .id();
    }
}
