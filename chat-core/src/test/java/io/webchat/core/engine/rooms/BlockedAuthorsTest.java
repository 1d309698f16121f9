package io.webchat.core.engine.rooms;

import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.Page;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The history and the unread count of a room leave out users whom the reader has blocked. */
public class BlockedAuthorsTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private static List<String> texts(Page<LoggedMessage> page) {
        return page.items().stream().map(each -> each.message().text()).toList();
    }

    private static Page<LoggedMessage> page(Chat node, UserId reader, int limit, String cursor) {
        return join(node.callLogs().messages(reader, TestRoom.TALK, limit, cursor));
    }

    /** A room in which alice and carol have written, with bob, who has blocked carol. */
    private static void create(Chat node, int ofCarol) {
        TestRoom.create(node, "bob", "carol");
        TestClient alice = TestClient.open(node, "alice");
        TestClient carol = TestClient.open(node, "carol");
        alice.say("den", "a1", "first");
        for (int i = 0; i < ofCarol; i++) {
            carol.say("den", "c" + i, "spam " + i);
        }
        alice.say("den", "a2", "second");
        carol.say("den", "last", "spam at last");
        join(node.profiles().block(BOB, UserId.of("carol")));
    }

    @Test
    void aReaderSeesNoMessagesOfBlockedAuthorsAndOthersDo() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            create(node, 3);

            assertThat(TestRoom.ids(node, "bob")).containsExactly("a2", "a1");
            assertThat(TestRoom.ids(node, "alice")).hasSize(6);
            assertThat(TestRoom.entry(node, "bob").unread()).isEqualTo(2);
            assertThat(TestRoom.entry(node, "bob").last().message().text()).isEqualTo("second");
            assertThat(TestRoom.entry(node, "alice").last().message().text()).isEqualTo("spam at last");

            join(node.profiles().unblock(BOB, UserId.of("carol")));
            assertThat(TestRoom.ids(node, "bob")).hasSize(6);
            assertThat(TestRoom.entry(node, "bob").unread()).isEqualTo(6);
        }
    }

    @Test
    void aPageIsFullAlthoughBlockedAuthorsWroteInBetween() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            create(node, 3);

            Page<LoggedMessage> first = page(node, BOB, 1, "");
            assertThat(texts(first)).containsExactly("second");
            Page<LoggedMessage> second = page(node, BOB, 1, first.next().orElseThrow());
            assertThat(texts(second)).containsExactly("first");
            assertThat(second.next()).isEmpty();
        }
    }

    @Test
    void aPageEndsEarlyAfterItsLastPassAndTheNextOneGoesOn() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            create(node, 12);

            Page<LoggedMessage> first = page(node, BOB, 2, "");
            assertThat(texts(first)).as("in five passes of two messages").containsExactly("second");
            Page<LoggedMessage> second = page(node, BOB, 2, first.next().orElseThrow());
            assertThat(texts(second)).containsExactly("first");
        }
    }

    @Test
    void theTotalsLeaveThemOutToo() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            create(node, 3);
            TestClient.open(node, "alice").send("bob", "in private");

            assertThat(join(node.callLogs().unread(BOB))).isEqualTo(new io.webchat.core.calllog.UnreadTotals(3, 2, 0));
            assertThat(join(node.callLogs().unread(ALICE)).messages()).isEqualTo(4);
        }
    }
}
