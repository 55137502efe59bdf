package org.facevalue.platform.ledger;

import java.util.List;

/**
 * A kind of condition. Its room writes the statement, which locks the rows asked for ({@code FOR SHARE}) and returns one row for each that meets the
 * condition.
 */
public record ConditionKind<R extends Record>(
        String name, String table, String sql, List<Column<R>> columns) {

    @Override
    public String toString() {
        return name;
    }
}
