package io.webchat.core.engine.policy;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatListener;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.policy.MessagePolicy;
import io.webchat.core.policy.Verdict;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A message that a policy rewrote, each time in another way, stays one message with one text. */
public class ReplacedMessagesTest extends EngineSuite {
    private static final UserId BOB = UserId.of("bob");

    private final AtomicInteger judged = new AtomicInteger();

    /** Makes every text another one at each call. */
    private final MessagePolicy rewriting =
            proposal -> CompletableFuture.completedFuture(proposal.replaceText("version " + judged.incrementAndGet()));

    private static List<String> texts(List<Envelope> events) {
        return events.stream()
                .map(Envelope::event)
                .filter(ChatEvent.Message.class::isInstance)
                .map(each -> ((ChatEvent.Message) each).text())
                .distinct()
                .toList();
    }

    private static List<String> history(List<LoggedMessage> messages) {
        return messages.stream().map(each -> each.message().text()).toList();
    }

    private static ChatEvent.Message toBob(String text) {
        return ChatEvent.message(UserId.of("alice"), BOB, MessageId.of("m1"), text);
    }

    @Test
    void G16_aResendIsRecognisedByTheContentThatTheClientSent() {
        try (TestCluster cluster = cluster()) {
            Chat one = cluster.node(builder -> builder.messagePolicies(rewriting));
            Chat two = cluster.node(builder -> builder.messagePolicies(rewriting));
            TestClient bob = TestClient.open(two, "bob");
            SendResult first = join(one.send(toBob("hello")));
            SendResult same = join(one.send(toBob("hello")));
            assertThat(judged)
                    .as("a resend through the same node is not judged again")
                    .hasValue(1);
            SendResult other = join(two.send(toBob("hello")));

            assertThat(List.of(first.duplicate(), same.duplicate(), other.duplicate()))
                    .containsExactly(false, true, true);
            assertThat(List.of(same.storedAt(), other.storedAt())).containsOnly(first.storedAt());
            assertThat(failure(one.send(toBob("something else")))).isEqualTo(ErrorCode.CONFLICT);
            assertThat(failure(two.send(toBob("version 1")))).isEqualTo(ErrorCode.CONFLICT);
            bob.awaitMessages("m1");
            assertThat(texts(bob.received())).containsExactly("version 1");
            assertThat(history(TestConversation.history(two))).containsExactly("version 1");
        }
    }

    @Test
    void G16_aResendAfterAFailureKeepsTheTextOfTheFirstAttempt() {
        try (TestCluster cluster = cluster()) {
            Chat one = cluster.node(builder -> builder.messagePolicies(rewriting));
            Chat two = cluster.node(builder -> builder.messagePolicies(rewriting));
            cluster.callLog.writing.next(1, Fault.REFUSE);
            assertThat(failure(one.send(toBob("hello")))).isEqualTo(ErrorCode.UNAVAILABLE);
            join(two.send(toBob("hello")));
            TestClient bob = TestClient.open(two, "bob");

            bob.awaitMessages("m1");
            assertThat(texts(bob.received())).containsExactly("version 1");
            assertThat(history(TestConversation.history(one))).containsExactly("version 1");
        }
    }

    @Test
    void G16_theOtherDevicesOfTheAuthorGetTheTextOfTheFirstAttempt() {
        List<String> heard = new CopyOnWriteArrayList<>();
        ChatListener listener = new ChatListener() {
            @Override
            public void onMessage(ChatEvent.Message message, long storedAt) {
                heard.add(message.text());
            }
        };
        try (TestCluster cluster = cluster()) {
            Chat one = cluster.node(builder -> builder.messagePolicies(rewriting));
            Chat two =
                    cluster.node(builder -> builder.messagePolicies(rewriting).listener(listener));
            TestClient alice = TestClient.open(one, "alice");
            TestClient laptop = TestClient.open(two, "alice", "laptop", 0, TestClient.Answer.CONFIRM);
            TestClient bob = TestClient.silent(two, "bob");
            ChatEvent.Message message = alice.message("bob", "m1", "hello");
            cluster.queue.broken.add(UserId.of("alice"));
            assertThat(failure(alice.session().send(message))).isEqualTo(ErrorCode.UNAVAILABLE);
            cluster.queue.broken.clear();
            join(two.send(message));
            join(two.send(alice.message("bob", "m2", "again")));

            for (TestClient each : List.of(bob, laptop)) {
                each.awaitMessages("m1", "m2");
                assertThat(texts(each.received())).containsExactly("version 1", "version 3");
            }
            await().untilAsserted(() -> assertThat(heard).containsExactly("version 3"));
        }
    }

    @Test
    void G16_allMembersOfARoomGetOneText() {
        try (TestCluster cluster = cluster()) {
            Chat one = cluster.node(builder -> builder.messagePolicies(rewriting));
            Chat two = cluster.node(builder -> builder.messagePolicies(rewriting));
            TestRoom.create(one, "bob", "carol");
            TestClient carol = TestClient.open(two, "carol");
            TestClient alice = TestClient.open(one, "alice");
            TestClient laptop = TestClient.open(two, "alice", "laptop", 0, TestClient.Answer.CONFIRM);
            ChatEvent.Message message = alice.toRoom("den", "m1", "hello");
            cluster.queue.broken.add(BOB);
            assertThat(failure(alice.session().send(message))).isEqualTo(ErrorCode.UNAVAILABLE);
            cluster.queue.broken.clear();
            join(two.send(message));
            TestClient bob = TestClient.open(two, "bob");

            for (TestClient each : List.of(bob, carol, laptop)) {
                each.awaitMessages("m1");
                assertThat(texts(each.received())).containsExactly("version 1");
            }
            assertThat(history(TestRoom.history(one, "bob"))).containsExactly("version 1");
        }
    }

    @Test
    void G16_aStoredMessageIsNeverCalledRejected() {
        try (TestCluster cluster = cluster()) {
            Chat one = cluster.node();
            Chat strict = cluster.node(builder -> builder.messagePolicies(
                    proposal -> CompletableFuture.completedFuture(Verdict.refuse("nothing passes today"))));
            join(one.send(toBob("hello")));

            assertThat(join(strict.send(toBob("hello"))).duplicate()).isTrue();
            assertThat(failure(strict.send(toBob("other text")))).isEqualTo(ErrorCode.REJECTED);
        }
    }

    @Test
    void G16_noClientGetsAnythingOfTheTextThatWasReplaced() {
        try (TestCluster cluster = cluster()) {
            Chat one = cluster.node(builder -> builder.messagePolicies(rewriting));
            TestClient bob = TestClient.silent(cluster.node(), "bob");
            join(one.send(toBob("my number is 555-1234")));
            TestClient late = TestClient.open(cluster.node(), "bob", "late", 0, TestClient.Answer.CONFIRM);

            for (TestClient each : List.of(bob, late)) {
                each.awaitMessages("m1");
                assertThat(new String(each.received().get(0).json(), StandardCharsets.UTF_8))
                        .contains("version 1")
                        .doesNotContain("SentDigest");
            }
        }
    }
}
