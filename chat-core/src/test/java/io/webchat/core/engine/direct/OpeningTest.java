package io.webchat.core.engine.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.ErrorCode;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.FaultyRouter;
import io.webchat.core.testing.TestClient;
import io.webchat.core.testing.TestClient.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The beginning of a session, before its first event, and its end. */
public class OpeningTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final DeviceId PHONE = DeviceId.of("phone");

    @Test
    void aSessionThatOpensHearsOfTheDeviceThatOpensMeanwhile() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            CompletableFuture<Void> answer = cluster.queue.attaching.nextWaits();
            CompletionStage<ChatSession> opening = node.open(ALICE, PHONE, 0, (session, envelope) -> {});
            await().until(() -> cluster.queue.attaching.calls() == 1);
            TestClient laptop = TestClient.open(cluster.node(), "alice", "laptop", 0, Answer.CONFIRM);
            answer.complete(null);
            ChatSession phone = TestClient.join(opening);

            await().until(() -> {
                TestClient.join(phone.send(ChatEvent.message(ALICE, BOB, "from the phone")));
                return !laptop.messages().isEmpty();
            });
        }
    }

    @Test
    void aSessionThatOpensAndWasReplacedMeanwhileEndsThoughThePublishIsLost() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            cluster.router.lose(envelope -> true);
            CompletableFuture<Void> answer = cluster.queue.attaching.nextWaits();
            TestClient[] early = new TestClient[1];
            CompletableFuture<Void> opening = CompletableFuture.runAsync(
                    () -> early[0] = TestClient.open(node, "bob", "phone", 0, Answer.NOTHING));
            await().until(() -> cluster.queue.attaching.calls() == 1);
            TestClient young = TestClient.open(node, "bob", "phone", 0, Answer.NOTHING);
            answer.complete(null);
            opening.join();

            await().until(() -> early[0].closed() == CloseReason.REPLACED);
            assertThat(young.closed()).isNull();
            assertThat(young.count(EventKind.REPLACED)).isZero();
        }
    }

    @Test
    void aSessionWhoseNodeShutsDownWhileItOpensIsRefusedAndReplacesNobody() {
        try (TestCluster cluster = cluster()) {
            Chat dying = cluster.node();
            CompletableFuture<Void> answer = cluster.queue.attaching.nextWaits();
            CompletionStage<ChatSession> opening = dying.open(BOB, PHONE, 0, (session, envelope) -> {});
            await().until(() -> cluster.queue.attaching.calls() == 1);
            dying.close(Duration.ofMillis(10));
            int published = cluster.router.publishing.calls();
            answer.complete(null);

            assertThat(TestClient.failure(opening)).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(cluster.router.publishing.calls()).isEqualTo(published);
        }
    }

    @Test
    void aSubscriptionThatComesAfterTheTimeOutIsCancelled() {
        MemoryChatRouter router = new MemoryChatRouter();
        CompletableFuture<Void> late = new CompletableFuture<>();
        FaultyRouter slow = new FaultyRouter(router) {
            @Override
            public CompletionStage<Subscription> subscribe(UserId user, RouterListener listener) {
                return late.thenCompose(now -> router.subscribe(user, listener));
            }
        };
        try (Chat node = Chat.builder()
                .router(slow)
                .callLog(MemoryCallLogStore.create())
                .config(TestCluster.config()
                        .backendTimeout(Duration.ofMillis(20))
                        .build())
                .build()) {
            assertThat(TestClient.failure(node.open(ALICE, (session, envelope) -> {})))
                    .isEqualTo(ErrorCode.UNAVAILABLE);

            late.complete(null);

            assertThat(TestClient.join(router.isOnline(ALICE))).isFalse();
        }
    }

    @Test
    void G5_anOpeningThatCouldNotBePublishedIsPublishedAgain() {
        try (TestCluster cluster = cluster()) {
            TestClient first = TestClient.open(cluster.node(), "bob");
            cluster.router.publishing.next(2, Fault.REFUSE);

            TestClient.open(cluster.node(), "bob");

            await().until(() -> first.closed() == CloseReason.REPLACED);
        }
    }
}
