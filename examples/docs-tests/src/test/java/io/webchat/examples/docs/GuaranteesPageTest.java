package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of guarantees has each promise from G1 to G18 once, and a test names each of them. */
class GuaranteesPageTest {
    private static final List<String> PROMISES =
            IntStream.rangeClosed(1, 18).mapToObj(number -> "G" + number).toList();
    private static final Pattern ROW = Pattern.compile("^\\| (G\\d+) \\| [^|]+ \\| [^|]+ \\|$");
    private static final Pattern TEST = Pattern.compile("(?:void |class )((?:G\\d+_?)+)");
    private static final Pattern NUMBER = Pattern.compile("G\\d+");
    private static final PathMatcher SOURCE =
            FileSystems.getDefault().getPathMatcher("glob:{chat-*,examples/*}/src/test/java/**.java");

    private static Stream<String> numbersIn(Path file) {
        return TEST.matcher(Page.text(file))
                .results()
                .flatMap(name -> NUMBER.matcher(name.group(1)).results())
                .map(MatchResult::group);
    }

    @Test
    void thePageHasEachPromiseOnceAndInOrder() {
        assertThat(Page.read("docs/guarantees.md").found(ROW)).isEqualTo(PROMISES);
    }

    @Test
    void aTestNamesEachPromise() throws IOException {
        try (Stream<Path> files = Files.walk(Page.ROOT)) {
            Set<String> named = files.filter(file -> SOURCE.matches(Page.ROOT.relativize(file)))
                    .flatMap(GuaranteesPageTest::numbersIn)
                    .collect(Collectors.toSet());
            assertThat(named).containsAll(PROMISES);
        }
    }
}
