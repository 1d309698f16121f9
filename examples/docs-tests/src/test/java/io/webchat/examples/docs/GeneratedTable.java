package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A table between {@code <!-- generated: name -->} and {@code <!-- end -->} of a page, which is written from the code.
 * With {@code -Ddocs.update} a test writes it; otherwise it compares.
 */
final class GeneratedTable {
    private GeneratedTable() {}

    /** Holds the table of this name on a page against its lines, header included. */
    static void check(String page, String name, List<String> lines) throws IOException {
        Path file = Page.ROOT.resolve(page);
        String text = Files.readString(file);
        String begin = "<!-- generated: " + name + " -->\n";
        int from = text.indexOf(begin);
        int to = text.indexOf("<!-- end -->", from);
        assertThat(from).as("the mark of " + name + " on " + page).isNotNegative();
        assertThat(to).as("the end of " + name + " on " + page).isNotNegative();
        from += begin.length();
        String wanted = String.join("\n", lines) + "\n";
        if (System.getProperty("docs.update") != null) {
            Files.writeString(file, text.substring(0, from) + wanted + text.substring(to));
        } else {
            assertThat(text.substring(from, to))
                    .as("%s: run this test with -Ddocs.update to write the table", page)
                    .isEqualTo(wanted);
        }
    }

    /** A row with these cells. */
    static String row(String... cells) {
        return "| " + String.join(" | ", cells).replaceAll(" +\\|", " |").stripTrailing() + " |";
    }
}
