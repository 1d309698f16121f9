package io.webchat.core.engine.amend;

import static io.webchat.core.engine.amend.TestAmendments.edit;
import static io.webchat.core.engine.amend.TestAmendments.send;
import static io.webchat.core.engine.amend.TestAmendments.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.engine.LosableQueue;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.testing.TestChat;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** G18: the changes of one user have different times, in their order, also when the author's queue is behind. */
final class AmendmentTimeTest {
    /** Sends a message that Bob's queue stores some milliseconds later than Alice's queue would. */
    private static TestClient alice(TestChat chat) {
        TestClient alice = chat.client("alice");
        alice.sendMany("bob", 0, 9);
        alice.send("bob", "m9", "first");
        return alice;
    }

    private static LoggedMessage newest(TestChat chat) {
        return TestConversation.history(chat.chat()).get(0);
    }

    @Test
    void G18_theLastOfSeveralEditsInOneMillisecondHolds() {
        try (TestChat chat = TestChat.create()) {
            TestClient alice = alice(chat);
            long sent = newest(chat).storedAt();

            List<Long> times = Stream.of("one", "two", "three")
                    .map(text -> edit(alice, "bob", text, "m9", text).storedAt())
                    .toList();

            assertThat(newest(chat).message().text()).isEqualTo("three");
            assertThat(times).containsExactly(sent + 1, sent + 2, sent + 3);
        }
    }

    @Test
    void G18_theLastOfSeveralReactionsInOneMillisecondHolds() {
        try (TestChat chat = TestChat.create()) {
            TestClient alice = alice(chat);

            send(alice, with(alice, "bob", "r1", "alice", "m9").react("+1"));
            send(alice, with(alice, "bob", "r2", "alice", "m9").unreact("+1"));
            send(alice, with(alice, "bob", "r3", "alice", "m9").react("+1"));

            assertThat(newest(chat).reactions()).hasSize(1);
        }
    }

    @Test
    void G18_anEditIsLaterThanTheOneBeforeAlthoughTheAuthorsQueueWasLost() {
        MovableClock clock = MovableClock.stoppedAt(Instant.now());
        LosableQueue queue =
                new LosableQueue(UserId.of("nobody"), () -> MemoryOfflineQueue.create(QueueLimits.DEFAULT, clock));
        try (TestChat chat = TestChat.create(builder -> builder.offlineQueue(queue))) {
            TestClient alice = alice(chat);
            long before = edit(alice, "bob", "e1", "m9", "one").storedAt();
            queue.lose();
            clock.advance(Duration.ofMillis(1));

            long after = edit(alice, "bob", "e2", "m9", "two").storedAt();

            assertThat(after).isEqualTo(before + 1);
            assertThat(newest(chat).message().text()).isEqualTo("two");
        }
    }
}
