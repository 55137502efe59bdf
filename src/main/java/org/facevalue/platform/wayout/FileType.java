package org.facevalue.platform.wayout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.tika.Tika;
import org.facevalue.platform.identity.Secret;

/** The kinds of file that evidence may be. What a file is is found in its content, not in its name; and it is whole, or it is none. */
public enum FileType {
    PDF("application/pdf", "pdf"),
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg");

    private static final int TAIL = 1_024;
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
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equals(found) && type.opens(content))
                .findFirst();
    }

    /** A beginning like that of a picture makes no picture, and one like that of a paper no paper. */
    private boolean opens(byte[] content) {
        try {
            return this == PDF ? isWhole(content) : width(content) > 0;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /**
     * Whether it ends as a PDF does (ISO 32000-1, section 7.5.5). Nobody's file is unfolded here: what a reader does with one that was made to harm it is not
     * bounded.
     */
    private static boolean isWhole(byte[] content) {
        int from = Math.max(0, content.length - TAIL);
        var tail = new String(content, from, content.length - from, StandardCharsets.ISO_8859_1);
        int start = tail.lastIndexOf("startxref");
        return start >= 0 && tail.indexOf("%%EOF", start) > start;
    }

    /** By its header: a picture is not unfolded here. */
    private static int width(byte[] content) throws IOException {
        try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) return 0;
            var reader = readers.next();
            try {
                reader.setInput(in);
                return reader.getWidth(0);
            } finally {
                reader.dispose();
            }
        }
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
