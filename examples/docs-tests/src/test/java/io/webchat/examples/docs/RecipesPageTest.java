package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The recipes of docs/recipes.md are short, and {@code RecipesRun} runs each of them. */
class RecipesPageTest {
    private static final int MAX_LINES = 20;

    private static List<Block> blocks() {
        return Page.read("docs/recipes.md").blocks("java");
    }

    /** All blocks but the first one, which has the imports. */
    static List<Block> recipes() {
        return blocks().subList(1, blocks().size());
    }

    private static String run() throws Exception {
        try (InputStream in = RecipesPageTest.class.getResourceAsStream("/RecipesRun.java")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A recipe with the imports of the page. */
    private static JavaSource source(Block recipe) {
        return new JavaSource(JavaSource.of(recipe).name(), blocks().get(0).text() + recipe.text());
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void aRecipeIsShortAndIsRun(Block recipe) throws Exception {
        assertThat(recipe.text().lines()).as(recipe.where()).hasSizeLessThanOrEqualTo(MAX_LINES);
        assertThat(run()).contains(JavaSource.of(recipe).name());
    }

    @Test
    void theRecipesWork(@TempDir Path folder) throws Exception {
        List<JavaSource> sources =
                new ArrayList<>(recipes().stream().map(RecipesPageTest::source).toList());
        // A free port in place of the one on the page.
        sources.replaceAll(source -> new JavaSource(source.name(), source.code().replace(".port(9092)", ".port(0)")));
        sources.add(new JavaSource("RecipesRun", run()));
        assertThat(Compiled.into(folder, sources)).isEmpty();

        TestExecutionSummary result = Compiled.test(folder, "RecipesRun");

        assertThat(result.getFailures())
                .extracting(failure -> failure.getTestIdentifier().getDisplayName() + ": " + failure.getException())
                .isEmpty();
        assertThat(result.getTestsSucceededCount()).isEqualTo(recipes().size());
    }
}
