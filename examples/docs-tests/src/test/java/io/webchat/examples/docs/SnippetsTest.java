package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in fenced blocks is what its label says. */
class SnippetsTest {
    /**
     * Each is checked by a test here or is JavaScript that one of another module runs, is drawn by GitHub, or none.
     * Only the lines for Caddy and Docker are not checked, because neither is at hand.
     */
    private static final Set<String> LANGUAGES =
            Set.of("java", "sh", "xml", "json", "js", "nginx", "caddy", "dockerfile", "mermaid", "");

    static List<Page> pages() {
        return Page.all();
    }

    static List<Page> pagesWithJava() {
        return pages().stream().filter(page -> !page.blocks("java").isEmpty()).toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyBlockHasALanguageThatIsChecked(Page page) {
        assertThat(page.blocks())
                .allSatisfy(
                        block -> assertThat(block.language()).as(block.where()).isIn(LANGUAGES));
    }

    @ParameterizedTest
    @MethodSource("pagesWithJava")
    void javaCompiles(Page page, @TempDir Path folder) {
        List<JavaSource> sources =
                page.blocks("java").stream().map(JavaSource::of).toList();

        assertThat(sources.stream().map(JavaSource::name)).as(page.path()).doesNotHaveDuplicates();
        assertThat(Compiled.into(folder, sources)).as(page.path()).isEmpty();
    }

    /** Somebody copies a whole class into a file, and there it must compile. The recipes share one list of imports. */
    @ParameterizedTest
    @MethodSource("pagesWithJava")
    void aWholeClassHasItsImports(Page page) {
        if (!page.path().equals("docs/recipes.md")) {
            assertThat(page.blocks("java"))
                    .filteredOn(JavaSource::isClass)
                    .allSatisfy(each -> assertThat(JavaSource.hasImports(each))
                            .as(each.where())
                            .isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void jsonIsJson(Page page) throws Exception {
        for (Block block : page.blocks("json")) {
            try (MappingIterator<JsonNode> values =
                    new ObjectMapper().readerFor(JsonNode.class).readValues(block.text())) {
                assertThat(values.readAll()).as(block.where()).isNotEmpty();
            }
        }
    }

    @Test
    void aBrokenSnippetIsFound(@TempDir Path folder) {
        Page page = Page.parse("docs/x.md", List.of("```java", "Chat.inMemory().fly();", "```"));

        assertThat(Compiled.into(folder, List.of(JavaSource.of(page.blocks().get(0)))))
                .singleElement()
                .asString()
                .contains("fly()");
    }
}
