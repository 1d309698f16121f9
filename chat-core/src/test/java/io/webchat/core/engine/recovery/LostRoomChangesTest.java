package io.webchat.core.engine.recovery;

import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.engine.QueueLossSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.testing.TestClient;
import org.junit.jupiter.api.Test;

/** A restored queue has the changes of a room by a blocked owner, and no words of theirs, as the lost queue had. */
public class LostRoomChangesTest extends QueueLossSuite {
    @Test
    void G8_changesOfARoomByABlockedOwnerAreRestoredAsTheyAreDelivered() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            UserId alice = TestConversation.ALICE;
            TestRoom.create(node, "bob", "carol");
            join(node.profiles().block(BOB, alice));
            join(node.rooms().put(alice, TestRoom.ID, UserId.of("carol"), RoomRole.OWNER));
            join(node.rooms().update(alice, TestRoom.ID, RoomUpdate.NONE.withName("words")));
            TestClient.open(node, "alice").sendToRoom("den", "words");
            TestClient.open(node, "carol").sendToRoom("den", "last");
            queue.lose();

            TestClient bob = TestClient.open(cluster.node(), "bob");

            bob.awaitMessage("carol", "last");
            assertThat(bob.received().stream()
                            .map(Envelope::event)
                            .filter(ChatEvent.Message.class::isInstance)
                            .map(event -> ((ChatEvent.Message) event).content().type()))
                    .containsExactly("system.role", MessageContent.TEXT);
        }
    }
}
