package io.webchat.core.engine.amend;

import static io.webchat.core.engine.amend.TestAmendments.send;
import static io.webchat.core.engine.amend.TestAmendments.with;
import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatListener;
import io.webchat.core.ErrorCode;
import io.webchat.core.SessionOptions;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.policy.MessagePolicy;
import io.webchat.core.policy.Verdict;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An edit that a policy rewrote, each time in another way, has one text for everybody, and never the original one. */
public class ReplacedEditsTest extends EngineSuite {
    private static final UserId BOB = TestConversation.BOB;

    private final AtomicInteger judged = new AtomicInteger();

    /** Makes the text of every edit another one at each call. */
    private final MessagePolicy rewriting = proposal -> CompletableFuture.completedFuture(
            proposal.event() instanceof Amendment && !proposal.text().isEmpty()
                    ? proposal.replaceText("version " + judged.incrementAndGet())
                    : Verdict.accept());

    private static Chat node(TestCluster cluster, MessagePolicy policy) {
        return cluster.node(builder -> builder.messagePolicies(policy));
    }

    private static Amendment edit(TestClient alice, String id, String text) {
        return with(alice, "bob", id, "alice", "m1").edit(MessageContent.text(text));
    }

    private static List<String> texts(TestClient client) {
        return client.received().stream()
                .map(Envelope::event)
                .filter(Amendment.class::isInstance)
                .map(each -> ((Amendment) each).change())
                .filter(Amendment.Edit.class::isInstance)
                .map(each -> ((Amendment.Edit) each).content().text())
                .distinct()
                .toList();
    }

    /** A device that confirms nothing, so that its queue keeps every event. */
    private static TestClient unconfirming(Chat node, String user, String device) {
        SessionOptions options = SessionOptions.of(DeviceId.of(device)).amending();
        return TestClient.open(node, user, options, TestClient.Answer.NOTHING);
    }

    private static String shown(Chat node) {
        return TestConversation.history(node).get(0).message().text();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fails", "refuses"})
    void G16_nobodyGetsTheTextThatWasReplacedWhenAResendIsNotJudged(String how) {
        try (TestCluster cluster = cluster()) {
            Chat one = node(cluster, rewriting);
            Chat two = node(
                    cluster,
                    proposal -> how.equals("fails")
                            ? CompletableFuture.failedFuture(new IllegalStateException("no policy today"))
                            : CompletableFuture.completedFuture(Verdict.refuse("not today")));
            TestClient alice = TestClient.amending(one, "alice", "default");
            TestClient laptop = unconfirming(two, "alice", "laptop");
            TestClient bob = TestClient.amending(two, "bob", "default");
            alice.send("bob", "m1", "text");
            Amendment edit = edit(alice, "e1", "my number is 555-1234");
            cluster.queue.broken.add(BOB);
            assertThat(failure(alice.session().send(edit))).isEqualTo(ErrorCode.UNAVAILABLE);
            cluster.queue.broken.clear();

            assertThat(join(two.send(edit)).duplicate()).isTrue();

            for (TestClient each : List.of(bob, laptop)) {
                each.awaitAmendment("e1");
                assertThat(texts(each)).containsExactly("version 1");
            }
            assertThat(shown(two)).isEqualTo("version 1");
        }
    }

    @Test
    void G16_everybodyGetsTheTextOfTheFirstAttemptOfAnEdit() {
        List<String> heard = new CopyOnWriteArrayList<>();
        ChatListener listener = new ChatListener() {
            @Override
            public void onAmendment(Amendment amendment, long storedAt) {
                heard.add(((Amendment.Edit) amendment.change()).content().text());
            }
        };
        try (TestCluster cluster = cluster()) {
            AtomicInteger others = new AtomicInteger();
            Chat one = cluster.node(builder -> builder.messagePolicies(
                            proposal -> rewriting.judge(proposal).thenApply(verdict -> {
                                others.incrementAndGet();
                                return verdict;
                            }))
                    .listener(listener));
            Chat two = node(cluster, rewriting);
            TestClient alice = TestClient.amending(one, "alice", "default");
            TestClient laptop = unconfirming(two, "alice", "laptop");
            TestClient bob = TestClient.amending(two, "bob", "default");
            alice.send("bob", "m1", "text");
            Amendment edit = edit(alice, "e1", "new");
            cluster.callLog.writing.next(1, Fault.REFUSE);
            assertThat(failure(alice.session().send(edit))).isEqualTo(ErrorCode.UNAVAILABLE);
            int before = others.get();
            join(two.send(edit));
            send(alice, edit);

            assertThat(others).as("a resend is not judged again").hasValue(before);
            for (TestClient each : List.of(bob, laptop)) {
                each.awaitAmendment("e1");
                assertThat(texts(each)).containsExactly("version 1");
            }
            assertThat(shown(two)).isEqualTo("version 1");
            await().untilAsserted(() -> assertThat(heard).containsExactly("version 1"));
        }
    }

    @Test
    void G16_aLateResendOfAnEarlierEditBringsNothingBack() {
        try (TestCluster cluster = cluster()) {
            Chat one = node(cluster, rewriting);
            Chat two = node(cluster, proposal -> CompletableFuture.failedFuture(new IllegalStateException("broken")));
            TestClient alice = TestClient.amending(one, "alice", "default");
            TestClient bob = TestClient.amending(two, "bob", "default");
            alice.send("bob", "m1", "text");
            Amendment first = edit(alice, "e1", "my number is 555-1234");
            send(alice, first);
            send(alice, edit(alice, "e2", "sorry"));

            assertThat(join(two.send(first)).duplicate()).isTrue();

            bob.awaitAmendment("e2");
            assertThat(texts(bob)).containsExactly("version 1", "version 2");
            assertThat(shown(one)).isEqualTo("version 2");
            assertThat(failure(two.send(edit(alice, "e3", "other")))).isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }
}
