package io.webchat.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bounds of the in-memory call log. */
final class MemoryCallLogStoreTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");
    private static final UserId DAVE = UserId.of("dave");

    private final MemoryCallLogStore log = MemoryCallLogStore.create(3, 2);

    private ChatEvent.Message append(UserId from, UserId to, String text, long storedAt) {
        return append(ChatEvent.message(from, to, text), storedAt);
    }

    private ChatEvent.Message append(ChatEvent.Message message, long storedAt) {
        log.append(message.conversation(), message, storedAt)
                .toCompletableFuture()
                .join();
        return message;
    }

    private List<String> texts(ConversationId conversation) {
        return log.messages(conversation, ALICE, HistoryRange.newest(100)).toCompletableFuture().join().stream()
                .map(each -> each.message().text())
                .toList();
    }

    private boolean finds(ChatEvent.Message message) {
        return log.find(message.conversation(), message.from(), message.id())
                .toCompletableFuture()
                .join()
                .isPresent();
    }

    private List<UserId> peersOf(UserId user) {
        return log.conversations(user, List.of(), null, 100).toCompletableFuture().join().stream()
                .map(ConversationEntry::last)
                .map(LoggedMessage::message)
                .map(each -> each.from().equals(user) ? each.to() : each.from())
                .toList();
    }

    @Test
    void a_long_conversation_drops_its_oldest_messages() {
        ChatEvent.Message gone = append(ALICE, BOB, "1", 1);
        for (int i = 2; i <= 4; i++) {
            append(BOB, ALICE, "" + i, i);
        }

        assertThat(texts(gone.conversation())).containsExactly("4", "3", "2");
        assertThat(finds(gone)).isFalse();
    }

    @Test
    void a_full_conversation_does_not_keep_an_older_message() {
        for (int i = 2; i <= 4; i++) {
            append(ALICE, BOB, "" + i, i);
        }
        ChatEvent.Message late = append(ALICE, BOB, "1", 1);

        assertThat(texts(late.conversation())).containsExactly("4", "3", "2");
        assertThat(finds(late)).isFalse();
    }

    @Test
    void the_later_of_two_messages_under_one_id_is_found_after_the_earlier_is_dropped() {
        MessageId id = MessageId.of("again");
        append(ChatEvent.message(ALICE, BOB, id, "first"), 1);
        ChatEvent.Message later = append(ChatEvent.message(ALICE, BOB, id, "later"), 2);
        append(ALICE, BOB, "3", 3);
        append(ALICE, BOB, "4", 4);

        assertThat(texts(later.conversation())).containsExactly("4", "3", "later");
        assertThat(log.find(later.conversation(), ALICE, id)
                        .toCompletableFuture()
                        .join())
                .map(LoggedMessage::message)
                .contains(later);
    }

    @Test
    void the_least_recently_written_conversation_is_dropped_for_both_users() {
        append(ALICE, BOB, "1", 1);
        append(ALICE, CAROL, "2", 2);
        append(BOB, ALICE, "3", 3);
        append(ALICE, DAVE, "4", 4);

        assertThat(peersOf(ALICE)).containsExactly(DAVE, BOB);
        assertThat(peersOf(CAROL)).isEmpty();
        assertThat(texts(ConversationId.direct(ALICE, CAROL))).isEmpty();
    }

    @Test
    void reading_and_marking_a_conversation_do_not_keep_it() {
        ChatEvent.Message old = append(ALICE, BOB, "1", 1);
        append(ALICE, CAROL, "2", 2);
        log.mark(new Mark(old.conversation(), ALICE, BOB, MessageStatus.DISPLAYED, MessagePosition.endOf(1)))
                .toCompletableFuture()
                .join();
        assertThat(finds(old)).isTrue();
        assertThat(peersOf(BOB)).containsExactly(ALICE);
        assertThat(texts(old.conversation())).hasSize(1);
        append(ALICE, DAVE, "3", 3);

        assertThat(peersOf(ALICE)).containsExactly(DAVE, CAROL);
        assertThat(finds(old)).isFalse();
    }

    @Test
    void a_forgotten_conversation_may_begin_anew() {
        append(ALICE, BOB, "1", 1);
        append(ALICE, CAROL, "2", 2);
        append(ALICE, DAVE, "3", 3);
        append(BOB, ALICE, "4", 4);

        assertThat(peersOf(ALICE)).containsExactly(BOB, DAVE);
        assertThat(texts(ConversationId.direct(ALICE, BOB))).containsExactly("4");
    }

    @Test
    void bounds_below_one_are_refused() {
        assertThatThrownBy(() -> MemoryCallLogStore.create(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MemoryCallLogStore.create(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void many_bytes_in_few_conversations_remove_the_one_with_the_oldest_last_append() {
        // Room for two messages of 1 000 characters, 2 600 bytes each.
        MemoryCallLogStore small = MemoryCallLogStore.create(1_000, 1_000, 6_000);
        ChatEvent.Message first = put(small, ChatEvent.message(ALICE, BOB, "x".repeat(1_000)), 1);
        ChatEvent.Message second = put(small, ChatEvent.message(ALICE, CAROL, "x".repeat(1_000)), 2);
        ChatEvent.Message third = put(small, ChatEvent.message(ALICE, DAVE, "x".repeat(1_000)), 3);

        assertThat(textsIn(small, first.conversation())).isEmpty();
        assertThat(textsIn(small, second.conversation())).hasSize(1);
        assertThat(textsIn(small, third.conversation())).hasSize(1);
    }

    @Test
    void many_bytes_in_one_conversation_remove_its_oldest_messages() {
        MemoryCallLogStore small = MemoryCallLogStore.create(1_000, 1_000, 6_000);
        for (int i = 0; i < 9; i++) {
            put(small, ChatEvent.message(ALICE, BOB, i + "x".repeat(999)), i);
        }

        assertThat(textsIn(small, ConversationId.direct(ALICE, BOB)))
                .extracting(text -> text.charAt(0))
                .containsExactly('8', '7');
    }

    @Test
    void a_message_beyond_the_whole_bound_is_not_held() {
        MemoryCallLogStore small = MemoryCallLogStore.create(1_000, 1_000, 6_000);
        put(small, ChatEvent.message(ALICE, BOB, "x".repeat(10_000)), 1);
        ChatEvent.Message later = put(small, ChatEvent.message(ALICE, BOB, "short"), 2);

        assertThat(textsIn(small, later.conversation())).containsExactly("short");
    }

    @Test
    void erasing_and_dropping_free_their_bytes() {
        MemoryCallLogStore small = MemoryCallLogStore.create(1, 1_000, 6_000);
        for (int i = 0; i < 100; i++) {
            put(small, ChatEvent.message(ALICE, BOB, "x".repeat(1_000)), i);
            ChatEvent.Message erased = put(small, ChatEvent.message(ALICE, CAROL, "x".repeat(1_000)), i);
            small.erase(erased.conversation()).toCompletableFuture().join();
        }
        ChatEvent.Message other = put(small, ChatEvent.message(ALICE, DAVE, "x".repeat(1_000)), 1);

        assertThat(textsIn(small, ConversationId.direct(ALICE, BOB))).hasSize(1);
        assertThat(textsIn(small, other.conversation())).hasSize(1);
    }

    private static ChatEvent.Message put(MemoryCallLogStore log, ChatEvent.Message message, long storedAt) {
        log.append(message.conversation(), message, storedAt)
                .toCompletableFuture()
                .join();
        return message;
    }

    private static List<String> textsIn(MemoryCallLogStore log, ConversationId conversation) {
        return log.messages(conversation, ALICE, HistoryRange.newest(100)).toCompletableFuture().join().stream()
                .map(each -> each.message().text())
                .toList();
    }
}
