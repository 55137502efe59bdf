package org.facevalue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What the docs show and the code is: compared, or written again where {@code ./facevalue docs} asks for it. */
public final class Drawn {
    static final boolean WRITE = "write".equals(System.getProperty("facevalue.docs"));

    private Drawn() {}

    /** Compares, or in writing mode replaces, what stands between the two marks of {@code name}. */
    public static void between(Path file, String name, String now) throws IOException {
        var begin = "<!-- drawn: " + name + " -->\n";
        var end = "<!-- end: " + name + " -->";
        var text = Files.readString(file);
        var between =
                Pattern.compile(Pattern.quote(begin) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
                        .matcher(text);
        assertThat(between.find()).as("%s has a place for %s", file, name).isTrue();
        if (WRITE)
            Files.writeString(
                    file,
                    text.substring(0, between.start(1)) + now + text.substring(between.end(1)));
        else assertThat(between.group(1)).as("%s: run ./facevalue docs", file).isEqualTo(now);
    }
}
