package org.facevalue;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.facevalue.platform.ledger.ConditionKind;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.story.World;
import org.junit.jupiter.api.Test;

/** What the schema respects from the first day, so that it can be spread over machines later. */
class SchemaTest {
    private static final World WORLD = World.get();

    @Test
    void the_cell_stands_first_in_every_key_of_the_write_path() throws Exception {
        var without = new ArrayList<String>();
        for (var table : writePath())
            without.addAll(
                    strings(
                            """
                            SELECT c.conrelid::regclass || ': ' || c.conname
                              FROM pg_constraint c
                             WHERE c.conrelid = '%s'::regclass AND c.contype IN ('p', 'u', 'f')
                               AND (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = c.conkey[1]) <> 'cell'
                            """
                                    .formatted(table)));
        assertThat(without).isEmpty();
    }

    @Test
    void the_write_path_is_what_commands_touch_and_no_other_table_has_a_cell_by_accident()
            throws Exception {
        var withCell =
                strings(
                        """
                        SELECT table_name FROM information_schema.columns
                         WHERE table_schema = 'public' AND column_name = 'cell' ORDER BY table_name
                        """);
        // Rows that name a row of the write path, or are work that is due, and are written beside
        // it.
        var beside = List.of("callback", "event_pending", "log_place", "reconciliation");
        assertThat(new TreeSet<>(withCell)).isEqualTo(union(writePath(), beside));
    }

    @Test
    void no_trigger_keeps_a_rule_about_money() throws SQLException {
        assertThat(strings("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")).isEmpty();
    }

    @Test
    void the_platform_s_role_owns_nothing() throws SQLException {
        assertThat(
                        strings(
                                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = 'facevalue_run'"))
                .isEmpty();
    }

    /** The ledger's own tables and those of every effect and condition that a room has registered. */
    private static TreeSet<String> writePath() throws ReflectiveOperationException {
        var tables =
                new TreeSet<>(
                        List.of(
                                "account",
                                "ledger_transaction",
                                "posting",
                                "hold",
                                "command_key",
                                "event"));
        var classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.facevalue.platform");
        for (var type : classes)
            for (var field : type.getFields()) {
                var of = field.getRawType().getFullName();
                if (!of.equals(EffectKind.class.getName())
                        && !of.equals(ConditionKind.class.getName())) continue;
                var reflected = Class.forName(type.getFullName()).getDeclaredField(field.getName());
                if (!Modifier.isStatic(reflected.getModifiers())) continue;
                reflected.setAccessible(true);
                var kind = reflected.get(null);
                tables.add(
                        kind instanceof EffectKind<?> effect
                                ? effect.table()
                                : ((ConditionKind<?>) kind).table());
            }
        // A quote is made outside the write path and used in it.
        tables.add("quote");
        return tables;
    }

    private static TreeSet<String> union(TreeSet<String> some, List<String> others) {
        var all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private static List<String> strings(String sql) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = WORLD.owner();
                var rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) found.add(rows.getString(1));
        }
        return found;
    }
}
