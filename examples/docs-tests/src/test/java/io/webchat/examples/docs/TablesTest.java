package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of a table in the documentation has as many cells as its head. */
class TablesTest {
    private static final Pattern RULE = Pattern.compile("\\|(?: *:?-+:? *\\|)+");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");

    static List<Page> pages() {
        return Page.all();
    }

    private static List<String> broken(Page page) {
        List<String> broken = new ArrayList<>();
        int cells = 0;
        for (int i = 0; i < page.prose().size(); i++) {
            String line = page.prose().get(i).strip();
            if (!line.startsWith("|")) {
                cells = 0;
            } else if (cells == 0 && isHead(page, i)) {
                cells = cells(line);
            } else if (cells == 0 || cells(line) != cells) {
                broken.add(line);
            }
        }
        return broken;
    }

    private static boolean isHead(Page page, int line) {
        return line + 1 < page.prose().size()
                && RULE.matcher(page.prose().get(line + 1).strip()).matches();
    }

    private static int cells(String line) {
        String plain = CODE.matcher(line).replaceAll("").replace("\\|", "");
        return (int) plain.chars().filter(each -> each == '|').count();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachRowHasTheCellsOfItsHead(Page page) {
        assertThat(broken(page)).as(page.path()).isEmpty();
    }

    @Test
    void aTornTableIsFound() {
        Page page = Page.parse("docs/x.md", List.of("| a | b |", "|---|---|", "| 1 | `|` |", "| 2 | 3 | 4 |", "", "| 5 |"));

        assertThat(broken(page)).containsExactly("| 2 | 3 | 4 |", "| 5 |");
    }
}
