package io.webchat.core.engine.direct;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A session's messages begin in the order of its sends, whoever has to be asked first. */
public class SendOrderTest extends EngineSuite {
    @Test
    void G3_messagesThatWaitForTheSameReadKeepTheirOrder() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            CompletableFuture<Void> asked = cluster.profiles.asking.nextWaits();
            List<CompletionStage<SendResult>> sends = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                sends.add(alice.session().send(alice.message("bob", "m" + i, "text")));
            }
            assertThat(cluster.queue.messages.calls()).isZero();
            asked.complete(null);

            sends.forEach(TestClient::join);
            bob.awaitMessages("m0", "m1", "m2", "m3", "m4");
        }
    }

    @Test
    void G3_aMessageWaitsForAnEarlierOneWhoseReceiverIsStillBeingRead() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            alice.send("bob", "m0", "now bob's blocks are known");
            CompletableFuture<Void> asked = cluster.rooms.finding.nextWaits();
            CompletionStage<SendResult> inRoom = alice.session().send(alice.toRoom("den", "r1", "text"));
            CompletionStage<SendResult> direct = alice.session().send(alice.message("bob", "m1", "text"));
            CompletionStage<SendResult> again = alice.session().send(alice.toRoom("den", "r2", "text"));
            asked.complete(null);

            join(inRoom);
            join(direct);
            join(again);
            bob.awaitMessages("m0", "r1", "m1", "r2");
        }
    }

    @Test
    void G3_aMessageWaitsUntilAnEarlierOneIsInTheQueuesOfARoomsMembers() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            alice.say("den", "r0", "text");
            alice.send("bob", "m0", "text");
            // The author's own queue answers late, and only then is the member's asked.
            CompletableFuture<Void> own = cluster.queue.messages.nextWaits();
            CompletionStage<SendResult> inRoom = alice.session().send(alice.toRoom("den", "r1", "text"));
            CompletionStage<SendResult> direct = alice.session().send(alice.message("bob", "m1", "text"));
            own.complete(null);

            join(inRoom);
            join(direct);
            bob.awaitMessages("r0", "m0", "r1", "m1");
        }
    }

    @Test
    void aRefusedMessageDelaysNoLaterOne() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.open(node, "alice");
            cluster.queue.messages.next(1, Fault.REFUSE);
            CompletionStage<SendResult> failing = alice.session().send(alice.toRoom("den", "r1", "text"));
            CompletionStage<SendResult> nowhere = alice.session().send(alice.toRoom("none", "r2", "text"));
            CompletionStage<SendResult> direct = alice.session().send(alice.message("bob", "m1", "text"));

            assertThat(failure(failing)).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure(nowhere)).isEqualTo(ErrorCode.NOT_FOUND);
            join(direct);
            TestClient.open(node, "bob").awaitMessages("m1");
        }
    }

    @Test
    void G3_orderHoldsAcrossRoomsAndUsersThoughEveryAnswerIsLate() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            join(node.rooms()
                    .create(UserId.of("alice"), RoomId.of("attic"), "attic", false, List.of(UserId.of("bob"))));
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            cluster.queue.messages.always(Fault.LATE);
            cluster.rooms.finding.always(Fault.LATE);
            cluster.profiles.asking.always(Fault.LATE);
            List<String> ids = new ArrayList<>();
            List<CompletionStage<SendResult>> sends = new ArrayList<>();
            int messages = Math.min(300, cluster.burst() / 2);
            for (int i = 0; i < messages; i++) {
                ids.add("m" + i);
                int where = random.nextInt(3);
                sends.add(alice.session()
                        .send(
                                where == 0
                                        ? alice.message("bob", "m" + i, "text")
                                        : alice.toRoom(where == 1 ? "den" : "attic", "m" + i, "text")));
            }

            sends.forEach(TestClient::join);
            await().untilAsserted(
                            () -> assertThat(bob.messages()).as("seed " + seed).isEqualTo(ids));
        }
    }
}
