package io.webchat.core.engine.recovery;

import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.MovableClock;
import io.webchat.core.engine.MemoryBackends;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AmendmentBuilder;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.MessageId;
import io.webchat.core.memory.RewindableQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue's server comes back older than it was: lost edits and deletions are carried out in it. */
public class RewoundAmendmentsTest {
    private final MovableClock clock = MovableClock.running();
    private final RewindableQueue queue = new RewindableQueue(QueueLimits.DEFAULT, clock);

    private TestCluster cluster() {
        return new TestCluster(new MemoryBackends(queue));
    }

    private static AmendmentBuilder about(String message, String id) {
        return Amendment.by(TestConversation.ALICE)
                .to(TestConversation.BOB)
                .about(new MessageRef(TestConversation.ALICE, MessageId.of(message)))
                .id(MessageId.of(id));
    }

    @Test
    void G17_aDeletionThatTheQueueLostIsCarriedOutBeforeTheReaderGetsTheMessage() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.amending(cluster.node(), "alice", "default");
            TestClient.amending(cluster.node(), "bob", "default").leave();
            alice.sendMany("bob", 0, 2);
            join(alice.session().send(about("m0", "e1").edit(MessageContent.text("text 0 again"))));
            queue.save();
            join(alice.session().send(about("m0", "d1").delete()));
            queue.goBack();

            TestClient bob = TestClient.amending(cluster.node(), "bob", "default");

            bob.awaitAmendment("d1");
            assertThat(bob.said()).doesNotContain("text 0", "text 0 again").contains("text 1");
            assertThat(bob.messages()).containsExactly("m0", "m1");
        }
    }

    @Test
    void G17_aDeletionThatOneDeviceHasReceivedIsCarriedOutForTheOtherOne() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.amending(cluster.node(), "alice", "default");
            TestClient.amending(cluster.node(), "bob", "laptop").leave();
            TestClient phone = TestClient.amending(cluster.node(), "bob", "phone");
            alice.sendMany("bob", 0, 1);
            phone.awaitMessages("m0");
            alice.awaitReceipts(EventKind.DELIVERY, "m0");
            queue.save();
            join(alice.session().send(about("m0", "d1").delete()));
            phone.awaitAmendment("d1");
            clock.advance(Duration.ofMinutes(10));
            alice.sendMany("bob", 1, 2);
            phone.awaitMessages("m0", "m1");
            alice.awaitReceipts(EventKind.DELIVERY, "m0", "m1");
            phone.leave();
            queue.goBack();

            TestClient laptop = TestClient.amending(cluster.node(), "bob", "laptop");

            laptop.awaitAmendment("d1");
            assertThat(laptop.said()).doesNotContain("text 0");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void G17_everyoneConvergesAlthoughTheQueueGoesBack(long seed) {
        Random random = new Random(seed + 1);
        new AmendmentModel(seed, () -> {
                    if (random.nextInt(3) == 0) {
                        queue.save();
                    } else {
                        queue.goBack();
                    }
                })
                .run(cluster());
    }
}
