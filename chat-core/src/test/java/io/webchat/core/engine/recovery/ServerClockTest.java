package io.webchat.core.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.engine.LosableQueue;
import io.webchat.core.engine.MemoryBackends;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.testing.TestClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues are lost, and their new server has another clock: nothing acknowledged is lost. */
final class ServerClockTest {
    /** The queues before and after the loss; the clock of the second ones is so many seconds off. */
    private static LosableQueue queues(int seconds) {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds));
        Queue<Clock> clocks = new ArrayDeque<>(List.of(Clock.systemUTC(), clock));
        return new LosableQueue(
                TestConversation.BOB, () -> MemoryOfflineQueue.create(QueueLimits.DEFAULT, clocks.remove()));
    }

    @ParameterizedTest(name = "{0} s")
    @ValueSource(ints = {-1200, -120, -1, 120})
    void G8_messagesOfALostQueueAreRestored(int seconds) {
        LosableQueue queue = queues(seconds);
        try (TestCluster cluster = new TestCluster(new MemoryBackends(queue))) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            alice.sendMany("bob", 0, 3);
            queue.lose();
            alice.sendMany("bob", 3, 5);

            TestClient.open(cluster.node(), "bob").awaitMessages("m0", "m1", "m2", "m3", "m4");
        }
    }

    @ParameterizedTest(name = "{0} s")
    @ValueSource(ints = {-120, 120})
    void G8_messagesOfARoomAreRestored(int seconds) {
        LosableQueue queue = queues(seconds);
        try (TestCluster cluster = new TestCluster(new MemoryBackends(queue))) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.open(node, "alice");
            alice.say("den", "m0", "lost");
            alice.say("den", "m1", "lost");
            queue.lose();

            TestClient bob = TestClient.open(cluster.node(), "bob");

            await().untilAsserted(() -> assertThat(bob.messages()).containsExactly("m0", "m1"));
        }
    }
}
