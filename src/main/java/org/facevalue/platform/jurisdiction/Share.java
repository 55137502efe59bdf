package org.facevalue.platform.jurisdiction;

/** What of a purchase a rule gives back. */
public sealed interface Share {
    Share ALL = new OfFaceValue(100);
    Share BALANCE = new Balance();

    /** So many hundredths of it. */
    record OfFaceValue(long percent) implements Share {}

    /** What is left of it. */
    record Balance() implements Share {}
}
