package io.webchat.core.engine.host;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.CloseReason;
import io.webchat.core.ErrorCode;
import io.webchat.core.Profile;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.Json;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.testing.Faults;
import io.webchat.core.testing.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An erased user is out on every node, and nothing of the user is delivered any more. An export has it all before. */
public class ErasureTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");

    /** Alice has written to Bob and into a room, and has a profile, a block and a policy; Bob has answered her. */
    private static TestClient fill(Chat node) {
        TestRoom.create(node, "bob", "carol");
        TestClient alice = TestClient.open(node, "alice");
        join(node.profiles().put(ALICE, Profile.named("Alice")));
        join(node.rooms().setAdditionPolicy(ALICE, AdditionPolicy.ASK));
        alice.send("bob", "m1", "of alice to bob");
        alice.say("den", "r1", "of alice in the room");
        TestClient carol = TestClient.open(node, "carol");
        carol.send("bob", "c1", "of carol to bob");
        carol.send("alice", "c2", "of carol to alice");
        join(node.profiles().block(ALICE, CAROL));
        return alice;
    }

    @Test
    void G16_anErasedUserIsOutOnEveryNodeAndNothingOfTheUserIsDelivered() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            Chat other = cluster.node();
            TestClient alice = fill(node);

            join(other.host().erase(ALICE));

            await().untilAsserted(() -> assertThat(alice.closed()).isEqualTo(CloseReason.DISCONNECTED));
            TestClient bob = TestClient.open(other, "bob");
            TestRoom.awaitMessages(bob, "c1");
            TestClient.open(node, "carol").send("bob", "c3", "later");
            TestRoom.awaitMessages(bob, "c1", "c3");
            assertThat(bob.received()).extracting(each -> each.event().kind()).containsOnly(EventKind.MESSAGE);

            assertThat(join(node.callLogs().conversations(BOB, 9, "")).items())
                    .noneSatisfy(each -> assertThat(each.id().users()).contains(ALICE));
            assertThat(join(node.callLogs().conversations(ALICE, 9, "")).items())
                    .isEmpty();
            assertThat(join(node.rooms().list(ALICE))).isEmpty();
            assertThat(join(node.host().rooms().find(TestRoom.ID)).members())
                    .extracting(RoomMember::user)
                    .containsExactlyInAnyOrder(BOB, CAROL);
            assertThat(join(node.host().rooms().find(TestRoom.ID)).members())
                    .extracting(RoomMember::role)
                    .contains(RoomRole.OWNER);
            assertThat(join(node.profiles().find(ALICE))).isEmpty();
            assertThat(join(node.profiles().blocks(ALICE))).isEmpty();
            assertThat(join(node.rooms().additionPolicy(ALICE))).isEqualTo(AdditionPolicy.ALLOW);
        }
    }

    @Test
    void G16_nothingWaitsForOthersOfAConversationThatTheErasedUserHadHidden() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            alice.send("bob", "m1", "of alice to bob");
            join(node.callLogs().remove(ALICE, ConversationId.direct(ALICE, BOB)));
            TestClient.open(node, "carol").send("bob", "c1", "of carol to bob");

            join(node.host().erase(ALICE));

            TestRoom.awaitMessages(TestClient.open(node, "bob"), "c1");
        }
    }

    @Test
    void G16_afterTheErasureTheSameIdBeginsAnew() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            fill(node);
            join(node.host().erase(ALICE));

            TestClient again = TestClient.open(cluster.node(), "alice");
            TestClient.open(node, "bob").send("alice", "b1", "to the new alice");

            again.awaitMessages("b1");
        }
    }

    @Test
    void G16_anErasureThatFailedIsCompletedByItsRepetition() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            fill(node);
            cluster.callLog.writing.always(Faults.Fault.REFUSE);
            assertThat(failure(node.host().erase(ALICE))).isEqualTo(ErrorCode.UNAVAILABLE);
            cluster.callLog.writing.always(Faults.Fault.NONE);

            join(node.host().erase(ALICE));
            join(node.host().erase(ALICE));

            TestClient bob = TestClient.open(node, "bob");
            TestRoom.awaitMessages(bob, "c1");
            assertThat(join(node.profiles().find(ALICE))).isEmpty();
        }
    }

    @Test
    void anErasedUserWasNeverSeen() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient.open(node, "alice");
            TestClient.open(cluster.node(), "alice", "phone", 0, TestClient.Answer.CONFIRM);
            long seen = join(cluster.queue.lastSeen(ALICE)).orElseThrow();
            List<String> lines = new ArrayList<>();
            join(node.host().export(ALICE, line -> {
                lines.add(line);
                return CompletableFuture.completedFuture(null);
            }));
            assertThat(lines).contains("{\"kind\":\"lastSeen\",\"at\":" + seen + "}");

            join(node.host().erase(ALICE));

            await().untilAsserted(() ->
                    assertThat(join(node.host().online(List.of(ALICE)))).isEmpty());
            assertThat(join(cluster.queue.lastSeen(ALICE))).isEmpty();
        }
    }

    @Test
    void erasingAUserWhoWasNeverThereHasNoEffect() {
        try (TestCluster cluster = cluster()) {
            join(cluster.node().host().erase(ALICE));
        }
    }

    @Test
    void anExportHasEverythingAboutAUserLineByLine() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            fill(node);
            List<String> lines = new ArrayList<>();

            join(node.host().export(ALICE, line -> {
                lines.add(line);
                return CompletableFuture.completedFuture(null);
            }));

            assertThat(lines)
                    .startsWith(
                            "{\"kind\":\"user\",\"user\":\"alice\"}",
                            "{\"kind\":\"profile\",\"name\":\"Alice\",\"attributes\":{}}",
                            "{\"kind\":\"block\",\"user\":\"carol\"}",
                            "{\"kind\":\"additionPolicy\",\"policy\":\"ask\"}")
                    .anyMatch(each -> each.startsWith("{\"kind\":\"room\",\"room\":\"den\",\"name\":\"the den\""))
                    .anyMatch(each -> each.startsWith("{\"kind\":\"conversation\",\"conversation\":\"alice~bob\""))
                    .anyMatch(each -> each.startsWith("{\"kind\":\"message\",\"conversation\":\"alice~bob\"")
                            && each.contains("\"Text\":\"of alice to bob\""))
                    .anyMatch(each -> each.contains("\"Text\":\"of carol to alice\""))
                    .anyMatch(each -> each.contains("\"Text\":\"of alice in the room\""));
            assertThat(lines).noneMatch(each -> each.contains("of carol to bob"));
        }
    }

    @Test
    void anExportTellsHowFarTheUserHasReceivedAndSeen() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient.open(node, "bob").send("alice", "b1", "of bob to alice");
            alice.awaitMessages("b1");
            join(alice.display("bob", "b1"));

            await().untilAsserted(() -> {
                List<String> lines = new ArrayList<>();
                join(node.host().export(ALICE, line -> {
                    lines.add(line);
                    return CompletableFuture.completedFuture(null);
                }));
                assertThat(lines)
                        .filteredOn(each -> each.startsWith("{\"kind\":\"conversation\""))
                        .singleElement()
                        .asString()
                        .contains("\"deliveredUpTo\":{\"storedAt\":", "\"displayedUpTo\":{\"storedAt\":")
                        .endsWith("\"from\":\"bob\",\"id\":\"b1\"}}");
            });
        }
    }

    @Test
    void anEventIsOneLineOfAnExportWhateverLineEndsItsDataHave() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            join(node.host()
                    .send(ChatEvent.Message.from(ALICE)
                            .to(UserId.of("bob"))
                            .data(Json.parse("{\r\n\"a\": \"\\n\"}"))
                            .build()));
            List<String> lines = new ArrayList<>();

            join(node.host().export(ALICE, line -> {
                lines.add(line);
                return CompletableFuture.completedFuture(null);
            }));

            assertThat(lines)
                    .noneMatch(each -> each.contains("\n") || each.contains("\r"))
                    .anyMatch(each -> each.contains("\"Data\":{  \"a\": \"\\n\"}"));
        }
    }

    @Test
    void anExportWaitsForItsConsumerAndFailsWithIt() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            IntStream.range(0, 450).forEach(i -> alice.send("bob", "m" + i, "text"));
            List<String> lines = new ArrayList<>();
            List<CompletableFuture<Void>> taken = new ArrayList<>();

            CompletableFuture<Void> export = node.host()
                    .export(ALICE, line -> {
                        synchronized (lines) {
                            lines.add(line);
                            taken.add(new CompletableFuture<>());
                            return taken.get(taken.size() - 1);
                        }
                    })
                    .toCompletableFuture();
            for (int i = 0; i < 454; i++) {
                int number = i;
                await().until(() -> {
                    synchronized (lines) {
                        return lines.size() == number + 1;
                    }
                });
                taken.get(i).complete(null);
            }
            join(export);

            assertThat(lines.stream().filter(each -> each.startsWith("{\"kind\":\"message\"")))
                    .hasSize(450);
            assertThat(failure(node.host()
                            .export(
                                    ALICE,
                                    line -> CompletableFuture.failedFuture(
                                            new io.webchat.core.ChatException(ErrorCode.TOO_LARGE, "full")))))
                    .isEqualTo(ErrorCode.TOO_LARGE);
        }
    }
}
