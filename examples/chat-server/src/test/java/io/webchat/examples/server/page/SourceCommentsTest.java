package io.webchat.examples.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Comments that have their lines for themselves are taken out of a source, and nothing else is. */
class SourceCommentsTest {
    @Test
    void commentsOnTheirOwnLinesAreTakenOut() {
        String source = """
            /** The first. */
            const a = 1;
              // An aside.
              /*
               * Of several lines,
               * and an * in one.
               **/
            const b = 2;
            """;
        assertThat(SourceComments.remove(source)).isEqualTo("const a = 1;\nconst b = 2;\n");
    }

    @Test
    void codeBesideACommentStays() {
        String source = """
            const url = 'https://example.org'; // An address.
            /* first */ const a = 1; /* last */
            const pattern = /\\/*/;
            const b = 2;
            """;
        assertThat(SourceComments.remove(source)).isEqualTo(source);
    }

    @Test
    void aCommentWithoutItsEndTakesNothingWithIt() {
        assertThat(SourceComments.remove("/* open\nconst a = 1;\n")).isEqualTo("/* open\nconst a = 1;\n");
    }
}
