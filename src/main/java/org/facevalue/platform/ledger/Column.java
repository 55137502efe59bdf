package org.facevalue.platform.ledger;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One array parameter of a set statement.
 *
 * @param name the column it is for, in lower case
 * @param type the element's type as PostgreSQL names it
 * @param value what a row contributes
 */
public record Column<R>(String name, String type, Function<R, @Nullable Object> value) {}
