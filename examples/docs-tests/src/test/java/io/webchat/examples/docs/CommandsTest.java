package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands are run where they talk to a server, checked where they call Maven, and else say why not. */
class CommandsTest {
    private static final Pattern INLINE = Pattern.compile("`(?:CHAT_\\w+=\\S+ )?(\\./mvnw [^`]+)`");
    private static final Pattern INLINE_START = Pattern.compile("`(java [^`]*-jar [^`]*)`");
    private static final MavenCommand MAVEN = new MavenCommand(new Poms());

    static List<Block> blocks() {
        return Page.all().stream().flatMap(page -> page.blocks("sh").stream()).toList();
    }

    static List<Block> blocksForAServer() {
        return blocks().stream()
                .filter(block -> block.text().contains("curl") && !block.notRun())
                .toList();
    }

    static List<String> others() {
        Stream<String> lines = blocks().stream()
                .filter(block -> !block.text().contains("curl") && !block.notRun())
                .flatMap(block -> block.text().lines())
                .filter(line -> !line.isBlank() && !line.startsWith("#"));
        Stream<String> inline = Page.all().stream().flatMap(page -> page.found(INLINE).stream());
        return Stream.concat(lines, inline).distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("blocksForAServer")
    void requestsAreAnswered(Block block, @TempDir Path folder) throws Exception {
        Files.write(folder.resolve("boat.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0});
        try (AnsweringServer server = new AnsweringServer()) {
            Shell.Result result = Shell.run(block.text().replace(":9092", ":" + server.port()), folder);

            assertThat(result.status())
                    .as(block.where() + "\n" + result.output())
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("others")
    void commandsCanBeGiven(String command) {
        String[] words = command.split(" ", -1);
        if (words[0].endsWith("mvnw") || words[0].equals("mvn")) {
            assertThat(MAVEN.faults(command)).as(command).isEmpty();
        } else if (words[0].equals("cd")) {
            assertThat(Files.isDirectory(Page.ROOT.resolve(words[1])))
                    .as(command)
                    .isTrue();
        } else {
            assertThat(command)
                    .as("a command that no test runs, and whose block does not say why")
                    .isEmpty();
        }
    }

    @Test
    void aCommandThatCannotBeGivenIsFound() {
        assertThat(MAVEN.faults("./mvnw -q -Pgone -pl chat-gone fly -Dwings=2")).hasSize(4);
    }

    @Test
    void aRequestThatIsRefusedIsFound(@TempDir Path folder) throws Exception {
        try (AnsweringServer server = new AnsweringServer()) {
            assertThat(Shell.run("curl localhost:" + server.port() + "/v1/nothing", folder)
                            .status())
                    .isNotZero();
        }
    }

    /** A node without heap that goes on answers nobody, and nothing starts it again. */
    @Test
    void whatStartsTheServerEndsItWhenItIsOutOfMemoryAndKeepsPausesShort() throws Exception {
        Stream<String> lines = blocks().stream()
                .flatMap(block -> block.text().lines())
                .filter(line -> line.startsWith("java ") && line.contains(" -jar "));
        Stream<String> inline = Page.all().stream().flatMap(page -> page.found(INLINE_START).stream());
        List<String> starts = Stream.concat(lines, inline).toList();

        assertThat(starts)
                .isNotEmpty()
                .allMatch(line -> line.contains("-XX:+ExitOnOutOfMemoryError "))
                // Without it, collections of garbage aim at pauses of 200 ms.
                .allMatch(line -> line.contains("-XX:MaxGCPauseMillis=20 "));
        assertThat(Files.readAllLines(Page.ROOT.resolve(".mvn/jvm.config"))).contains("-XX:+ExitOnOutOfMemoryError");
    }
}
