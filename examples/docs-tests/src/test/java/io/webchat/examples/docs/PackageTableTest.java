package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The architecture page lists each package of the libraries, and no other. */
class PackageTableTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| [^|]*\\| `((?:core|redis|dynamo|socketio)[a-z0-9.]*)` \\|");
    private static final List<String> MODULES = List.of("chat-core", "chat-redis", "chat-dynamo", "chat-socketio");

    private static Stream<String> packages(String module) {
        Path sources = Page.ROOT.resolve(module).resolve("src/main/java/io/webchat");
        try (Stream<Path> files = Files.walk(sources)) {
            return files
                    .filter(file -> file.endsWith("package-info.java"))
                    .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theArchitecturePageListsEachPackage() {
        List<String> listed = Page.read("docs/architecture.md").found(ROW);

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        MODULES.stream().flatMap(PackageTableTest::packages).toList());
    }
}
