package io.webchat.examples.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rule about edits, deletions and reactions finds each way to break G17, and nothing in a good history. */
class AmendmentRuleTest extends HandMadeHistory {
    private void change(String id, String change) {
        recorder.amending("ann", "bob", id, change);
        recorder.amended("ann", "bob", id, millis(), change);
    }

    private void show(String id, String state) {
        recorder.state("bob/phone", "ann", id, state);
    }

    private void logState(String id, String state) {
        recorder.state("bob", "ann", id, state);
    }

    @Test
    void aGoodHistoryBreaksNothing() {
        connect("ann", "bob/phone");
        long first = accept("m-1");
        deliver("bob/phone", "m-1", 7, first);
        change("m-1", "edit new");
        recorder.changed("bob/phone", "ann", "m-1", 8, millis(), "edit new");
        change("m-1", "delete");
        recorder.changed("bob/phone", "ann", "m-1", 9, millis(), "delete");
        log("m-1", first);
        show("m-1", "(deleted)");
        logState("m-1", "(deleted)");

        assertThat(broken()).isEmpty();
    }

    @Test
    void aTombstoneIsNoOtherContent() {
        connect("ann");
        long first = accept("m-1");
        change("m-1", "delete");
        connect("bob/phone");
        recorder.received("bob/phone", "ann", "m-1", 7, first, "");
        confirm("bob/phone", "m-1", 7);
        log("m-1", first);

        assertThat(broken()).isEmpty();
    }

    @Test
    void G17_deletedContentThatCameOverALaterConnection() {
        connect("ann");
        long first = accept("m-1");
        change("m-1", "delete");
        connect("bob/phone");
        deliver("bob/phone", "m-1", 7, first);
        log("m-1", first);

        assertThat(broken()).containsExactly("G17");
    }

    @Test
    void G17_anEditThatCameAfterTheDeletion() {
        connect("ann", "bob/phone");
        long first = accept("m-1");
        deliver("bob/phone", "m-1", 7, first);
        change("m-1", "edit secret");
        change("m-1", "delete");
        connect("bob/phone");
        recorder.changed("bob/phone", "ann", "m-1", 8, millis(), "edit secret");
        log("m-1", first);

        assertThat(broken()).containsExactly("G17");
    }

    @Test
    void G17_aDeviceThatShowsAnotherState() {
        connect("ann", "bob/phone");
        long first = accept("m-1");
        deliver("bob/phone", "m-1", 7, first);
        log("m-1", first);
        show("m-1", "text of m-1");
        logState("m-1", "new");

        assertThat(broken()).containsExactly("G17");
    }

    @Test
    void G17_aChangeBeforeItsMessage() {
        connect("ann", "bob/phone");
        long first = accept("m-1");
        change("m-1", "react +1");
        recorder.changed("bob/phone", "ann", "m-1", 6, millis(), "react +1");
        deliver("bob/phone", "m-1", 7, first);
        log("m-1", first);

        assertThat(broken()).containsExactly("G17");
    }
}
