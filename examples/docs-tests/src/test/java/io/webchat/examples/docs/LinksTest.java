package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A link to a file or heading of this repository leads there. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    static List<Page> pages() {
        return Page.all();
    }

    private static List<String> broken(Page page) {
        List<String> broken = new ArrayList<>();
        for (String link : page.found(LINK)) {
            if (!link.matches("(https?|mailto):.*") && !leadsSomewhere(page, link)) {
                broken.add(link);
            }
        }
        return broken;
    }

    private static boolean leadsSomewhere(Page page, String link) {
        String[] parts = link.split("#", 2);
        Path from = Page.ROOT.resolve(page.path());
        Path to = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        return Files.exists(to)
                && (parts.length == 1
                        || Page.read(Page.ROOT.relativize(to).toString())
                                .anchors()
                                .contains(parts[1]));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Page page) {
        assertThat(broken(page)).as(page.path()).isEmpty();
    }

    @Test
    void aBrokenLinkIsFound() {
        Page page = Page.parse("docs/x.md", List.of("[a](rest.md#errors) [b](rest.md#nothing) [c](gone.md)"));

        assertThat(broken(page)).containsExactly("rest.md#nothing", "gone.md");
    }

    @Test
    void everyPageOfDocsIsInTheIndex() {
        List<String> linked = Page.read("docs/README.md").found(LINK);

        assertThat(pages().stream()
                        .map(Page::path)
                        .filter(path -> path.matches("docs/[a-z-]+\\.md"))
                        .map(path -> path.substring("docs/".length())))
                .isNotEmpty()
                .allMatch(linked::contains);
    }
}
