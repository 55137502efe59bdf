package org.facevalue.platform.jurisdiction;

/**
 * A pack to the byte.
 *
 * @param digest SHA-256 of its files, in hex
 */
public record PackId(String jurisdiction, String version, String digest) {
    /** As people name it: {@code KR@2026-11-28}. */
    public String shown() {
        return jurisdiction + "@" + version;
    }
}
