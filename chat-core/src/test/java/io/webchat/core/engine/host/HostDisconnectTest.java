package io.webchat.core.engine.host;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.ErrorCode;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventCodec;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.NodeEvent;
import io.webchat.core.events.Notice;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The application ends sessions on all nodes within a second, and the client is told why. */
public class HostDisconnectTest extends EngineSuite {
    private static final UserId BOB = UserId.of("bob");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static TestClient open(Chat node, String device) {
        return TestClient.open(node, "bob", device, 0, TestClient.Answer.NOTHING);
    }

    private static void awaitDisconnected(TestClient client) {
        await().atMost(SECOND).untilAsserted(() -> assertThat(client.closed()).isEqualTo(CloseReason.DISCONNECTED));
        Notice notice =
                (Notice) client.received().get(client.received().size() - 1).event();
        assertThat(notice.kind()).isEqualTo(EventKind.DISCONNECTED);
        assertThat(notice.code()).isEqualTo(ErrorCode.UNAUTHORIZED);
    }

    @Test
    void G16_allSessionsOfAUserEndOnAllNodesWithinASecond() {
        try (TestCluster cluster = cluster()) {
            Chat one = cluster.node();
            Chat other = cluster.node();
            TestClient phone = open(one, "phone");
            TestClient laptop = open(other, "laptop");
            TestClient alice = TestClient.open(other, "alice");

            join(cluster.node().host().disconnect(BOB));

            awaitDisconnected(phone);
            awaitDisconnected(laptop);
            assertThat(failure(phone.session().send(phone.message("alice", "m1", "late"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            await().untilAsserted(() ->
                    assertThat(join(one.host().online("", 9)).items()).isEmpty());
            assertThat(alice.closed()).isNull();
        }
    }

    @Test
    void G16_theSessionOfOneDeviceEndsAndTheOthersGoOn() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient phone = open(node, "phone");
            TestClient laptop = open(node, "laptop");

            join(cluster.node().host().disconnect(BOB, DeviceId.of("phone")));

            awaitDisconnected(phone);
            join(cluster.node().host().send(ChatEvent.message(UserId.of("news"), BOB, "text")));
            await().until(() -> laptop.count(EventKind.MESSAGE) == 1);
            assertThat(laptop.closed()).isNull();
            assertThat(phone.count(EventKind.MESSAGE)).isZero();
        }
    }

    @Test
    void G6_unconfirmedMessagesOfADisconnectedDeviceStayInTheQueue() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient bob = open(node, "phone");
            TestClient.open(node, "alice").send("bob", "m1", "text");
            bob.awaitMessages("m1");

            join(node.host().disconnect(BOB));
            awaitDisconnected(bob);

            open(node, "phone").awaitMessages("m1");
        }
    }

    @Test
    void G16_theSessionsOfThisNodeEndEvenIfTheRouterFails() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient bob = open(node, "phone");
            cluster.router.publishing.always(Faults.Fault.REFUSE);

            assertThat(failure(node.host().disconnect(BOB))).isEqualTo(ErrorCode.UNAVAILABLE);

            awaitDisconnected(bob);
        }
    }

    @Test
    void G16_aSessionThatIsOpeningEndsTooWithTheCodeForTheClient() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            CompletableFuture<Void> attached = cluster.queue.attaching.nextWaits();
            CompletionStage<ChatSession> opening = node.open(BOB, (session, envelope) -> {});

            join(cluster.node().host().disconnect(BOB));
            await().until(() -> join(node.host().online("", 9)).items().isEmpty());
            attached.complete(null);

            assertThat(failure(opening)).isEqualTo(ErrorCode.UNAUTHORIZED);
        }
    }

    @Test
    void disconnectingAUserWhoIsNotConnectedHasNoEffect() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();

            join(node.host().disconnect(BOB));

            assertThat(open(node, "phone").closed()).isNull();
        }
    }

    @Test
    void theOrderTravelsBetweenNodesAsTheyWriteIt() {
        for (NodeEvent.EndSessions order : new NodeEvent.EndSessions[] {
            new NodeEvent.EndSessions(BOB, null, 7), new NodeEvent.EndSessions(BOB, DeviceId.of("phone"), 7)
        }) {
            Envelope sent = Envelope.passing(order);

            assertThat(EventCodec.decode(EventCodec.encode(sent))).isEqualTo(sent);
        }
    }
}
