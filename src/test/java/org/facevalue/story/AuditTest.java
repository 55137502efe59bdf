package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.facevalue.cli.Audit;
import org.facevalue.cli.Audit.Finding;
import org.facevalue.platform.identifier.Id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit sees what is wrong: a checker that cannot fail is worth nothing. Differences are planted as the owner and rolled back. */
class AuditTest {
    private static final World WORLD = World.get();

    @Test
    void after_cash_outs_that_were_paid_refused_and_refunded_everything_holds()
            throws SQLException {
        for (var scenario : List.of("", "CHARGE_DECLINED", "PAYOUT_DECLINED")) {
            var minji = WORLD.customer("two-step", scenario);
            WORLD.end(
                    minji,
                    minji.confirm(
                                    minji.quote("face_value", 50_000, "geummorae")
                                            .path("id")
                                            .asString())
                            .path("id")
                            .asString());
        }
        try (var connection = WORLD.owner()) {
            assertThat(broken(connection)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "I12|UPDATE event SET type = 'refused' WHERE type = 'undone' AND subject IN (SELECT id FROM way_out)",
                "I12|UPDATE way_out SET state = 'LEFT' WHERE state = 'UNDONE'",
                "I12|UPDATE way_out SET sequence = sequence + 1 WHERE state = 'UNDONE'",
                "I7|UPDATE way_out SET state = 'ASKED' WHERE state = 'UNDONE'",
                "I5|UPDATE way_out SET given = given - 1 WHERE state = 'UNDONE'",
                "I5|UPDATE purchase SET cash_out = gen_random_uuid() WHERE id = (SELECT purchase FROM way_out WHERE state = 'UNDONE' LIMIT 1)",
            })
    void a_planted_difference_of_a_way_out_is_found(String invariant, String sql)
            throws SQLException {
        var minji = new Undoer(WORLD, WORLD.customer());
        minji.until(minji.asked(minji.entered(33_000, minji.today()), "cancellation"), "UNDONE");
        planted(invariant, sql);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "I2|UPDATE account SET balance = balance + 1 WHERE kind = 'FEE_INCOME'",
                "I3|UPDATE account SET balance = balance + 1 WHERE kind = 'CARRIER_RECEIVABLE' AND subject = 'noeul'",
                "I3|UPDATE account SET held = held + 1 WHERE kind = 'SAFEGUARDING_BANK' AND subject = 'deungdae'",
                "I3|DELETE FROM posting WHERE (cell, ledger_transaction, line) IN (SELECT cell, ledger_transaction, line FROM posting WHERE line > 1 LIMIT 1)",
                "I4|UPDATE account SET floored = false, balance = balance - 999999 WHERE kind = 'CASH_OUT' AND subject = (SELECT max(id::text) FROM cash_out)",
                "I5|UPDATE account SET balance = balance + 1 WHERE kind = 'CASH_OUT' AND subject = (SELECT max(id::text) FROM cash_out)",
                "I7|UPDATE cash_out SET state = 'REDEEMED', due_at = NULL WHERE id = (SELECT id FROM cash_out ORDER BY id DESC LIMIT 1)",
                "I9|UPDATE quote SET used_by = gen_random_uuid() WHERE used_by IS NOT NULL AND id = (SELECT quote FROM cash_out LIMIT 1)",
                "I11|UPDATE cash_out SET due_at = '2020-01-01', state_since = '2020-01-01' WHERE id = (SELECT id FROM cash_out ORDER BY id DESC LIMIT 1)",
                "I10|DELETE FROM log_place WHERE event IN (SELECT id FROM event WHERE type = 'charged' LIMIT 1)",
                "I10|UPDATE cash_out SET sequence = sequence + 1 WHERE id IN (SELECT id FROM cash_out LIMIT 1)",
                "I12|UPDATE event SET type = 'redeemed' WHERE type = 'voucher-issued' AND id IN (SELECT id FROM event WHERE type = 'voucher-issued' LIMIT 1)",
                "I13|UPDATE cash_out SET net = net + 1 WHERE state = 'PAID'",
                "I12|UPDATE cash_out SET state = 'REFUNDED' WHERE state = 'PAID'",
                "I12|UPDATE aftermath SET state = 'UNDONE' WHERE state = 'WATCHED'",
            })
    void a_planted_difference_is_found(String invariant, String sql) throws SQLException {
        var minji = WORLD.customer();
        WORLD.end(
                minji,
                minji.confirm(minji.quote("face_value", 50_000, "geummorae").path("id").asString())
                        .path("id")
                        .asString());
        planted(invariant, sql);
    }

    private static void planted(String invariant, String sql) throws SQLException {
        try (var connection = WORLD.owner()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate(sql)).isPositive();
                assertThat(broken(connection)).extracting(Finding::invariant).contains(invariant);
            } finally {
                connection.rollback();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "a second charge=>INSERT INTO payment (id, carrier, client, line, correlator, reference, amount, description, tax_included, status, created_at) "
                        + "SELECT 'planted', carrier, client, line, 'planted', reference, amount, '', false, 'succeeded', created_at FROM payment WHERE reference = ?"
                        + "=>DELETE FROM payment WHERE id = 'planted'",
                "a redemption at another provider=>INSERT INTO redemption (provider, reference, code, face_value, pays, status, created_at) "
                        + "SELECT 'planted', reference, code, face_value, pays, 'ACCEPTED', created_at FROM redemption WHERE reference = ?"
                        + "=>DELETE FROM redemption WHERE provider = 'planted'",
                "a second payout=>INSERT INTO transfer (reference, to_account, amount, status, created_at) "
                        + "SELECT reference || '-again-net', to_account, amount, 'BOOKED', created_at FROM transfer WHERE reference = ? || '-net'"
                        + "=>DELETE FROM transfer WHERE reference LIKE '%-again-net'",
            })
    void what_another_party_has_done_twice_is_found(String what, String plant, String undo)
            throws SQLException {
        var minji = WORLD.customer();
        var id =
                minji.confirm(minji.quote("face_value", 50_000, "geummorae").path("id").asString())
                        .path("id")
                        .asString();
        WORLD.end(minji, id);
        try (var sandbox = WORLD.databases().sandbox().connect();
                var planted = sandbox.prepareStatement(plant);
                var connection = WORLD.owner()) {
            planted.setString(1, Id.parse("co", id).orElseThrow().toString());
            assertThat(planted.executeUpdate()).isEqualTo(1);
            try {
                assertThat(broken(connection)).extracting(Finding::invariant).contains("I6");
            } finally {
                sandbox.createStatement().executeUpdate(undo);
            }
        }
    }

    private static List<Finding> broken(Connection connection) throws SQLException {
        return new Audit(connection, WORLD.sandbox())
                .findings().stream().filter(finding -> !finding.violations().isEmpty()).toList();
    }
}
