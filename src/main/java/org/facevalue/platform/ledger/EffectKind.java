package org.facevalue.platform.ledger;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A kind of row change that a command can carry. Its room writes the statement; the ledger runs it without knowing it, once for all rows of a command.
 *
 * @param name what happens, {@code table.verb}
 * @param table the one table it changes; it carries {@code cell} in its keys
 * @param sql a set statement over arrays ({@code unnest}), one parameter a column
 * @param exact whether it changes exactly one row for each, or the command is refused; the others tidy up what may be there or not
 */
public record EffectKind<R extends Record>(
        String name, String table, String sql, List<Column<R>> columns, boolean exact) {

    public EffectKind(String name, String table, String sql, List<Column<R>> columns) {
        this(name, table, sql, columns, true);
    }

    /** A new row; refused as moved when its key is taken. */
    public static <R extends Record> EffectKind<R> insert(
            String name, String table, List<Column<R>> columns) {
        var names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        var arrays =
                columns.stream()
                        .map(column -> "?::" + column.type() + "[]")
                        .collect(Collectors.joining(", "));
        return new EffectKind<>(
                name,
                table,
                "INSERT INTO "
                        + table
                        + " ("
                        + names
                        + ") SELECT * FROM unnest("
                        + arrays
                        + ")"
                        + " ON CONFLICT DO NOTHING",
                columns);
    }

    @Override
    public String toString() {
        return name;
    }
}
