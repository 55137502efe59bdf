package org.facevalue.platform.money;

/** A share in basis points: 1 is 0.01 %, 10,000 the whole. */
public record BasisPoints(int value) {
    public BasisPoints {
        if (value < 0 || value > 10_000)
            throw new IllegalArgumentException("a share lies between 0 and the whole: " + value);
    }
}
