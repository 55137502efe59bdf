package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.facevalue.cli.Audit;
import org.facevalue.cli.Audit.Finding;
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
                "I2|UPDATE account SET balance = balance + 1 WHERE kind = 'FEE_INCOME'",
                "I3|UPDATE account SET balance = balance + 1 WHERE kind = 'CARRIER_RECEIVABLE' AND subject = 'noeul'",
                "I3|UPDATE account SET held = held + 1 WHERE kind = 'SAFEGUARDING_BANK' AND subject = 'deungdae'",
                "I3|DELETE FROM posting WHERE (cell, ledger_transaction, line) IN (SELECT cell, ledger_transaction, line FROM posting WHERE line > 1 LIMIT 1)",
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

    private static List<Finding> broken(Connection connection) throws SQLException {
        return new Audit(connection, WORLD.sandbox())
                .findings().stream().filter(finding -> !finding.violations().isEmpty()).toList();
    }
}
