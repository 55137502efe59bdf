package org.facevalue.platform.identifier;

/**
 * The part of the books that a customer and all accounts of their transactions live in, for life. It stands first in the keys of the write path,
 * so that tables can be spread over machines later; there is one, number 0, until an operator configures more.
 */
public record Cell(short number) {
    public static final Cell FIRST = new Cell((short) 0);

    public Cell {
        if (number < 0) throw new IllegalArgumentException("a cell is counted from 0: " + number);
    }
}
