package org.facevalue.platform.wayout;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file is what it opens as. */
class FileTypeTest {
    private static byte[] picture(String format) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"png, PNG, 8", "jpg, JPEG, 3"})
    void a_picture_opens_and_its_first_bytes_alone_do_not(
            String format, FileType type, int signature) throws IOException {
        var whole = picture(format);
        assertThat(FileType.of(whole)).contains(type);
        assertThat(FileType.of(Arrays.copyOf(whole, signature))).isEmpty();
    }

    @Test
    void a_paper_of_ours_opens_and_what_only_begins_like_one_does_not() {
        var paper = new Paper("청구서", "ko").text("33,000원").done();
        assertThat(FileType.of(paper)).contains(FileType.PDF);
        assertThat(FileType.of("%PDF-1.7\n<html></html>".getBytes())).isEmpty();
        assertThat(FileType.of(Arrays.copyOf(paper, paper.length / 2))).isEmpty();
        assertThat(FileType.of(Arrays.copyOf(paper, 9))).isEmpty();
        assertThat(FileType.of(new byte[0])).isEmpty();
    }
}
