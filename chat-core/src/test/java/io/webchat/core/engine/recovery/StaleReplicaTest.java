package io.webchat.core.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.UserId;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.engine.MemoryBackends;
import io.webchat.core.engine.TestClient;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueSlice;
import io.webchat.core.spi.UndeliveredMessages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A replica that missed some events takes over, so that it gives some Seqs a second time. */
public class StaleReplicaTest {
    private static final UserId BOB = UserId.of("bob");

    /** It stands still, so that both queues give the same Seq to the same event. */
    private final MovableClock clock = MovableClock.stoppedAt(Instant.now());

    private final Replicated queue = new Replicated(clock);

    private TestCluster cluster() {
        return new TestCluster(new MemoryBackends(queue));
    }

    @Test
    void G1_messagesUnderReusedSeqsAreDelivered() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            alice.send("bob", "m1", "on both");
            queue.cutReplica();
            alice.send("bob", "m2", "on the master only");
            alice.send("bob", "m3", "on the master only");
            bob.awaitMessages("m1", "m2", "m3");

            failOver();
            alice.send("bob", "x1", "under the place of m2");
            alice.send("bob", "x2", "under the place of m3");
            alice.send("bob", "x3", "behind");

            bob.awaitMessages("m1", "m2", "m3", "x1", "x2", "x3");
            await().until(() -> read().events().isEmpty());
        }
    }

    @Test
    void G1_aHeartbeatNoticesThatTheQueueWentBack() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            queue.cutReplica();
            alice.send("bob", "m1", "on the master only");
            bob.awaitMessages("m1");

            failOver();
            cluster.router.lose(envelope -> true);
            bob.session().heartbeat();
            alice.send("bob", "x1", "under the place of m1");
            await().untilAsserted(() -> {
                bob.session().heartbeat();
                assertThat(bob.messages()).containsExactly("m1", "x1");
            });
            await().until(() -> read().events().isEmpty());
        }
    }

    private void failOver() {
        clock.advance(Duration.ofSeconds(1));
        queue.failOver();
    }

    private QueueSlice read() {
        return TestClient.join(queue.read(BOB, 0, 100));
    }

    /** A master and its replica, which repeats every step until it is cut off. */
    private static final class Replicated implements OfflineQueue {
        private final OfflineQueue master;
        private final OfflineQueue replica;
        private volatile boolean connected = true;
        private volatile boolean promoted;

        Replicated(Clock clock) {
            master = MemoryOfflineQueue.create(QueueLimits.DEFAULT, clock);
            replica = MemoryOfflineQueue.create(QueueLimits.DEFAULT, clock);
        }

        void cutReplica() {
            connected = false;
        }

        void failOver() {
            promoted = true;
        }

        private synchronized <T> CompletionStage<T> on(Function<OfflineQueue, CompletionStage<T>> call) {
            if (promoted) {
                return call.apply(replica);
            }
            if (connected) {
                TestClient.join(call.apply(replica));
            }
            return call.apply(master);
        }

        @Override
        public CompletionStage<Attachment> attach(UserId user, DeviceId device, long after) {
            return on(it -> it.attach(user, device, after));
        }

        @Override
        public CompletionStage<Appended> append(UserId user, ChatEvent event) {
            return on(it -> it.append(user, event));
        }

        @Override
        public CompletionStage<QueueSlice> read(UserId user, long after, int limit) {
            return on(it -> it.read(user, after, limit));
        }

        @Override
        public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long epoch, long upTo) {
            return on(it -> it.confirm(user, device, epoch, upTo));
        }

        @Override
        public CompletionStage<Boolean> restore(UserId user, long epoch, UndeliveredMessages undelivered) {
            return on(it -> it.restore(user, epoch, undelivered));
        }
    }
}
