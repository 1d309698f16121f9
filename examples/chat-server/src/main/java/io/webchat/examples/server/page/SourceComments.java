package io.webchat.examples.server.page;

import java.util.regex.Pattern;

/**
 * Takes the comments out of the page's scripts and styles. Browsers do not read them, and they would be a quarter of
 * the first load. It knows comments that have their lines for themselves, and leaves any other. A text in back quotes
 * must therefore have no line that begins like a comment.
 */
final class SourceComments {
    private static final Pattern COMMENT =
            Pattern.compile("^\\h*(?://.*|/\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/\\h*)\\n", Pattern.MULTILINE);

    private SourceComments() {}

    /** The source without its comments. */
    static String remove(String source) {
        return COMMENT.matcher(source).replaceAll("");
    }
}
