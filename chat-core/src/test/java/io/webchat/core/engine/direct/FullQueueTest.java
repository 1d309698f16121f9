package io.webchat.core.engine.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.engine.MemoryBackends;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.testing.TestClient;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** A queue that takes no receipts for its user does not keep events in the queues of others. */
public class FullQueueTest {
    @Test
    void G6_aFullQueueOfTheAuthorKeepsNothingInTheQueueOfTheReader() {
        // One user may have a queue, and that is Bob.
        MemoryOfflineQueue queue = MemoryOfflineQueue.create(QueueLimits.DEFAULT, 1, Clock.systemUTC());
        try (TestCluster cluster = new TestCluster(new MemoryBackends(queue))) {
            Chat node = cluster.node();
            TestClient bob = TestClient.open(node, "bob");
            int receipts = cluster.queue.receipts.calls();

            TestClient.join(node.send(ChatEvent.message(TestConversation.ALICE, TestConversation.BOB, "hello")));

            await().until(() -> bob.messages().size() == 1);
            await().until(() -> TestClient.join(queue.read(TestConversation.BOB, 0, 1))
                    .events()
                    .isEmpty());
            assertThat(TestConversation.statuses(node)).containsExactly(MessageStatus.DELIVERED);
            await("the retry of the receipt").until(() -> cluster.queue.receipts.calls() > receipts + 1);
        }
    }
}
