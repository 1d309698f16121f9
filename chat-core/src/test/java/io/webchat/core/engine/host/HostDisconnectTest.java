package io.webchat.core.engine.host;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.Connection;
import io.webchat.core.ErrorCode;
import io.webchat.core.UserDirectory;
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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
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
    void G16_aClientIsToldOnceThoughTheOrderComesTwice() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            List<Envelope> received = new CopyOnWriteArrayList<>();
            Connection client = (session, envelope) -> {
                received.add(envelope);
                if (envelope.event() instanceof ChatEvent.Message) {
                    // The session is busy with this event, so that both copies of the order wait: this node's own one,
                    // and the published one.
                    join(node.host().disconnect(BOB));
                }
            };
            join(node.open(BOB, client));

            join(node.host().send(ChatEvent.message(UserId.of("news"), BOB, "text")));

            await().until(() -> join(node.host().online("", 9)).items().isEmpty());
            assertThat(received)
                    .extracting(each -> each.event().kind())
                    .containsExactly(EventKind.MESSAGE, EventKind.DISCONNECTED);
        }
    }

    @Test
    void G16_aBannedUserWhoseTokenWasAcceptedBeforeTheBanStaysOut() {
        try (TestCluster cluster = cluster()) {
            Set<UserId> banned = ConcurrentHashMap.newKeySet();
            Chat node = cluster.node(builder -> builder.userDirectory(new Bans(banned)));
            CompletableFuture<Void> subscribed = cluster.router.subscribing.nextIsHeld();
            List<Envelope> received = new CopyOnWriteArrayList<>();
            CompletionStage<ChatSession> opening = node.open(BOB, (session, envelope) -> received.add(envelope));

            banned.add(BOB);
            // The order of another node finds no subscription yet.
            join(cluster.node().host().disconnect(BOB));
            subscribed.complete(null);

            assertThat(failure(opening)).isEqualTo(ErrorCode.UNAUTHORIZED);
            assertThat(received).isEmpty();
            assertThat(join(node.host().online("", 9)).items()).isEmpty();
            assertThat(cluster.queue.attached)
                    .as("nothing is asked for a banned user")
                    .isEmpty();
        }
    }

    @Test
    void G16_anOpeningIsUnavailableWhileTheDirectoryCannotTellWhoIsAdmitted() {
        try (TestCluster cluster = cluster()) {
            UserDirectory broken = new UserDirectory() {
                @Override
                public CompletionStage<Boolean> exists(UserId user) {
                    return CompletableFuture.completedFuture(true);
                }

                @Override
                public CompletionStage<Boolean> admits(UserId user) {
                    return CompletableFuture.failedFuture(new IllegalStateException("no list of bans"));
                }
            };
            Chat node = cluster.node(builder -> builder.userDirectory(broken));

            assertThat(failure(node.open(BOB, (session, envelope) -> {}))).isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    /** Admits everybody but these users. */
    private record Bans(Set<UserId> banned) implements UserDirectory {
        @Override
        public CompletionStage<Boolean> exists(UserId user) {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public CompletionStage<Boolean> admits(UserId user) {
            return CompletableFuture.completedFuture(!banned.contains(user));
        }
    }

    @Test
    void G16_anOpeningThatMeetsTheOrderIsRefusedOrTold() throws Exception {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            for (int i = 0; i < 60; i++) {
                TestClient bob = TestClient.unopened();
                CompletableFuture<Void> attached = cluster.queue.attaching.nextWaits();
                CompletionStage<ChatSession> opening = node.open(BOB, bob);
                CyclicBarrier both = new CyclicBarrier(2);
                CompletableFuture<Void> order = CompletableFuture.runAsync(() -> {
                    meet(both);
                    join(node.host().disconnect(BOB));
                });
                meet(both);
                attached.complete(null);
                join(order);

                if (isRefused(opening)) {
                    assertThat(bob.received()).as("round %s", i).isEmpty();
                } else {
                    awaitDisconnected(bob);
                    assertThat(bob.count(EventKind.DISCONNECTED))
                            .as("round %s", i)
                            .isOne();
                }
            }
        }
    }

    private static void meet(CyclicBarrier both) {
        try {
            both.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isRefused(CompletionStage<ChatSession> opening) {
        try {
            join(opening);
            return false;
        } catch (ChatException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED);
            return true;
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
