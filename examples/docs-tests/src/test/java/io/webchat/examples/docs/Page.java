package io.webchat.examples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of documentation, taken apart.
 *
 * @param path the page's path from the root of the repository
 * @param prose its lines, those of blocks left empty
 * @param blocks its fenced blocks
 */
record Page(String path, List<String> prose, List<Block> blocks) {
    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private static final Pattern NOTE = Pattern.compile("<!-- snippet: (.*?) -->");
    /** Inside lists fences are indented. */
    private static final Pattern FENCE = Pattern.compile(" *```(\\S*).*");

    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");

    /** Every page that a stranger may read. */
    static List<Page> all() {
        try (Stream<Path> files = Files.walk(ROOT, 4)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .map(file -> ROOT.relativize(file).toString())
                    .filter(file -> file.matches("[A-Z]+\\.md|docs/.*|examples/[a-z-]+/README\\.md"))
                    .sorted()
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Page read(String path) {
        return parse(path, text(ROOT.resolve(path)).lines().toList());
    }

    /** The text of any file. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Page parse(String path, List<String> lines) {
        List<String> prose = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (!fence.matches()) {
                prose.add(lines.get(i));
                continue;
            }
            int begin = i;
            StringBuilder text = new StringBuilder();
            for (i++; !FENCE.matcher(lines.get(i)).matches(); i++) {
                text.append(lines.get(i)).append('\n');
            }
            Matcher note = NOTE.matcher(begin == 0 ? "" : lines.get(begin - 1).strip());
            blocks.add(new Block(
                    path,
                    begin + 1,
                    fence.group(1),
                    note.matches() ? note.group(1) : "",
                    text.toString().stripIndent()));
        }
        return new Page(path, prose, blocks);
    }

    List<Block> blocks(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** What a pattern's first group finds in the prose. */
    List<String> found(Pattern pattern) {
        return prose.stream()
                .flatMap(line -> pattern.matcher(line).results())
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** The anchors of the headings, as GitHub makes them. */
    List<String> anchors() {
        return prose.stream()
                .map(HEADING::matcher)
                .filter(Matcher::matches)
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
