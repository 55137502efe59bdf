package org.facevalue.platform.wayout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.openpdf.text.Document;
import org.openpdf.text.Font;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;
import org.springframework.core.io.ClassPathResource;

/** A document on paper: headings, paragraphs and pairs, in a type that has Korean and Latin letters and is embedded. */
final class Paper {
    private static final BaseFont FACE = face();
    private static final Font TITLE = new Font(FACE, 18);
    private static final Font HEADING = new Font(FACE, 12);
    private static final Font TEXT = new Font(FACE, 10);
    private static final int MARGIN = 56;
    private static final int GAP = 8;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Document document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);

    /** @param language as in HTML, for who has it read aloud */
    Paper(String title, String language) {
        var writer = PdfWriter.getInstance(document, out);
        writer.setViewerPreferences(PdfWriter.DisplayDocTitle);
        document.addTitle(title);
        document.addCreator("Facevalue");
        document.open();
        document.setDocumentLanguage(language);
        document.add(spaced(new Paragraph(title, TITLE)));
    }

    private static BaseFont face() {
        try {
            var font =
                    new ClassPathResource("fonts/Pretendard-Regular.ttf").getContentAsByteArray();
            return BaseFont.createFont(
                    "Pretendard-Regular.ttf", BaseFont.IDENTITY_H, true, true, font, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Paragraph spaced(Paragraph paragraph) {
        paragraph.setSpacingAfter(GAP);
        paragraph.setLeading(paragraph.getFont().getSize() * 1.5f);
        return paragraph;
    }

    Paper heading(String words) {
        var heading = spaced(new Paragraph(words, HEADING));
        heading.setSpacingBefore(GAP);
        document.add(heading);
        return this;
    }

    Paper text(String words) {
        document.add(spaced(new Paragraph(words, TEXT)));
        return this;
    }

    /** Rows of a name and what it is. */
    Paper pairs(Iterable<String[]> rows) {
        var table = new PdfPTable(2);
        table.setWidths(new int[] {1, 2});
        table.setWidthPercentage(100);
        table.setSpacingAfter(GAP);
        for (var row : rows)
            for (var words : row) {
                var cell = new PdfPCell(new Phrase(words, TEXT));
                cell.setPadding(5);
                cell.setBorderWidth(0.4f);
                table.addCell(cell);
            }
        document.add(table);
        return this;
    }

    byte[] done() {
        document.close();
        return out.toByteArray();
    }
}
