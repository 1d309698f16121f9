package io.webchat.core.engine.recovery;

import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.engine.MemoryBackends;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.testing.TestClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The clocks of two shards and of the node differ: no change comes before its message. */
public class ShardClocksTest {
    private static final UserId ALICE = TestConversation.ALICE;

    /** A cluster in which the queues of all others are ahead of alice's by this time; the node has the true time. */
    private static TestCluster cluster(Duration ahead) {
        MovableClock clock = MovableClock.running();
        clock.advance(ahead);
        return new TestCluster(new MemoryBackends(new ShardedQueue(
                ALICE,
                MemoryOfflineQueue.create(QueueLimits.DEFAULT, Clock.systemUTC()),
                MemoryOfflineQueue.create(QueueLimits.DEFAULT, clock))));
    }

    private static void createRoomLongAgo(TestCluster cluster) {
        List<RoomMember> members = Stream.of("alice", "bob", "carol")
                .map(each -> new RoomMember(UserId.of(each), RoomRole.OWNER, 1))
                .toList();
        join(cluster.rooms.create(new Room(TestRoom.ID, "the den", false, 1, members)));
    }

    @Test
    void G15_noMemberGetsAChangeBeforeItsMessageAlthoughTheNodesClockIsAhead() {
        // All queues but the author's are ten minutes behind the node.
        try (TestCluster cluster = cluster(Duration.ofMinutes(-10))) {
            Chat node = cluster.node();
            createRoomLongAgo(cluster);
            TestClient bob = TestClient.amending(node, "bob", "phone");
            // The message of carol is recorded, and on its way to the queues of the members.
            UserId carol = UserId.of("carol");
            ChatEvent.Message message = ChatEvent.Message.from(carol)
                    .in(TestRoom.ID)
                    .id("m1")
                    .text("text")
                    .build();
            long storedAt = System.currentTimeMillis() - Duration.ofMinutes(10).toMillis();
            join(cluster.callLog.append(TestRoom.TALK, message, storedAt));

            join(node.send(
                    Amendment.by(carol).of(message).id(MessageId.of("r1")).react("+1")));

            bob.awaitAmendment("r1");
            assertThat(bob.received())
                    .extracting(each -> each.event().kind())
                    .containsExactly(EventKind.MESSAGE, EventKind.REACT);
        }
    }
}
