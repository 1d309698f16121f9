package io.webchat.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of docs/configuration.md hold the Javadoc of every method of every builder. */
class BuilderTablesTest {
    private static final Pattern SETTER = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s+public (?:Builder|\\w+Builder) (\\w+)\\(([^)]*)\\)", Pattern.DOTALL);
    private static final Pattern PARAMETER =
            Pattern.compile("\\* @param (\\w+) ((?:(?!\\* @|\\*/).)*)", Pattern.DOTALL);

    private static String source(String path) throws IOException {
        return Files.readString(Page.ROOT.resolve(Path.of("", path.split("/"))));
    }

    /** The parameters of a record, with their meaning. */
    private static Map<String, String> parameters(String source) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String head = source.substring(0, source.indexOf("record "));
        Matcher each = PARAMETER.matcher(head.substring(head.lastIndexOf("/**")));
        while (each.find()) {
            parameters.put(each.group(1), prose(each.group(2)));
        }
        return parameters;
    }

    private static String prose(String javadoc) {
        String text = javadoc.replaceAll("(?m)^\\s*\\* ?", " ")
                .replaceAll("\\s+", " ")
                .strip();
        return text.replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link #?([^}\\s]*)(?: ([^}]*))?}", "`$1`")
                .replaceAll(" ?<p>", " ")
                .replaceAll(" @(param|throws|return).*", "")
                .replace("|", "\\|");
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.endsWith(".") ? "" : ".");
    }

    @ParameterizedTest
    @CsvSource({
        "chat, chat-core/src/main/java/io/webchat/core/Chat.java",
        "chat-config, chat-core/src/main/java/io/webchat/core/ChatConfig.java",
        "socket-io-server, chat-socketio/src/main/java/io/webchat/socketio/SocketIoServer.java",
        "redis-config, chat-redis/src/main/java/io/webchat/redis/RedisConfigBuilder.java",
        "dynamo-config, chat-dynamo/src/main/java/io/webchat/dynamo/DynamoConfigBuilder.java"
    })
    void everySettingOfTheBuilderIsOnThePage(String table, String path) throws IOException {
        String source = source(path);
        Map<String, String> parameters = source.contains("record ") ? parameters(source) : Map.of();
        List<String> lines = new ArrayList<>(List.of("| setting | meaning |", "|---|---|"));
        Matcher setter = SETTER.matcher(source);
        while (setter.find()) {
            String name = setter.group(2);
            String meaning = parameters.getOrDefault(name, prose(setter.group(1)));
            lines.add(GeneratedTable.row("`" + name + "(" + types(setter.group(3)) + ")`", sentence(meaning)));
        }

        GeneratedTable.check("docs/configuration.md", table, lines);
    }

    private static String types(String parameters) {
        return parameters.isBlank()
                ? ""
                : parameters
                        .replaceAll("@Nullable ", "")
                        .replaceAll("\\s+", " ")
                        .replaceAll(" \\w+(?=,|$)", "");
    }

    @ParameterizedTest
    @CsvSource({"queue-limits, chat-core/src/main/java/io/webchat/core/spi/queue/QueueLimits.java"})
    void everyValueOfTheRecordIsOnThePage(String table, String path) throws IOException {
        List<String> lines = new ArrayList<>(List.of("| value | meaning |", "|---|---|"));
        parameters(source(path))
                .forEach((name, meaning) -> lines.add(GeneratedTable.row("`" + name + "`", sentence(meaning))));

        GeneratedTable.check("docs/configuration.md", table, lines);
    }
}
