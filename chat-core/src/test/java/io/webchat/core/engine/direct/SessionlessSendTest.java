package io.webchat.core.engine.direct;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Messages that an application's backend sends for a user with no session or several. */
public class SessionlessSendTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private static ChatEvent.Message toBob(String id, String text) {
        return ChatEvent.message(ALICE, BOB, MessageId.of(id), text);
    }

    @Test
    void G1_G2_aMessageReachesItsReceiverAndAResendFromAnywhereIsKnown() {
        try (TestCluster cluster = cluster()) {
            TestClient bob = TestClient.open(cluster.node(), "bob");
            SendResult first = join(cluster.node().send(toBob("m1", "text")));
            SendResult again = join(cluster.node().send(toBob("m1", "text")));
            SendResult bySession = TestClient.open(cluster.node(), "alice").send("bob", "m1", "text");

            assertThat(first.duplicate()).isFalse();
            assertThat(again.duplicate()).isTrue();
            assertThat(again.storedAt()).isEqualTo(first.storedAt());
            assertThat(bySession.storedAt()).isEqualTo(first.storedAt());
            bob.awaitMessages("m1");
        }
    }

    @Test
    void theAuthorsDevicesGetACopy() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            join(node.send(toBob("m0", "nobody of alice's is there")));
            TestClient alice = TestClient.open(cluster.node(), "alice");
            join(node.send(toBob("m1", "text")));
            join(node.send(ChatEvent.roomMessage(ALICE, TestRoom.ID, "text")));

            alice.awaitFirst(each -> each.event() instanceof ChatEvent.Message copy && copy.room() != null);
            assertThat(alice.messages()).hasSize(2).startsWith("m1");
            assertThat(alice.received())
                    .allSatisfy(each -> assertThat(((ChatEvent.Message) each.event()).fromDevice())
                            .isEqualTo(DeviceId.of(".server")));
            assertThat(alice.count(EventKind.DELIVERY)).isZero();
        }
    }

    @Test
    void G12_G13_theSameIsRefusedAsInASession() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.config(TestCluster.config()
                    .messagesPerSecond(1)
                    .burst(Duration.ofSeconds(2))
                    .build()));

            assertThat(failure(node.send(toBob("m1", "")))).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(failure(node.send(toBob("m1", "x".repeat(16 * 1024 + 1)))))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(failure(node.send(ChatEvent.roomMessage(ALICE, TestRoom.ID, "no such room"))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            join(node.send(toBob("m1", "text")));
            assertThat(failure(node.send(toBob("m2", "too many")))).isEqualTo(ErrorCode.RATE_LIMITED);
        }
    }

    @Test
    void G14_aDrainAnswersWhatWasAcceptedAndRefusesTheRest() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            join(node.send(toBob("m0", "text")));
            cluster.queue.messages.always(Fault.LATE);
            CompletionStage<SendResult> accepted = node.send(toBob("m1", "text"));
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> node.close(Duration.ofSeconds(10)));
            join(closed);

            assertThat(accepted.toCompletableFuture()).isCompleted();
            assertThat(failure(node.send(toBob("m2", "text")))).isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }
}
