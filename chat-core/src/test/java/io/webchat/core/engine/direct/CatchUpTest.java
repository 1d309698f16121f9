package io.webchat.core.engine.direct;

import static io.webchat.core.engine.TestConversation.ALICE;
import static io.webchat.core.engine.TestConversation.BOB;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.SendResult;
import io.webchat.core.calllog.CallLogs;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.Page;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves that a message that is recorded late is neither missed by a reader of the call log nor hidden unseen. */
public class CatchUpTest extends EngineSuite {
    private static final int WRITERS = 8;
    private static final int MESSAGES = 50;

    private static ChatEvent.Message message(UserId from, UserId to, String id) {
        return ChatEvent.message(from, to, MessageId.of(id), "text of " + id);
    }

    private static List<LoggedMessage> after(Chat node, LoggedMessage newest) {
        String cursor = node.callLogs().cursorOf(newest);
        return join(node.callLogs().messages(BOB, TestConversation.ID, CallLogs.MAX_LIMIT, "", cursor))
                .items();
    }

    private static List<String> ids(List<LoggedMessage> messages) {
        return messages.stream().map(each -> each.message().id().value()).toList();
    }

    @Test
    void G1_a_message_that_is_recorded_late_is_on_the_next_page_of_a_reader_who_catches_up() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            CompletableFuture<Void> recorded = cluster.callLog.writing.nextIsHeld();
            CompletionStage<SendResult> late = node.send(message(ALICE, BOB, "late"));
            join(node.send(message(BOB, ALICE, "newest")));
            List<LoggedMessage> page = TestConversation.history(node);
            recorded.complete(null);
            join(late);

            assertThat(ids(page)).containsExactly("newest");
            assertThat(ids(after(node, page.get(0)))).contains("late");
        }
    }

    @Test
    void G1_a_message_that_is_recorded_late_is_not_hidden_with_the_conversation() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            SendResult older = join(node.send(message(ALICE, BOB, "older")));
            // Within one millisecond the queue would give the second message a later time than the third one gets.
            await().until(() -> System.currentTimeMillis() > older.storedAt());
            CompletableFuture<Void> recorded = cluster.callLog.writing.nextIsHeld();
            CompletionStage<SendResult> late = node.send(message(ALICE, BOB, "late"));
            join(node.send(message(BOB, ALICE, "newest")));
            join(node.callLogs().remove(BOB, TestConversation.ID));
            assertThat(join(node.callLogs().conversations(BOB, 9, "")).items()).isEmpty();
            recorded.complete(null);
            join(late);

            assertThat(ids(join(node.callLogs().messages(BOB, TestConversation.ID, 9, ""))
                            .items()))
                    .containsExactly("late");
            assertThat(join(node.callLogs().conversations(BOB, 9, "")).items())
                    .singleElement()
                    .satisfies(each -> assertThat(each.unread()).isEqualTo(1))
                    .satisfies(each ->
                            assertThat(each.last().message().id().value()).isEqualTo("late"));
            assertThat(ids(TestConversation.history(node))).containsExactly("newest", "late", "older");
        }
    }

    @Test
    void G1_a_reader_who_catches_up_misses_no_message_of_many_writers() {
        String[] writers =
                IntStream.range(0, WRITERS).mapToObj(i -> "writer" + i).toArray(String[]::new);
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, writers);
            Random random = new Random(20_261_130);
            cluster.callLog.writing.randomly(() -> dice(random));
            AtomicInteger writing = new AtomicInteger(WRITERS);

            List<Set<String>> seen = ConcurrentCalls.run(WRITERS + 1, i -> {
                if (i == WRITERS) {
                    return readAll(node, writing);
                }
                write(node, writers[i]);
                writing.decrementAndGet();
                return Set.of();
            });

            Set<String> missed = new HashSet<>(allIds());
            missed.removeAll(seen.get(WRITERS));
            assertThat(missed)
                    .as("acknowledged messages that the reader missed")
                    .isEmpty();
        }
    }

    private static Fault dice(Random random) {
        synchronized (random) {
            return random.nextInt(3) == 0 ? Fault.SLOW : Fault.NONE;
        }
    }

    private static void write(Chat node, String writer) {
        IntStream.range(0, MESSAGES)
                .mapToObj(n -> inRoom(UserId.of(writer), writer + n))
                .forEach(each -> join(node.send(each)));
    }

    private static ChatEvent.Message inRoom(UserId author, String id) {
        return ChatEvent.Message.from(author)
                .in(TestRoom.ID)
                .id(id)
                .timestamp(1)
                .text("text of " + id)
                .build();
    }

    private static Set<String> allIds() {
        return IntStream.range(0, WRITERS * MESSAGES)
                .mapToObj(i -> "writer" + i / MESSAGES + i % MESSAGES)
                .collect(Collectors.toSet());
    }

    /** Follows the newest message until all writers are done, then once more. */
    private static Set<String> readAll(Chat node, AtomicInteger writing) {
        Set<String> seen = new HashSet<>();
        String newest = "";
        boolean done = false;
        while (!done) {
            done = writing.get() == 0;
            newest = catchUp(node, newest, seen);
        }
        return seen;
    }

    private static String catchUp(Chat node, String after, Set<String> seen) {
        ConversationId room = TestRoom.TALK;
        String newest = after;
        String before = "";
        do {
            Page<LoggedMessage> page = join(node.callLogs().messages(ALICE, room, CallLogs.MAX_LIMIT, before, after));
            seen.addAll(ids(page.items()));
            if (before.isEmpty() && !page.items().isEmpty()) {
                newest = node.callLogs().cursorOf(page.items().get(0));
            }
            before = page.next().orElse("");
        } while (!before.isEmpty());
        return newest;
    }
}
