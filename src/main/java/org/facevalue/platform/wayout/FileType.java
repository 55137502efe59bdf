package org.facevalue.platform.wayout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.tika.Tika;
import org.facevalue.platform.identity.Secret;
import org.openpdf.text.pdf.PdfReader;

/** The kinds of file that evidence may be. What a file is is found in its content, not in its name; and it opens as that, or it is none. */
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
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equals(found) && type.opens(content))
                .findFirst();
    }

    /** A beginning like that of a picture makes no picture. What wants a password shows nothing to anybody. */
    private boolean opens(byte[] content) {
        try {
            return this == PDF ? pages(content) > 0 : width(content) > 0;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static int pages(byte[] content) throws IOException {
        try (var reader = new PdfReader(content)) {
            return reader.getNumberOfPages();
        }
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
