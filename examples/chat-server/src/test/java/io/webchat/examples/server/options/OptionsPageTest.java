package io.webchat.examples.server.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The tables of docs/server-options.md are written from the options. With {@code -Ddocs.update} this test writes them. */
class OptionsPageTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "server-options.md");
    private static final String BEGIN = "<!-- generated: server-options -->\n";
    private static final String END = "<!-- end -->";
    private static final Pattern STANDARD = Pattern.compile("\\$\\{env:(CHAT_\\w+):-(.*)}");

    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Field group : ServerOptions.class.getDeclaredFields()) {
            ArgGroup heading = group.getAnnotation(ArgGroup.class);
            if (heading != null) {
                lines.addAll(List.of("## " + heading.heading().replace("%n", ""), ""));
                lines.addAll(List.of("| flag | variable | default | meaning |", "|---|---|---|---|"));
                for (Field field : group.getType().getDeclaredFields()) {
                    Option option = field.getAnnotation(Option.class);
                    if (option != null) {
                        lines.add(row(option));
                    }
                }
                lines.add("");
            }
        }
        return lines.subList(0, lines.size() - 1);
    }

    private static String row(Option option) {
        Matcher standard = STANDARD.matcher(option.defaultValue());
        boolean known = standard.matches();
        String variable = known ? standard.group(1) : "";
        String value = known && !standard.group(2).equals(Option.NULL_VALUE) ? standard.group(2) : "";
        String meaning = String.join(" ", option.description())
                .replaceFirst(
                        " *" + (known ? variable : "$") + "(, separated by commas)?( \\(\\$\\{DEFAULT-VALUE}\\))?$",
                        "$1")
                .replaceFirst("^(.*), separated by commas$", "$1 The variable separates them by commas.");
        String label = option.paramLabel().isEmpty() ? "" : " " + option.paramLabel();
        String flag = code(String.join("`, `", option.names()) + label);
        return "| " + flag + "| " + code(variable) + "| " + code(value) + "| " + escaped(meaning) + " |";
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + escaped(text) + "` ";
    }

    @Test
    void everyOptionIsOnThePage() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END, from);
        String wanted = String.join("\n", lines()) + "\n";
        if (System.getProperty("docs.update") != null) {
            Files.writeString(PAGE, page.substring(0, from) + wanted + page.substring(to));
        } else {
            assertThat(page.substring(from, to))
                    .as("run this test with -Ddocs.update to write the page")
                    .isEqualTo(wanted);
        }
    }
}
