package io.webchat.core.engine.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.CloseReason;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session that is opened in order keeps the order of its messages over refusals, however the client resends. */
public class OrderedSessionTest extends EngineSuite {
    private static CompletionStage<SendResult> send(TestClient from, String id) {
        return from.session().send(from.message("bob", id, "text " + id));
    }

    private static ChatException refusal(CompletionStage<?> stage) {
        return Assertions.catchThrowableOfType(ChatException.class, () -> TestClient.join(stage));
    }

    @Test
    void G3_everythingBehindARefusedMessageIsRefusedUntilItIsSentAgain() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.inOrder(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            TestClient.join(send(alice, "m0"));
            cluster.queue.messages.next(1, Fault.REFUSE);
            CompletionStage<SendResult> first = send(alice, "m1");
            CompletionStage<SendResult> second = send(alice, "m2");
            CompletionStage<SendResult> third = send(alice, "m3");

            assertThat(refusal(first).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            for (CompletionStage<SendResult> behind : List.of(second, third, send(alice, "m4"), send(alice, "m2"))) {
                assertThat(refusal(behind).code()).isEqualTo(ErrorCode.UNAVAILABLE);
                assertThat(refusal(behind).detail()).contains("m1 again");
            }
            TestClient.join(send(alice, "m1"));
            assertThat(refusal(send(alice, "m3")).detail()).contains("m2 again");
            for (String id : List.of("m2", "m3", "m4", "m5")) {
                TestClient.join(send(alice, id));
            }
            bob.awaitMessages("m0", "m1", "m2", "m3", "m4", "m5");
        }
    }

    @Test
    void G3_aMessageThatTheServerNeverTakesHoldsNothingUp() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.inOrder(cluster.node(), "alice");
            CompletionStage<SendResult> empty = alice.session().send(alice.message("bob", "m1", ""));
            CompletionStage<SendResult> next = send(alice, "m2");

            assertThat(refusal(empty).code()).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(TestClient.join(next).duplicate()).isFalse();
        }
    }

    @Test
    void G3_aRoomMessageThatWasRefusedHoldsUpAllOthers() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.inOrder(node, "alice");
            cluster.queue.messages.next(1, Fault.LOSE_ANSWER);
            CompletionStage<SendResult> first = alice.session().send(alice.toRoom("den", "m1", "text"));
            CompletionStage<SendResult> second = send(alice, "m2");

            assertThat(refusal(first).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(refusal(second).detail()).contains("m1 again");
            assertThat(alice.say("den", "m1", "text").duplicate()).isTrue();
            TestClient.join(send(alice, "m2"));
            TestClient.open(node, "bob").awaitMessages("m1", "m2");
        }
    }

    @Test
    void receiptsAndSignalsAreNotHeldUp() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.inOrder(node, "alice");
            TestClient.open(node, "bob").send("alice", "b1", "text");
            alice.awaitMessages("b1");
            cluster.queue.messages.next(1, Fault.REFUSE);
            assertThat(refusal(send(alice, "m1")).code()).isEqualTo(ErrorCode.UNAVAILABLE);

            TestClient.join(alice.display("bob", "b1"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void G3_theOrderHoldsForAClientThatResendsInAnyOrder(long seed) {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.inOrder(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            Random random = new Random(seed);
            Fault[] faults = {Fault.REFUSE, Fault.LOSE_ANSWER, Fault.LATE, Fault.NONE, Fault.NONE, Fault.NONE};
            // Random may be used by several threads.
            cluster.queue.messages.randomly(() -> faults[random.nextInt(faults.length)]);
            List<String> missing = new ArrayList<>(
                    IntStream.range(0, 60).mapToObj(i -> "m" + i).toList());
            Random choice = new Random(seed);
            for (int round = 0; !missing.isEmpty(); round++) {
                assertThat(round).isLessThan(10_000);
                Map<String, CompletionStage<SendResult>> answers = new LinkedHashMap<>();
                missing.forEach(id -> answers.put(id, send(alice, id)));
                answers.forEach((id, answer) -> {
                    if (!isRefused(answer)) {
                        missing.remove(id);
                    }
                });
                Collections.shuffle(missing, choice);
            }

            bob.awaitMessages(IntStream.range(0, 60).mapToObj(i -> "m" + i).toArray(String[]::new));
        }
    }

    private static boolean isRefused(CompletionStage<SendResult> answer) {
        try {
            TestClient.join(answer);
            return false;
        } catch (ChatException refused) {
            return true;
        }
    }

    @Test
    void G13_aClientThatSendsOnWithoutResendingLosesItsSession() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder ->
                    builder.config(TestCluster.config().maxInFlight(4).build()));
            TestClient alice = TestClient.inOrder(node, "alice");
            cluster.queue.messages.next(1, Fault.REFUSE);
            for (int i = 0; i < 20; i++) {
                assertThat(refusal(send(alice, "m" + i)).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            }

            await().untilAsserted(() -> assertThat(alice.closed()).isEqualTo(CloseReason.ERROR));
        }
    }
}
