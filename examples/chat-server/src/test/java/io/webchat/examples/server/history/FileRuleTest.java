package io.webchat.examples.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rule about files finds each way to lose, to leak and to share one, and nothing in a good history. */
class FileRuleTest extends HandMadeHistory {
    private static final String FILE = "f1 bytes";

    @BeforeEach
    void attach() {
        connect("ann", "bob");
        recorder.attached("ann", "bob", "m-1", FILE);
    }

    /** A read that begins now. */
    private void read(String user, String found) {
        recorder.read(user, "ann", "m-1", recorder.now(), found);
    }

    private void delete() {
        recorder.amending("ann", "bob", "m-1", "delete");
        recorder.amended("ann", "bob", "m-1", millis(), "delete");
    }

    @Test
    void aGoodHistoryBreaksNothing() {
        read("bob", "");
        good("m-1", 7);
        recorder.rival("ann", "m-1", false);
        read("cora", "");
        read("ann", FILE);
        read("bob", FILE);
        recorder.amending("ann", "bob", "m-1", "delete");
        read("bob", FILE);
        read("bob", "");
        long begun = recorder.now();
        recorder.amended("ann", "bob", "m-1", millis(), "delete");
        recorder.read("bob", "ann", "m-1", begun, FILE);
        read("bob", "");

        assertThat(broken()).isEmpty();
    }

    @Test
    void theFileMayGoToTheRival() {
        recorder.sent("ann", "bob", "m-1", "text of m-1");
        recorder.rival("ann", "m-1", true);
        recorder.outdone("ann", "bob", "m-1");

        assertThat(broken()).isEmpty();
    }

    @Test
    void G1_aFileThatIsNotThere() {
        good("m-1", 7);
        read("bob", "");

        assertThat(broken()).containsExactly("G1");
    }

    @Test
    void G1_aFileWithOtherBytes() {
        good("m-1", 7);
        read("bob", "f1 others");

        assertThat(broken()).containsExactly("G1");
    }

    @Test
    void G1_aFileOfWhichNoNodeToldWhetherItIsThere() {
        good("m-1", 7);

        assertThat(broken()).containsExactly("G1");
    }

    @Test
    void G12_aFileThatAStrangerReads() {
        good("m-1", 7);
        read("bob", FILE);
        read("cora", FILE);

        assertThat(broken()).containsExactly("G12");
    }

    @Test
    void G17_aFileThatIsReadAfterTheDeletion() {
        good("m-1", 7);
        delete();
        read("bob", FILE);

        assertThat(broken()).containsExactly("G17");
    }

    @Test
    void G17_aFileOfTwoMessages() {
        good("m-1", 7);
        read("bob", FILE);
        recorder.rival("ann", "m-1", true);

        assertThat(broken()).containsExactly("G17");
    }

    @Test
    void G17_aFileThatNoMessageGets() {
        recorder.sent("ann", "bob", "m-1", "text of m-1");
        recorder.rival("ann", "m-1", false);
        recorder.outdone("ann", "bob", "m-1");

        assertThat(broken()).containsExactly("G17");
    }
}
