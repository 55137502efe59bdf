package org.facevalue.platform.crypto;

import java.util.Arrays;

/** Encrypted bytes as a column holds them. Its text never shows them. */
public record Sealed(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Sealed(var theirs) && Arrays.equals(bytes, theirs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "sealed, " + bytes.length + " bytes";
    }
}
