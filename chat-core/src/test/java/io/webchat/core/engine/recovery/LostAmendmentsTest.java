package io.webchat.core.engine.recovery;

import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.engine.QueueLossSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AmendmentBuilder;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The queue's server comes back empty: amendments and what is left of deleted messages are put back. */
public class LostAmendmentsTest extends QueueLossSuite {
    private static AmendmentBuilder about(TestClient by, String message, String id) {
        return Amendment.by(by.session().user())
                .to(BOB)
                .about(new MessageRef(UserId.of("alice"), MessageId.of(message)))
                .id(MessageId.of(id));
    }

    private static void send(TestClient by, Amendment amendment) {
        join(by.session().send(amendment));
    }

    @Test
    void G17_aLostQueueGetsBackThePresentStateAndNoDeletedContent() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.amending(cluster.node(), "alice", "default");
            TestClient.amending(cluster.node(), "bob", "default").leave();
            alice.sendMany("bob", 0, 3);
            send(alice, about(alice, "m0", "e1").edit(MessageContent.text("new")));
            send(alice, about(alice, "m1", "d1").delete());
            send(alice, about(alice, "m2", "r1").react("+1"));
            queue.lose();

            TestClient bob = TestClient.amending(cluster.node(), "bob", "default");

            bob.awaitAmendment("r1");
            assertThat(bob.messages()).containsExactly("m0", "m1", "m2");
            // In the order of the call log, each behind its message.
            List<String> ids = bob.received().stream()
                    .map(each -> ((LoggedEvent) each.event()).id().value())
                    .toList();
            assertThat(ids).containsSubsequence("m0", "e1").containsSubsequence("m1", "d1");
            assertThat(ids).containsExactlyInAnyOrder("m0", "m1", "m2", "e1", "d1", "r1");
            assertThat(bob.said()).doesNotContain("text 1").contains("new");
            assertThat(((ChatEvent.Message) bob.awaitFirst(each -> each.event() instanceof ChatEvent.Message message
                                            && message.id().equals(MessageId.of("m1")))
                                    .event())
                            .deletion())
                    .isNotNull();
        }
    }

    @Test
    void G17_amendmentsOfDeliveredMessagesAreRestoredToo() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.amending(cluster.node(), "alice", "default");
            TestClient bob = TestClient.amending(cluster.node(), "bob", "default");
            alice.sendMany("bob", 0, 1);
            bob.awaitMessages("m0");
            alice.awaitReceipts(EventKind.DELIVERY, "m0");
            bob.leave();
            send(alice, about(alice, "m0", "d1").delete());
            queue.lose();

            TestClient again = TestClient.amending(cluster.node(), "bob", "default");

            assertThat(again.awaitAmendment("d1").isDeletion()).isTrue();
        }
    }

    @Test
    void G17_aDeletionAfterTheLossKeepsTheContentOutOfTheNewQueue() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.amending(cluster.node(), "alice", "default");
            TestClient.amending(cluster.node(), "bob", "default").leave();
            alice.sendMany("bob", 0, 2);
            queue.lose();
            send(alice, about(alice, "m0", "d1").delete());

            TestClient bob = TestClient.amending(cluster.node(), "bob", "default");

            bob.awaitAmendment("d1");
            assertThat(bob.said()).doesNotContain("text 0").contains("text 1");
            assertThat(bob.received()).extracting(Envelope::seq).isSorted();
        }
    }

    @Test
    void G17_aDeletedMessageThatIsResentAfterTheLossDoesNotComeBack() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.amending(cluster.node(), "alice", "default");
            TestClient.amending(cluster.node(), "bob", "default").leave();
            alice.send("bob", "m0", "secret");
            send(alice, about(alice, "m0", "d1").delete());
            queue.lose();

            assertThat(TestClient.failure(alice.session().send(alice.message("bob", "m0", "secret"))))
                    .isEqualTo(ErrorCode.NOT_FOUND);

            TestClient bob = TestClient.amending(cluster.node(), "bob", "default");
            bob.awaitFirst(each -> each.event().kind() == EventKind.DELETE);
            assertThat(bob.said()).doesNotContain("secret");
        }
    }
}
