package io.webchat.core.contract.calllog;

import static io.webchat.core.calllog.MessageStatus.DELIVERED;
import static io.webchat.core.calllog.MessageStatus.DISPLAYED;
import static io.webchat.core.calllog.MessageStatus.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.core.spi.support.LateMessages;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Proves that a call log compares positions as a whole. Messages of the same millisecond, and messages that are
 * recorded late, are neither missed nor hidden nor counted as seen.
 */
interface CallLogPositionContract {
    private static ChatEvent.Message say(CallLogFixture c, UserId from, String id, long millis) {
        ChatEvent.Message message = ChatEvent.Message.from(from)
                .in(c.den)
                .id(id)
                .timestamp(1)
                .text("text of " + id)
                .build();
        c.log(message, millis);
        return message;
    }

    private static void mark(
            CallLogFixture c, ChatEvent.Message last, UserId reader, MessageStatus status, long millis) {
        StageResults.await(c.node.mark(new Mark(c.denTalk, last.from(), reader, status, c.position(last, millis))));
    }

    private static void hide(CallLogFixture c, UserId user, MessagePosition upTo) {
        StageResults.await(c.removal().hide(user, c.talk, upTo));
    }

    private static int unread(CallLogFixture c, UserId user) {
        return c.entry(user, c.denTalk, c.joined(0)).unread();
    }

    private static List<String> seenBy(CallLogFixture c, UserId user) {
        return CallLogFixture.texts(StageResults.await(c.other.messages(c.talk, user, HistoryRange.newest(1_000))));
    }

    @Test
    default void one_displayed_of_three_unread_messages_of_a_millisecond_leaves_two(CallLogFixture c) {
        ChatEvent.Message first = say(c, c.alice, "m1", 5);
        say(c, c.alice, "m2", 5);
        ChatEvent.Message last = say(c, c.carol, "m1", 5);
        assertThat(unread(c, c.bob)).isEqualTo(3);

        mark(c, first, c.bob, DISPLAYED, 5);
        CallLogFixture.awaitMarks(() -> assertThat(unread(c, c.bob)).isEqualTo(2));
        mark(c, last, c.bob, DISPLAYED, 5);
        CallLogFixture.awaitMarks(() -> assertThat(unread(c, c.bob)).isZero());
    }

    @Test
    default void G11_a_mark_does_not_reach_a_later_message_of_its_millisecond(CallLogFixture c) {
        ChatEvent.Message first = say(c, c.alice, "m1", 5);
        ChatEvent.Message second = say(c, c.alice, "m2", 5);
        ChatEvent.Message third = say(c, c.alice, "m3", 5);
        mark(c, second, c.bob, DELIVERED, 5);
        mark(c, first, c.bob, DISPLAYED, 5);

        c.awaitStatus(first, DISPLAYED);
        c.awaitStatus(second, DELIVERED);
        c.awaitStatus(third, SENT);
    }

    @Test
    default void a_message_of_the_millisecond_of_joining_is_unread(CallLogFixture c) {
        say(c, c.alice, "before", 4);
        say(c, c.alice, "then", 5);
        say(c, c.carol, "then", 5);

        assertThat(c.entry(c.bob, c.denTalk, c.joined(5)).unread()).isEqualTo(2);
    }

    @Test
    default void hiding_does_not_reach_a_later_message_of_its_millisecond(CallLogFixture c) {
        ChatEvent.Message one = ChatEvent.message(c.alice, c.bob, MessageId.of("m1"), "one");
        c.log(one, 5);
        c.log(ChatEvent.message(c.alice, c.bob, MessageId.of("m2"), "two"), 5);
        hide(c, c.bob, c.position(one, 5));

        assertThat(seenBy(c, c.bob)).containsExactly("two");
        assertThat(c.entry(c.bob, c.talk).unread()).isEqualTo(1);
    }

    @Test
    default void G1_a_message_that_is_recorded_after_the_hiding_stays_visible_at_its_earlier_position(
            CallLogFixture c) {
        c.log(c.alice, c.bob, "before", 10);
        ChatEvent.Message last = c.log(c.bob, c.alice, "last", 5_000);
        hide(c, c.bob, c.position(last, 5_000));
        assertThat(c.conversations(c.bob)).isEmpty();
        StageResults.await(c.other.append(c.talk, ChatEvent.message(c.alice, c.bob, "recorded late"), c.at(4_000)));

        assertThat(seenBy(c, c.bob)).containsExactly("recorded late");
        ConversationEntry entry = c.entry(c.bob, c.talk);
        assertThat(entry.last().message().text()).isEqualTo("recorded late");
        assertThat(entry.unread()).isEqualTo(1);
        assertThat(seenBy(c, c.alice)).containsExactly("last", "recorded late", "before");
    }

    @Test
    default void hiding_again_includes_the_message_that_was_recorded_late(CallLogFixture c) {
        c.log(c.alice, c.bob, "one", 10);
        hide(c, c.bob, c.end(5_000));
        ChatEvent.Message late = c.log(c.alice, c.bob, "recorded late", 4_000);
        hide(c, c.bob, c.end(2_000));
        assertThat(seenBy(c, c.bob)).containsExactly("recorded late");

        hide(c, c.bob, c.position(late, 4_000));
        assertThat(seenBy(c, c.bob)).isEmpty();
        assertThat(c.conversations(c.bob)).isEmpty();
    }

    @Test
    default void hiding_hides_all_messages_of_a_busy_conversation(CallLogFixture c) {
        ConcurrentCalls.run(
                4,
                i -> StageResults.awaitAll(IntStream.range(0, 90)
                        .mapToObj(n -> c.node(i)
                                .append(c.talk, ChatEvent.message(c.alice, c.bob, "text"), c.at(n * 4L + i))
                                .thenApply(done -> n))
                        .toList()));
        hide(c, c.bob, c.end(1_000));
        assertThat(seenBy(c, c.bob)).isEmpty();
        c.log(c.alice, c.bob, "later", 2_000);

        assertThat(seenBy(c, c.bob)).containsExactly("later");
        assertThat(c.entry(c.bob, c.talk).unread()).isEqualTo(1);
    }

    @Test
    default void hidden_messages_leave_pages_full(CallLogFixture c) {
        c.log(c.alice, c.bob, "hidden", 10);
        hide(c, c.bob, c.end(5_000));
        for (int i = 0; i < 6; i++) {
            c.log(c.alice, c.bob, "late " + i, 5 + i);
        }
        MessagePosition before = null;
        for (int i = 5; i >= 0; i--) {
            List<LoggedMessage> page =
                    StageResults.await(c.other.messages(c.talk, c.bob, HistoryRange.before(before, 1)));
            assertThat(CallLogFixture.texts(page)).containsExactly("late " + i);
            before = page.get(0).position();
        }
    }

    @Test
    default void G1_a_reader_who_catches_up_gets_a_message_that_is_recorded_late(CallLogFixture c) {
        long delay = LateMessages.MAX_DELAY.toMillis();
        c.log(c.bob, c.alice, "too old to be late", 0);
        ChatEvent.Message newest = c.log(c.bob, c.alice, "newest", delay + 1);
        c.log(c.alice, c.bob, "recorded late", 1);
        HistoryRange range = HistoryRange.catchUp(c.position(newest, delay + 1), null, 9);

        assertThat(CallLogFixture.texts(StageResults.await(c.other.messages(c.talk, c.bob, range))))
                .containsExactly("newest", "recorded late");
    }

    @Test
    default void G1_a_reader_who_catches_up_misses_no_message_of_many_writers(CallLogFixture c) {
        int writers = 6;
        int each = 40;
        AtomicInteger writing = new AtomicInteger(writers);
        List<Set<String>> seen = ConcurrentCalls.run(writers + 1, i -> {
            if (i == writers) {
                return follow(c, writing);
            }
            write(c, c.node(i), "writer " + i + " text ", each);
            writing.decrementAndGet();
            return Set.of();
        });

        Set<String> missed = new HashSet<>(CallLogFixture.texts(c.messages()));
        assertThat(missed).hasSize(writers * each);
        missed.removeAll(seen.get(writers));
        assertThat(missed).as("recorded messages that the reader missed").isEmpty();
    }

    /** Records messages at the present time, every other pair in the opposite order. */
    private static void write(CallLogFixture c, CallLogStore node, String prefix, int count) {
        for (int n = 0; n < count; n += 2) {
            long first = System.currentTimeMillis();
            ChatEvent.Message earlier = ChatEvent.message(c.alice, c.bob, prefix + n);
            ChatEvent.Message later = ChatEvent.message(c.alice, c.bob, prefix + (n + 1));
            StageResults.await(node.append(c.talk, n % 4 == 0 ? later : earlier, n % 4 == 0 ? first + 1 : first));
            StageResults.await(node.append(c.talk, n % 4 == 0 ? earlier : later, n % 4 == 0 ? first : first + 1));
        }
    }

    /** Follows the newest message until all writers are done, then once more. */
    private static Set<String> follow(CallLogFixture c, AtomicInteger writing) {
        Set<String> seen = new HashSet<>();
        MessagePosition newest = null;
        boolean done = false;
        while (!done) {
            done = writing.get() == 0;
            newest = catchUp(c, newest, seen);
        }
        return seen;
    }

    private static @Nullable MessagePosition catchUp(
            CallLogFixture c, @Nullable MessagePosition known, Set<String> seen) {
        MessagePosition newest = known;
        MessagePosition before = null;
        List<LoggedMessage> page;
        do {
            page = StageResults.await(c.other.messages(c.talk, c.bob, HistoryRange.catchUp(known, before, 50)));
            seen.addAll(CallLogFixture.texts(page));
            if (!page.isEmpty()) {
                newest = before == null ? page.get(0).position() : newest;
                before = page.get(page.size() - 1).position();
            }
        } while (page.size() == 50);
        return newest;
    }
}
