package org.facevalue.platform.ledger;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One array parameter of a set statement.
 *
 * @param type the element's type as PostgreSQL names it
 * @param value what a row contributes
 */
public record Column<R>(String type, Function<R, @Nullable Object> value) {}
