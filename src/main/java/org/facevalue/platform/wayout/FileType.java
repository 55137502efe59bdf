package org.facevalue.platform.wayout;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.tika.Tika;
import org.facevalue.platform.identity.Secret;

/** The kinds of file that evidence may be. What a file is is found in its content, not in its name. */
public enum FileType {
    PDF("application/pdf", "pdf"),
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg");

    private static final Tika TIKA = new Tika();
    private final String mediaType;
    private final String ending;

    FileType(String mediaType, String ending) {
        this.mediaType = mediaType;
        this.ending = ending;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Of a file's name, without the dot. */
    public String ending() {
        return ending;
    }

    /** @param content all of the file */
    static Optional<FileType> of(byte[] content) {
        var found = TIKA.detect(content);
        return Arrays.stream(values()).filter(type -> type.mediaType.equals(found)).findFirst();
    }

    static FileType named(String mediaType) {
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equals(mediaType))
                .findFirst()
                .orElseThrow();
    }

    /** Whether who sends it says that it is this; saying nothing is no lie. */
    boolean isClaimedBy(String claimed) {
        var type = claimed.split(";", 2)[0].strip();
        return type.isEmpty()
                || type.equals("application/octet-stream")
                || type.equalsIgnoreCase(mediaType);
    }

    static String digest(byte[] content) {
        return HexFormat.of().formatHex(Secret.sha256(content));
    }
}
