package io.webchat.core.engine.rooms;

import static io.webchat.core.testing.TestClient.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A message to a room may fail between any two steps: a resend from any node completes it, once. */
public class RoomFaultsTest extends EngineSuite {
    private static final int MEMBERS = 3;

    /** The fault hits the call of this number, counted from 0; earlier and later ones work. */
    private static void hit(Faults faults, int number, Fault fault) {
        AtomicInteger calls = new AtomicInteger();
        faults.randomly(() -> calls.getAndIncrement() == number ? fault : Fault.NONE);
    }

    static Stream<Arguments> appends() {
        // 0 is the author's own queue.
        return IntStream.rangeClosed(0, MEMBERS)
                .boxed()
                .flatMap(call ->
                        Stream.of(Fault.REFUSE, Fault.LOSE_ANSWER, Fault.HANG).map(fault -> Arguments.of(call, fault)));
    }

    private static void assertThereOnceForAll(TestCluster cluster, Chat node) {
        for (String member : List.of("bob", "carol", "dave")) {
            TestClient client = TestClient.open(cluster.node(), member);
            client.awaitMessages("m1");
        }
        assertThat(TestRoom.ids(node, "bob")).containsExactly("m1");
    }

    @ParameterizedTest(name = "append {0}: {1}")
    @MethodSource("appends")
    void G1_G2_G9_aFailedAppendFailsTheSendAndAResendFromAnotherNodeCompletesIt(int call, Fault fault) {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol", "dave");
            TestClient alice = TestClient.openOnImpatient(cluster.impatientNode(), "alice");
            hit(cluster.queue.messages, call, fault);
            assertThat(failure(alice.session().send(alice.toRoom("den", "m1", "text"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            cluster.queue.messages.heal();

            SendResult again = TestClient.open(cluster.node(), "alice").say("den", "m1", "text");

            assertThat(again.duplicate()).isEqualTo(call > 0 || fault == Fault.LOSE_ANSWER);
            assertThat(TestRoom.history(node, "bob"))
                    .singleElement()
                    .satisfies(each -> assertThat(each.storedAt()).isEqualTo(again.storedAt()));
            assertThereOnceForAll(cluster, node);
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void G1_G2_G9_aFailedRecordFailsTheSendAndAResendFromAnotherNodeCompletesIt(Fault fault) {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol", "dave");
            TestClient alice = TestClient.openOnImpatient(cluster.impatientNode(), "alice");
            cluster.callLog.writing.next(1, fault);
            assertThat(failure(alice.session().send(alice.toRoom("den", "m1", "text"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);

            assertThat(TestClient.open(cluster.node(), "alice")
                            .say("den", "m1", "text")
                            .duplicate())
                    .isTrue();
            assertThereOnceForAll(cluster, node);
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(Fault.REFUSE, Fault.LOSE_ANSWER, Fault.HANG);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void G5_G9_aSendIsRefusedWhileMembersCannotBeReadAndFailedPublishesOnlyCostTime(Fault fault) {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol", "dave");
            TestClient alice = TestClient.openOnImpatient(cluster.impatientNode(), "alice");
            cluster.rooms.finding.next(1, fault);
            assertThat(failure(alice.session().send(alice.toRoom("den", "m1", "text"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(cluster.queue.messages.calls()).isZero();

            cluster.router.publishing.always(fault);
            assertThat(alice.say("den", "m1", "text").duplicate()).isFalse();
            cluster.router.publishing.heal();
            assertThereOnceForAll(cluster, node);
        }
    }

    @Test
    void G1_otherMembersGetTheMessageThoughOneQueueAlwaysFails() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            // More than are asked at once, so that some come after the failure.
            String[] members = Stream.concat(
                            Stream.of("bob", "carol"), IntStream.range(0, 70).mapToObj(i -> "member" + i))
                    .toArray(String[]::new);
            TestRoom.create(node, members);
            TestClient alice = TestClient.open(node, "alice");
            cluster.queue.broken.add(UserId.of("bob"));
            assertThat(failure(alice.session().send(alice.toRoom("den", "m1", "text"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            for (String each : List.of("carol", "member0", "member69")) {
                TestClient.open(node, each).awaitMessages("m1");
            }
            assertThat(failure(alice.session().send(alice.toRoom("den", "m1", "text"))))
                    .as("nothing is acknowledged that a member does not get")
                    .isEqualTo(ErrorCode.UNAVAILABLE);

            TestClient.join(node.rooms().remove(UserId.of("alice"), TestRoom.ID, UserId.of("bob")));

            await().ignoreExceptions()
                    .until(() -> alice.say("den", "m1", "text").duplicate());
            assertThat(TestRoom.ids(node, "carol")).containsExactly("m1");
        }
    }

    @Test
    void G1_G2_G3_manyFaultsAndResendsLoseNothingAndRepeatNothing() {
        sendThroughFaults(50);
    }

    @Test
    @Tag("model")
    @Tag("full")
    void G1_G2_G3_evenMoreFaultsAndResendsLoseNothingAndRepeatNothing() {
        sendThroughFaults(300);
    }

    private void sendThroughFaults(int messages) {
        long seed = System.nanoTime();
        try (TestCluster cluster = cluster()) {
            Chat[] nodes = {cluster.node(), cluster.node(), cluster.node()};
            TestRoom.create(nodes[0], "bob", "carol");
            TestClient bob = TestClient.open(nodes[1], "bob");
            Random random = new Random(seed);
            Faults[] faulty = {cluster.queue.messages, cluster.callLog.writing, cluster.router.publishing};
            for (Faults each : faulty) {
                each.randomly(() -> dice(random));
            }
            List<String> ids =
                    IntStream.range(0, messages).mapToObj(i -> "m" + i).toList();
            for (int i = 0; i < ids.size(); i++) {
                TestClient alice = TestClient.open(nodes[i % 3], "alice");
                String id = ids.get(i);
                await().ignoreExceptions()
                        .until(() -> alice.say("den", id, "text").storedAt() > 0);
            }
            for (Faults each : faulty) {
                each.heal();
            }

            assertThat(TestRoom.ids(nodes[0], "bob"))
                    .as("seed " + seed)
                    .hasSize(messages)
                    .doesNotHaveDuplicates();
            await().untilAsserted(() -> {
                bob.session().heartbeat();
                assertThat(bob.messages()).as("seed " + seed).isEqualTo(ids);
            });
            TestClient carol = TestClient.open(nodes[2], "carol");
            await().untilAsserted(() ->
                    assertThat(carol.messages()).as("seed " + seed).isEqualTo(ids));
        }
    }

    private static Fault dice(Random random) {
        synchronized (random) {
            int eyes = random.nextInt(12);
            return eyes == 0 ? Fault.REFUSE : eyes == 1 ? Fault.LOSE_ANSWER : eyes < 5 ? Fault.LATE : Fault.NONE;
        }
    }
}
